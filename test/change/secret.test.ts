/** What may be secret is not in a sentence, which says that it was set. */
import { expect, it } from 'vitest';
import type { Json } from '../../src/cloudtrail/json.js';
import { callOf, changeOf } from '../support/change.js';

const S = 'hunter2';

it.each<[sentence: string, call: string, request: Json]>([
  [
    'changed document d: content set, documentVersion $LATEST',
    'ssm UpdateDocument',
    { name: 'd', content: `export PW=${S}`, documentVersion: '$LATEST' },
  ],
  [
    'changed service c/s, serviceConnectConfiguration.logConfiguration.logDriver splunk, ….logConfiguration.options.splunk-token set',
    'ecs UpdateService',
    {
      cluster: 'c',
      service: 's',
      serviceConnectConfiguration: {
        logConfiguration: { logDriver: 'splunk', options: { 'splunk-token': S } },
      },
    },
  ],
  [
    'changed user u: operations.attributePath emails, operations.attributeValue set',
    'identitystore UpdateUser',
    { userId: 'u', operations: [{ attributePath: 'emails', attributeValue: S }] },
  ],
  [
    'changed user pool p: smsConfiguration.externalId set',
    'cognito-idp UpdateUserPool',
    { userPoolId: 'p', smsConfiguration: { externalId: S } },
  ],
  [
    'created client c of user pool p: people come back to https://x/?…',
    'cognito-idp CreateUserPoolClient',
    { userPoolId: 'p', clientName: 'c', callbackURLs: [`https://x/?token=${S}`] },
  ],
  [
    'updated user pool client: userPoolId p, callbackURLs https://x/?… https://y/cb',
    'cognito-idp UpdateUserPoolClient',
    { userPoolId: 'p', callbackURLs: [`https://x/?token=${S}`, `https://u:${S}@y/cb`] },
  ],
  [
    'updated app: appId a, environmentVariables.TOKEN set',
    'amplify UpdateApp',
    { appId: 'a', environmentVariables: { TOKEN: S } },
  ],
  [
    'changed function f: Environment.Variables.PW set',
    'lambda UpdateFunctionConfiguration20150331v2',
    { functionName: 'f', Environment: { Variables: { PW: S } } },
  ],
  [
    'updated thing: requirePassword true, masterPassword set, clientSecret arn:aws:secretsmanager:eu-west-1:1:secret:x',
    'new UpdateThing',
    {
      requirePassword: true,
      masterPassword: S,
      clientSecret: 'arn:aws:secretsmanager:eu-west-1:1:secret:x',
    },
  ],
])('%s', (sentence, what, requestParameters) => {
  const [service = '', name = ''] = what.split(' ');
  expect(changeOf(callOf(service, name, { requestParameters })).sentence).toBe(sentence);
});

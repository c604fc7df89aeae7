/** By hand, or not, once it is known who issued the key of a session. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { howText } from '../../../src/report/page/timeline/facts.js';
import { findRule } from '../../../src/rule/catalog/find.js';
import { huntText, openedGroup } from '../../support/hunt-events.js';
import { assumed, session, sessionKey, user } from '../../support/key-events.js';

const KEY = sessionKey('key');
const OTHER = sessionKey('other');
const RULE = 'AWS.Any.ManualChange';
const BY_KEY = ', as the events that issued its key say';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hunt-classes-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const service = (name: string) => ({ type: 'AWSService', invokedBy: `${name}.amazonaws.com` });
const ofFunction = {
  ...session('Fn', OTHER),
  inScopeOf: { issuerType: 'AWS::Lambda::Function' },
};
const ofPipeline = {
  ...session('CI', OTHER),
  sessionContext: {
    sessionIssuer: { type: 'Role', arn: 'arn:aws:iam::112233445566:role/CI' },
    webIdFederationData: { federatedProvider: 'https://token.actions.githubusercontent.com' },
  },
};
const likeInstance = {
  ...session('Web', OTHER),
  arn: 'arn:aws:sts::112233445566:assumed-role/Web/i-0abc0abc0abc0abc0',
};
const byCloudFormation = {
  sourceIPAddress: 'cloudformation.amazonaws.com',
  userAgent: 'cloudformation.amazonaws.com',
};

it.each<[string, unknown, object, string]>([
  ['code in ECS', service('ecs-tasks'), {}, `automation${BY_KEY}`],
  ['code in Lambda', service('lambda'), {}, `automation${BY_KEY}`],
  [
    'Terraform in CodeBuild',
    service('codebuild'),
    { userAgent: 'HashiCorp/1.0 Terraform/1.9.8' },
    `automation${BY_KEY}`,
  ],
  [
    'code that calls itself a service',
    service('lambda'),
    { userAgent: 'lambda.amazonaws.com' },
    `automation${BY_KEY}`,
  ],
  ['a notebook of SageMaker', service('sagemaker'), {}, 'by hand or not: unknown'],
  [
    'a notebook of SageMaker in China',
    { type: 'AWSService', invokedBy: 'sagemaker.amazonaws.com.cn' },
    {},
    'by hand or not: unknown',
  ],
  ['CloudFormation itself', service('cloudformation'), byCloudFormation, `service${BY_KEY}`],
  ['a function that takes a role', ofFunction, {}, `automation${BY_KEY}`],
  ['a pipeline that takes a role', ofPipeline, {}, `automation${BY_KEY}`],
  ['who is only named like an instance', likeInstance, {}, 'by hand or not: unknown'],
  ['a user', user('ann'), {}, 'command line or SDK by a person'],
  ['a role of which nothing more is known', session('Jump', OTHER), {}, 'by hand or not: unknown'],
])('%s', async (_, by, own, expected) => {
  const change = openedGroup({
    readOnly: false,
    userAgent: 'Boto3/1.35',
    userIdentity: session('Deploy', KEY),
    ...own,
  });
  const path = join(folder, 'log.json');
  const Records = [change, assumed({ by, role: 'Deploy', key: KEY })];
  writeFileSync(path, JSON.stringify({ Records }));
  const { findings, sections } = await huntText('', { paths: [path], rules: [findRule(RULE)] });
  // The rule cannot know it: the finding stays.
  expect(
    sections[0]?.exclusions.map(({ hidden }) => hidden).filter((events) => events > 0),
  ).toEqual([]);
  const texts = findings.map((finding) =>
    howText(finding)
      .map((part) => (typeof part === 'string' ? part : part.value))
      .join(''),
  );
  expect(texts).toEqual([expect.stringMatching(new RegExp(`${expected}$`))]);
});

it('the name of the session stays, where the service gives keys to people', async () => {
  const named = async (by: string) => {
    const arn = 'arn:aws:sts::112233445566:assumed-role/Deploy/ann';
    const change = openedGroup({ userIdentity: { ...session('Deploy', KEY), arn } });
    const path = join(folder, 'named.json');
    const Records = [change, assumed({ by: service(by), role: 'Deploy', key: KEY })];
    writeFileSync(path, JSON.stringify({ Records }));
    const { findings } = await huntText('', { paths: [path] });
    return findings.map(({ actor }) => actor.name);
  };
  expect(await named('sagemaker')).toEqual([
    'sagemaker.amazonaws.com as role/Deploy (session ann)',
  ]);
  expect(await named('lambda')).toEqual(['lambda.amazonaws.com as role/Deploy']);
});

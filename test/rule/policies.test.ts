/** A rule about policies, which some calls hold as an object and others as text: the same in both formats of rules. */
import { describe, expect, test } from 'vitest';
import type { Rule } from '../../src/rule/rule.js';
import { huntEvents, onlySection, openedGroup } from '../support/hunt-events.js';
import { ruleWith } from '../support/rules.js';
import { sigmaRule } from '../support/sigma.js';

const statement = (principal: unknown): object => ({
  Sid: 'Share',
  Effect: 'Allow',
  Principal: principal,
  Action: '*',
  Resource: '*',
});
const policy = (...principals: readonly unknown[]): object => ({
  Version: '2012-10-17',
  Statement: principals.map(statement),
});

/** A request by call: where it holds the policy, and as what. */
const REQUESTS: Readonly<Record<string, (document: object) => object>> = {
  PutBucketPolicy: (document) => ({ bucketName: 'logs', bucketPolicy: document }),
  PutRolePolicy: (document) => ({
    roleName: 'deploy',
    policyDocument: JSON.stringify(document, null, 4),
  }),
  PutKeyPolicy: (document) => ({ keyId: '1', policy: JSON.stringify(document) }),
  SetQueueAttributes: (document) => ({ attributes: { Policy: JSON.stringify(document) } }),
};

const PATHS = ['bucketPolicy', 'policyDocument', 'policy', 'attributes.Policy'].map(
  (path) => `requestParameters.${path}.Statement`,
);

const PANTHER = ruleWith(`  - Any:
${PATHS.map(
  (path) => `      - KeyPath: ${path}
        Condition: AnyElement
        Expressions:
          - { Key: Effect, Condition: Equals, Value: Allow }
          - Any:
              - { Key: Principal, Condition: Equals, Value: "*" }
              - { KeyPath: Principal.AWS, Condition: Equals, Value: "*" }
              - { KeyPath: "Principal.AWS[]", Condition: Equals, Value: "*" }`,
).join('\n')}`);

const SIGMA = sigmaRule(`${PATHS.map(
  (path, index) => `  everyone_${index}:
    - ${path}.Principal: '\\*'
    - ${path}.Principal.AWS: '\\*'`,
).join('\n')}
  condition: 1 of everyone_*`);

const found = async (rule: Rule, ...principals: readonly unknown[]): Promise<readonly string[]> => {
  const events = Object.entries(REQUESTS).map(([eventName, request]) =>
    openedGroup({
      eventID: eventName,
      eventName,
      requestParameters: request(policy(...principals)),
    }),
  );
  const section = onlySection(await huntEvents(events, { rules: [rule] }));
  return section.findings.map(({ eventName }) => String(eventName)).toSorted();
};
const ALL = Object.keys(REQUESTS).toSorted();

describe.each([
  ['Panther', PANTHER],
  ['Sigma', SIGMA],
])('everyone, in a rule in the format of %s', (_format, rule) => {
  test.each([
    ['the star', ['*']],
    ['the star for AWS', [{ AWS: '*' }]],
    ['the star in a list', [{ AWS: ['arn:aws:iam::112233445566:root', '*'] }]],
    ['in the second statement', [{ AWS: '112233445566' }, '*']],
  ])('%s', async (_name, principals) => expect(await found(rule, ...principals)).toEqual(ALL));

  test.each([
    ['an account', [{ AWS: '112233445566' }]],
    ['a service', [{ Service: '*' }]],
    ['no statement', []],
  ])('but not %s', async (_name, principals) =>
    expect(await found(rule, ...principals)).toEqual([]),
  );
});

test('a principal of another account than that of the event', async () => {
  const rule = ruleWith(`  - KeyPath: requestParameters.policyDocument.Statement
    Condition: AnyElement
    Expressions:
      - { KeyPath: Principal.AWS, Condition: IsNotNull }
      - { KeyPath: Principal.AWS, Condition: DoesNotContain, Value: { EventKeyPath: recipientAccountId } }`);
  expect(await found(rule, { AWS: 'arn:aws:iam::112233445566:root' })).toEqual([]);
  expect(await found(rule, { AWS: 'arn:aws:iam::999900001111:root' })).toEqual(['PutRolePolicy']);
});

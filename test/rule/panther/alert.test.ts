import { describe, expect, test } from 'vitest';
import { huntEvents, onlySection, openedGroup } from '../../support/hunt-events.js';
import { ruleWith } from '../../support/rules.js';

const detection =
  '  - { KeyPath: eventName, Condition: Equals, Value: AuthorizeSecurityGroupIngress }';
const rule = ruleWith(
  detection,
  `Parameters: { WATCHED: { Default: [sg-0a1b2c3d4e5f60718] } }
AlertTitle: "{userIdentity.arn} opened {requestParameters.groupId} from {sourceIPAddress}, {errorCode}, {requestParameters.ipPermissions.items[0].toPort}"
AlertContext:
  - { KeyName: protocol, KeyValue: { KeyPath: "requestParameters.ipPermissions.items[0].ipProtocol" } }
  - { KeyName: who, KeyValue: { DeepKey: [userIdentity, type] } }
GroupBy: [{ Key: awsRegion }, { KeyPath: userIdentity.accountId }]
DynamicSeverities:
  - ChangeTo: Critical
    Conditions: [{ KeyPath: requestParameters.groupId, Condition: IsIn, Values: $WATCHED }]
  - ChangeTo: low
    Conditions: [{ KeyPath: awsRegion, Condition: Equals, Value: eu-west-1 }]
`,
);

test("a finding's alert has the event's own values", async () => {
  const { findings } = onlySection(await huntEvents([openedGroup()], { rules: [rule] }));
  expect(findings[0]?.rules).toEqual([
    {
      id: rule.id,
      severity: 'Critical',
      alert: {
        title:
          'arn:aws:sts::112233445566:assumed-role/SecurityAdmin/dana opened sg-0a1b2c3d4e5f60718 from 198.51.100.7, <missing>, 22',
        context: { protocol: 'tcp', who: 'AssumedRole' },
        group: ['eu-west-1', '112233445566'],
      },
    },
  ]);
});

test('whole structs and lists are told as CloudTrail spells them, without what is null', async () => {
  const whole = ruleWith(
    detection,
    `AlertContext:
  - { KeyName: who, KeyValue: { KeyPath: userIdentity } }
  - { KeyName: session, KeyValue: { KeyPath: userIdentity.sessionContext } }
  - { KeyName: what, KeyValue: { KeyPath: resources } }
`,
  );
  const sessionContext = { sessionIssuer: { type: 'Role', userName: 'a' }, attributes: null };
  const event = openedGroup({
    userIdentity: { userName: null, accountId: '1', sessionContext, principalId: 'p' },
    resources: [{ accountId: '1', ARN: 'arn:x', type: null }, null],
  });
  const { findings } = onlySection(await huntEvents([event], { rules: [whole] }));
  const session = { sessionIssuer: { type: 'Role', userName: 'a' } };
  const context = {
    who: { principalId: 'p', accountId: '1', sessionContext: session },
    session,
    what: [{ arn: 'arn:x', accountId: '1' }, null],
  };
  expect(findings[0]?.rules[0]?.alert?.context).toEqual(context);
  expect(findings[0]?.userIdentity).toEqual(context.who);
});

test('the first resource has the spelling of the log, or that of the table', async () => {
  const first = ruleWith(
    detection,
    `AlertTitle: "{resources[0].ARN}, {resources[1].arn}, {Resources[0].accountId}"
AlertContext: [{ KeyName: what, KeyValue: { KeyPath: "resources[0].type" } }]
GroupBy: [{ KeyPath: "resources[0].ARN" }]
`,
  );
  const resources = [{ ARN: 'arn:x', accountId: '1', type: 'AWS::EC2::SecurityGroup' }];
  const { findings } = onlySection(
    await huntEvents([openedGroup({ resources })], { rules: [first] }),
  );
  expect(findings[0]?.rules[0]?.alert).toEqual({
    title: 'arn:x, <missing>, 1',
    context: { what: 'AWS::EC2::SecurityGroup' },
    group: ['arn:x'],
  });
});

test('the first severity that holds is taken, else the rule has its own', async () => {
  const events = [
    openedGroup({ eventID: '1', requestParameters: null }),
    openedGroup({ eventID: '2', requestParameters: null, awsRegion: 'us-east-1' }),
  ];
  const { findings } = onlySection(await huntEvents(events, { rules: [rule] }));
  expect(findings.map(({ rules }) => rules[0]?.severity)).toEqual(['Low', 'Medium']);
});

describe('what has no meaning in a hunt is an error that names it', () => {
  test.each([
    ['Threshold: 5', 'Threshold: a hunt shows every event'],
    ['BaseDetection: Other.Rule', 'BaseDetection: derived rules are not resolved'],
    ['AlertTitle: "{userAgnet}"', 'no field userAgnet. Did you mean "userAgent"?'],
    [
      'AlertTitle: "{resources[].arn}"',
      'AlertTitle "resources[].arn" would be many values: name one element, as resources[0].arn',
    ],
    ['OutputFields: ["resources[]"]', 'many values: its elements cannot be named in OutputFields'],
    [
      'AlertTitle: "{userAgent.}"',
      /AlertTitle "userAgent\." is not a path: write a\.b or a\[0\]\.b(?!;)/,
    ],
    [
      'OutputFields: ["requestParameters.a[].b"]',
      'OutputFields "requestParameters.a[].b" would be many values: name one element, as requestParameters.a[0].b',
    ],
    ['OutputFields: ["eventNames[0]"]', 'no field eventNames[0]'],
    ['OutputFields: [awsRegion, resources.ARN]', 'resources is a list: write resources[0].arn for'],
    ['AlertTitle: "{resources[0].ARM}"', 'write resources[0].arn for its first element'],
    ['AlertTitle: "{resources[0]}"', 'An element of resources has arn, accountId, type'],
    ['AlertTitle: "{groupId}"', 'is below requestParameters, as requestParameters.groupId'],
    ['GroupBy: [{ Key: accountId }]', 'Did you mean "recipientAccountId" or '],
    ['DynamicSeverities: [{ ChangeTo: Urgent, Conditions: [] }]', 'unknown severity "Urgent"'],
    ['GroupBy: [{ KeyPath: "resources[].arn" }]', 'cannot be inside a list'],
  ])('%s', (more, message) => expect(() => ruleWith(detection, more)).toThrow(message));

  test('Threshold 1 is every event', () =>
    expect(ruleWith(detection, 'Threshold: 1').id).toBe('Test.Rule'));
  test('Enrichment', () =>
    expect(() =>
      ruleWith('  - { Enrichment: { Table: t, Selector: s, FieldPath: f }, Condition: Exists }'),
    ).toThrow('Enrichment looks things up outside the logs'));
});

test('an alert looks into a text that holds JSON, as tests do, and spells keys of JSON exactly', async () => {
  const context = `AlertContext:
  - { KeyName: effect, KeyValue: { KeyPath: "requestParameters.policy.Statement[0].Effect" } }
  - { KeyName: other, KeyValue: { KeyPath: "requestParameters.policy.statement" } }
`;
  const event = openedGroup({
    requestParameters: { policy: '{"Statement":[{"Effect":"Allow"}]}' },
  });
  const rules = [ruleWith(detection, context)];
  const { findings } = onlySection(await huntEvents([event], { rules }));
  expect(findings[0]?.rules[0]?.alert?.context).toEqual({ effect: 'Allow', other: null });
});

/** An exclusion hides no copied credentials: an instance's that are used from elsewhere are told, on every engine in the same words. */
import { beforeAll, describe, expect, test } from 'vitest';
import type { JsonObject } from '../../src/cloudtrail/json.js';
import { toRecord } from '../../src/cloudtrail/record.js';
import { builtInRules, findRule } from '../../src/rule/catalog/find.js';
import type { Rule } from '../../src/rule/rule.js';
import { huntEvents, openedGroup, type HuntEventsOptions } from '../support/hunt-events.js';
import { ruleWith } from '../support/rules.js';
import { describeWithTrino } from '../support/trino.js';
import { huntTable } from './table/hunt-table.js';

const INSTANCE = 'i-0abc0abc0abc0abc0';
const KEY = 'ASIAINSTANCEKEY00002';
const OWN = '198.51.100.1';
const ELSEWHERE = '203.0.113.9';
const SSM = 'aws-sdk-go/1.44.0 (go1.20; linux; amd64) amazon-ssm-agent/3.2';

let number = 0;

/** A call by the credentials that AWS gave to an instance. */
function byInstance(changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return openedGroup({
    userIdentity: {
      type: 'AssumedRole',
      arn: `arn:aws:sts::112233445566:assumed-role/Web/${INSTANCE}`,
      accountId: '112233445566',
      accessKeyId: KEY,
      sessionContext: { ec2RoleDelivery: '2.0' },
    },
    eventID: `00000000-0000-4000-8000-${String(number++).padStart(12, '0')}`,
    eventSource: 'iam.amazonaws.com',
    eventName: 'CreateUser',
    requestParameters: { userName: 'backup' },
    readOnly: false,
    sourceIPAddress: ELSEWHERE,
    userAgent: '[aws-cli/2.13.5]',
    ...changes,
  });
}

/** Two exclusions hide it, so it is no near miss of either. */
const agent = byInstance({
  eventSource: 'ssm.amazonaws.com',
  eventName: 'UpdateInstanceInformation',
  sourceIPAddress: OWN,
  userAgent: SSM,
});
const app = byInstance({ sourceIPAddress: OWN, userAgent: 'Boto3/1.34.51' });
const first = byInstance({ eventTime: '2026-01-14T09:31:00Z' });
const last = byInstance({ eventTime: '2026-01-14T09:40:00Z' });
/** It failed, and it was tried all the same. */
const failed = byInstance({ eventTime: '2026-01-14T09:35:00Z', errorCode: 'AccessDenied' });
/** An ordinary caller, and what is no evidence: made by AWS, from within the network, on another day. */
const others = [
  openedGroup({ readOnly: false }),
  byInstance({ sourceIPAddress: 'cloudformation.amazonaws.com' }),
  byInstance({ sourceIPAddress: '10.0.0.7', vpcEndpointId: 'vpce-0a1b2c3d4e5f60718' }),
  byInstance({
    sourceIPAddress: '10.0.0.8',
    vpcEndpointId: 'vpce-0a1b2c3d4e5f60718',
    vpcEndpointAccountId: '112233445566',
  }),
  byInstance({ eventTime: '2026-01-16T00:00:00Z', sourceIPAddress: '192.0.2.66' }),
];
/** Another instance, whose credentials are used in the network of another account; once with its own network beside it. */
const OTHER_NETWORK = {
  userIdentity: {
    type: 'AssumedRole',
    arn: 'arn:aws:sts::112233445566:assumed-role/Web/i-0def0def0def0def0',
    accountId: '112233445566',
    accessKeyId: 'ASIAINSTANCEKEY00003',
    sessionContext: { ec2RoleDelivery: '2.0' },
  },
  sourceIPAddress: '10.9.0.7',
  vpcEndpointId: 'vpce-0fffffffffffffff0',
  vpcEndpointAccountId: '444455556666',
};
const inOtherNetwork = byInstance({ ...OTHER_NETWORK, eventTime: '2026-01-14T09:50:00Z' });
const inOwnNetwork = byInstance({ ...OTHER_NETWORK, vpcEndpointAccountId: '112233445566' });
/** CloudTrail delivers an event at least once. */
const EVENTS = [...others, last, agent, first, app, failed, first];
const IN_NETWORKS = [...EVENTS, inOtherNetwork, inOwnNetwork];

const CODE = 'INSTANCE_CREDENTIALS_ELSEWHERE';
const TOLD = (events: string): string =>
  `the credentials of the instance ${INSTANCE} in account 112233445566 (key ${KEY}) were used from ${ELSEWHERE} ` +
  `with aws-cli 2.13.5 (${events}, 2026-01-14T09:31:00.000Z to 2026-01-14T09:40:00.000Z); the instance's own agents call from ${OWN}`;
const TOLD_OF_NETWORK = (event: string): string =>
  'the credentials of the instance i-0def0def0def0def0 in account 112233445566 (key ASIAINSTANCEKEY00003) were used from 10.9.0.7 ' +
  `through a VPC endpoint of account 444455556666 with aws-cli 2.13.5 (${event}, 2026-01-14T09:50:00.000Z); ` +
  'that is the network of another account, which may share it in an organization';
const ALL_HIDDEN = [TOLD('3 events, hidden by exclusions')];

const ManualChange = findRule('AWS.Any.ManualChange');
const window = { since: Date.parse('2026-01-14'), until: Date.parse('2026-01-15') };

/** A rule without exclusions but that of failed calls. */
const USERS: Rule = {
  ...ruleWith(`  - { KeyPath: eventName, Condition: IsIn, Values: [CreateUser] }
  - { KeyPath: errorCode, Condition: IsNull }`),
  id: 'Test.Users',
};

interface Warned {
  readonly warnings: readonly { readonly code: string; readonly message: string }[];
}

const told = ({ warnings }: Warned): readonly string[] =>
  warnings.filter(({ code }) => code === CODE).map(({ message }) => message);

async function toldOf(
  rules: readonly Rule[],
  options: HuntEventsOptions = {},
  events = EVENTS,
): Promise<readonly string[]> {
  return told(await huntEvents(events, { rules, window, ...options }));
}

describe('in logs', () => {
  test('what exclusions hid is told like what was found', async () => {
    expect(await toldOf([ManualChange])).toEqual(ALL_HIDDEN);
    expect(await toldOf([ManualChange], { exclusions: false })).toEqual([TOLD('2 events')]);
  });

  test('an event counts once, whatever rules found it or left it out', async () => {
    const both = [TOLD('3 events, 1 of them hidden by exclusions')];
    expect(await toldOf([ManualChange, USERS])).toEqual(both);
    const all = [...builtInRules().values(), USERS];
    expect(all.length).toBeGreaterThan(40);
    expect(await toldOf(all)).toEqual(both);
  });

  test('a call through an endpoint of another account is told', async () => {
    const found = { exclusions: false };
    expect(await toldOf([ManualChange], {}, IN_NETWORKS)).toEqual([
      ...ALL_HIDDEN,
      TOLD_OF_NETWORK('1 event, hidden by exclusions'),
    ]);
    expect(await toldOf([ManualChange], found, [inOwnNetwork, inOtherNetwork])).toEqual([
      TOLD_OF_NETWORK('1 event'),
    ]);
  });

  test('nothing is told of what no exclusion of a rule left out', async () => {
    const onlyRead = EVENTS.map((event) => ({ ...event, readOnly: true }));
    expect(await toldOf([ManualChange], {}, onlyRead)).toEqual([]);
    expect(await toldOf([ManualChange], {}, [agent, app, ...others])).toEqual([]);
    const after = { since: Date.parse('2026-01-15'), until: undefined };
    expect(await toldOf([ManualChange], { window: after })).toEqual([]);
    expect(await toldOf([USERS], {}, [app, failed])).toEqual([]);
  });

  test('many instances and hostile texts are told within bounds, in whatever order they come', async () => {
    const many = Array.from({ length: 30 }, (_, n) => {
      const userIdentity = {
        arn: `arn:aws:sts::112233445566:assumed-role/Web/i-0abc${String(n).padStart(4, '0')}`,
        accessKeyId: `ASIA${n}`,
        sessionContext: { ec2RoleDelivery: '2.0' },
      };
      return [
        byInstance({ userIdentity, sourceIPAddress: OWN, userAgent: SSM }),
        byInstance({ userIdentity, userAgent: `${'x'.repeat(3000)}${n}` }),
      ];
    }).flat();
    const some = await toldOf([ManualChange], {}, many);
    expect(some).toHaveLength(21);
    expect(some.at(-1)).toBe('credentials of instances were used from elsewhere 10 more times');
    expect(Math.max(...some.map(({ length }) => length))).toBeLessThan(600);
    expect(await toldOf([ManualChange], {}, many.toReversed())).toEqual(some);
  });

  test('it is said where an instance is used from too many addresses', async () => {
    const many = Array.from({ length: 2100 }, (_, n) =>
      byInstance({ sourceIPAddress: `203.0.${n >> 8}.${n & 255}` }),
    );
    const some = await toldOf([ManualChange], {}, [agent, ...many]);
    expect(some.slice(-2)).toEqual([
      'credentials of instances were used from elsewhere 1979 more times',
      'the credentials of an instance were used from so many addresses that 101 uses were not compared',
    ]);
  });
});

await describeWithTrino('in a table', (trino) => {
  const records = IN_NETWORKS.map((event, index) =>
    toRecord(event as JsonObject, `${index % 2}.json`),
  );
  beforeAll(() => trino.createEvents('hidden_uses', records));

  test.each([
    ['', [ManualChange, USERS], undefined],
    [
      ' where only the tested columns are read first',
      [ManualChange],
      { columnar: true, iceberg: false },
    ],
  ])('the same is told%s', async (_name, rules, storage) => {
    const description = storage && { storage };
    const report = await huntTable(trino, 'hidden_uses', { window, description, rules });
    expect(told(report)).toEqual(await toldOf(rules, {}, IN_NETWORKS));
    expect(told(report)).toHaveLength(2);
  });
});

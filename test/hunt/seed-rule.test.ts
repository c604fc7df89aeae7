/** The seed rule through SQL in DuckDB, from a dump to a report. */
import { describe, expect, test } from 'vitest';
import { DEFAULT_RULE } from '../../src/rule/catalog/built-in.js';
import { findRule } from '../../src/rule/catalog/find.js';
import { huntEvents, huntText, onlySection, openedGroup } from '../support/hunt-events.js';

const rule = findRule(DEFAULT_RULE);

describe("the page's tests", () => {
  test.each(rule.tests)('$name: $expected', async ({ log, expected }) => {
    const { findings } = onlySection(await huntEvents([log]));
    expect(findings.length > 0).toBe(expected);
  });
});

test('a finding shows every output field of the page, and more', async () => {
  const { findings } = onlySection(
    await huntEvents([openedGroup({ sharedEventID: null, extraField: { a: 1 } })]),
  );
  expect([...findings]).toMatchObject([
    {
      eventID: '00000000-0000-4000-8000-000000000001',
      eventTime: '2026-01-14T09:30:00.000Z',
      eventName: 'AuthorizeSecurityGroupIngress',
      eventSource: 'ec2.amazonaws.com',
      awsRegion: 'eu-west-1',
      recipientAccountId: '112233445566',
      sourceIPAddress: '198.51.100.7',
      userAgent: 'console.ec2.amazonaws.com',
      userIdentity: {
        type: 'AssumedRole',
        principalId: 'AROAEXAMPLE0000000000:dana',
        arn: 'arn:aws:sts::112233445566:assumed-role/SecurityAdmin/dana',
        accountId: '112233445566',
      },
      requestParameters: {
        groupId: 'sg-0a1b2c3d4e5f60718',
        ipPermissions: {
          items: [
            {
              fromPort: 22,
              ipProtocol: 'tcp',
              ipRanges: { items: [{ cidrIp: '0.0.0.0/0' }] },
              toPort: 22,
            },
          ],
        },
      },
      responseElements: { _return: true, requestId: '00000000-0000-4000-8000-00000000000a' },
      source: '-',
      extra: { extraField: { a: 1 } },
      rules: [{ id: 'AWS.EC2.ManualSecurityGroupChange', severity: 'Medium', alert: null }],
      // And what hunt tells from them.
      outcome: 'succeeded',
      actor: { name: 'role/SecurityAdmin (session dana)', origin: 'assumed role' },
      how: { carrier: 'console', class: 'console' },
      change: {
        sentence: 'opened tcp 22 to everyone (0.0.0.0/0) on sg-0a1b2c3d4e5f60718',
        exposure: { peer: 'everyone', direction: 'ingress' },
      },
    },
  ]);
});

describe('what the rule keeps and what it leaves out', () => {
  const terraform = 'APN/1.0 HashiCorp/1.0 Terraform/1.5.0 (+https://www.terraform.io)';
  const by = (arn: unknown) => ({ userIdentity: { type: 'AssumedRole', arn } });
  const operator = by('arn:aws:sts::112233445566:assumed-role/Operator/ci');
  test.each<[string, Record<string, unknown>, boolean]>([
    ['a change from the console', {}, true],
    ['Terraform under an allowed role', { userAgent: terraform, ...operator }, false],
    ['Terraform under another role', { userAgent: terraform }, true],
    ['an allowed role without Terraform', operator, true],
    ['no user agent at all', { userAgent: null }, true],
    ['no user agent, under an allowed role', { userAgent: null, ...operator }, true],
    ['Terraform without an ARN', { userAgent: terraform, ...by(null) }, true],
    ['a list as user agent', { userAgent: ['a', 'b'] }, true],
    ['a number as user agent', { userAgent: 7 }, true],
    ['a list as userIdentity', { userIdentity: ['Operator'], userAgent: terraform }, true],
    ['a failed call by code', { errorCode: 'Client.UnauthorizedOperation' }, false],
    ['a failed call by message', { errorMessage: 'denied' }, false],
    ['an empty error code is none', { errorCode: '', errorMessage: '' }, true],
    ['nor is a text for a missing value an error', { errorCode: '-', errorMessage: 'None' }, true],
    ['a null error code is none', { errorCode: null, errorMessage: null }, true],
    ['another account', { recipientAccountId: '999988887777' }, false],
    ['an account as a number', { recipientAccountId: 112233445566 }, true],
    ['no account', { recipientAccountId: undefined }, false],
    ['a look-alike of RDS', { eventName: 'AuthorizeDBSecurityGroupIngress' }, false],
    ['another case of the name', { eventName: 'authorizesecuritygroupingress' }, false],
    [
      'two characters where the wildcard has one',
      { userAgent: 'a HashiCorp/10.0 Terraform/1', ...operator },
      true,
    ],
    [
      'an emoji where the wildcard has one',
      { userAgent: 'a HashiCorp/\u{1F600}.0 Terraform/1', ...operator },
      false,
    ],
    [
      'a line break in the user agent',
      { userAgent: 'a\nb HashiCorp/1.0 Terraform/\n', ...operator },
      false,
    ],
  ])('%s: %s', async (_name, changes, expected) => {
    const { findings } = onlySection(await huntEvents([openedGroup(changes)]));
    expect(findings.length > 0).toBe(expected);
  });
});

describe('one event, one finding', () => {
  test('a repeat is removed, in the same file or in another', async () => {
    const section = onlySection(await huntEvents([openedGroup(), openedGroup()]));
    expect(section.findings).toHaveLength(1);
    expect(section.repeats).toEqual({ removed: 1, conflicting: 0 });
  });
  test('records of one event with different bodies are conflicting, and the first by content is shown', async () => {
    const events = [openedGroup({ sourceIPAddress: '203.0.113.9' }), openedGroup()];
    for (const order of [events, events.toReversed()]) {
      const section = onlySection(await huntEvents(order));
      expect(section.findings.map((finding) => finding.sourceIPAddress)).toEqual(['198.51.100.7']);
      expect(section.repeats).toEqual({ removed: 1, conflicting: 1 });
    }
  });
  test('a record that does not match hides no other record of its event', async () => {
    const events = [openedGroup({ errorCode: 'Denied' }), openedGroup()];
    const section = onlySection(await huntEvents(events));
    expect(section.findings).toHaveLength(1);
    expect(section.exclusions.map(({ hidden }) => hidden)).toEqual([0, 0]);
  });
  test.each([
    ['eventName', { eventName: 'CreateSecurityGroup' }],
    ['account', { recipientAccountId: '11111111111111' }],
    ['instant', { eventTime: '2026-01-14T09:30:00.001Z' }],
    ['eventID', { eventID: 'another' }],
  ])('another %s is another event', async (_name, changes) => {
    const { findings } = onlySection(await huntEvents([openedGroup(), openedGroup(changes)]));
    expect(findings).toHaveLength(2);
  });
  test('the same instant written otherwise is the same event', async () => {
    const events = [openedGroup(), openedGroup({ eventTime: '2026-01-14 09:30:00.0009' })];
    expect(onlySection(await huntEvents(events)).repeats).toEqual({ removed: 1, conflicting: 0 });
  });
  test('records without an eventID are never repeats', async () => {
    const events = [openedGroup({ eventID: undefined }), openedGroup({ eventID: null })];
    expect(onlySection(await huntEvents(events)).findings).toHaveLength(2);
  });
  test('an empty eventID is none', async () => {
    const ids = ['', '', '  ', null];
    const events = ids.map((eventID) =>
      openedGroup({ eventID, userIdentity: { userName: 'ann' } }),
    );
    const { findings, repeats } = onlySection(await huntEvents(events));
    expect(findings.map(({ eventID }) => eventID)).toEqual([null, null, null, null]);
    expect(repeats).toEqual({ removed: 0, conflicting: 0 });
  });
});

test('findings stand in order of instant (none last), eventID, eventName, account', async () => {
  const events = [
    openedGroup({ eventTime: undefined, eventID: 'e' }),
    openedGroup({ eventTime: '2026-01-15T00:00:00Z', eventID: '\u{1F600}' }),
    openedGroup({ eventTime: '2026-01-15T00:00:00Z', eventID: '\uFB00' }),
    openedGroup({ eventTime: '2026-01-15T01:00:00+02:00', eventID: 'd' }),
    openedGroup({ eventID: 'a', eventName: 'CreateSecurityGroup' }),
    openedGroup({ eventID: 'a' }),
  ];
  const order = (list: unknown[]) =>
    huntEvents(list).then((report) =>
      onlySection(report).findings.map((f) => `${f.eventID} ${f.eventName}`),
    );
  const expected = [
    'a AuthorizeSecurityGroupIngress',
    'a CreateSecurityGroup',
    'd AuthorizeSecurityGroupIngress',
    '\uFB00 AuthorizeSecurityGroupIngress',
    '\u{1F600} AuthorizeSecurityGroupIngress',
    'e AuthorizeSecurityGroupIngress',
  ];
  expect(await order(events)).toEqual(expected);
  expect(await order(events.toReversed())).toEqual(expected);
});

describe('the window', () => {
  const at = (text: string): number => Date.parse(text);
  const found = async (since?: string, until?: string, changes = {}) => {
    const window = { since: since ? at(since) : undefined, until: until ? at(until) : undefined };
    return onlySection(await huntEvents([openedGroup(changes)], { window })).findings.length;
  };
  const exact = '2026-01-14T09:30:00.000Z';
  test('holds its start', async () => expect(await found(exact)).toBe(1));
  test('leaves out its end', async () => expect(await found(undefined, exact)).toBe(0));
  test('is exact to the millisecond', async () => {
    expect(await found('2026-01-14T09:30:00.001Z')).toBe(0);
    expect(await found(undefined, '2026-01-14T09:30:00.001Z')).toBe(1);
  });
  test('holds no undated event, and says so', async () => {
    const window = { since: at('2020-01-01T00:00:00Z'), until: undefined };
    const section = onlySection(
      await huntEvents([openedGroup({ eventTime: 'epoch' })], { window }),
    );
    expect(section).toMatchObject({ findings: [], undated: 1 });
    expect(section.warnings.map(({ code }) => code)).toContain('UNDATED_MATCH');
  });
  test('without bounds an undated event is found, with what stood for its time', async () => {
    const section = onlySection(await huntEvents([openedGroup({ eventTime: 'epoch' })]));
    expect(section.findings).toMatchObject([{ eventTime: null, extra: { eventTime: 'epoch' } }]);
    expect(section.undated).toBe(1);
  });

  test('fields without a column are shown, with any length', async () => {
    const lengths = [0, 5000, 1, 70_000, 5000];
    const events = lengths.map((length, index) =>
      openedGroup({ eventID: String(index), ...(length > 0 && { own: '"é'.repeat(length) }) }),
    );
    const { findings } = onlySection(await huntEvents([...events, ...events]));
    expect(Array.from(findings, ({ extra }) => extra)).toEqual(
      lengths.map((length) => (length > 0 ? { own: '"é'.repeat(length) } : null)),
    );
  });
});

describe('a zero says why', () => {
  test('the funnel counts what remains at each stage', async () => {
    const events = [
      openedGroup(),
      openedGroup({ eventID: '2', recipientAccountId: '999988887777' }),
      openedGroup({ eventID: '3', errorCode: 'Denied' }),
      openedGroup({ eventID: '4', eventName: 'DescribeInstances' }),
      openedGroup({ eventID: '5', eventTime: '2020-01-01T00:00:00Z' }),
      openedGroup(),
    ];
    const report = await huntEvents(events, {
      window: { since: Date.UTC(2026, 0), until: undefined },
    });
    expect(onlySection(report).funnel.map(({ events: count }) => count)).toEqual([
      6, 4, 3, 2, 1, 1, 1,
    ]);
    expect(onlySection(report).funnel.map(({ stage }) => stage)).toEqual([
      'read',
      'event names',
      'in window',
      'not (errorCode is_not_null or errorMessage is_not_null)',
      'recipientAccountId in ["11111111111111", "112233445566"]',
      expect.stringMatching(/^not \(userAgent wildcard/),
      'findings',
    ]);
  });

  test('the ledger says what each exclusion alone hid, by whom and with what', async () => {
    const userAgent = 'x HashiCorp/1.0 Terraform/1';
    const arn = 'arn:aws:sts::112233445566:assumed-role/NotReallyAnOperator/mallory';
    const hidden = { userAgent, userIdentity: { type: 'AssumedRole', arn } };
    const events = [
      openedGroup({ eventID: '1', ...hidden }),
      openedGroup({ eventID: '2', ...hidden }),
      openedGroup({ eventID: '3', ...hidden, errorCode: 'Denied' }),
      openedGroup({ eventID: '4', errorCode: 'Denied' }),
    ];
    const { exclusions } = onlySection(await huntEvents(events));
    expect(exclusions).toMatchObject([
      { applied: true, hidden: 1, by: [{ userAgent: 'console.ec2.amazonaws.com', events: 1 }] },
      { applied: true, hidden: 2, by: [{ principal: arn, userAgent, events: 2 }] },
      { name: 'several exclusions', hidden: 1, by: [{ principal: arn, userAgent, events: 1 }] },
    ]);
  });

  test('the ledger counts for each exclusion the record that it hid', async () => {
    const userAgent = 'spoof HashiCorp/1.0 Terraform/0.12';
    const evil = { type: 'AssumedRole', arn: 'assumed-role/Operator/evil' };
    const events = [
      openedGroup({ errorCode: 'x', userAgent: 'cli' }),
      openedGroup({ userAgent, userIdentity: evil }),
      openedGroup({ userAgent: `a ${userAgent}`, userIdentity: { ...evil, arn: 'z/Operator' } }),
    ];
    const { exclusions } = onlySection(await huntEvents(events));
    expect(exclusions.map(({ by }) => by)).toEqual([
      [{ principal: expect.stringContaining('dana'), userAgent: 'cli', events: 1 }],
      [{ principal: evil.arn, userAgent, events: 1 }],
    ]);
  });

  test('--no-exclusions drops all but that of failed calls, and is said', async () => {
    const userAgent = 'x HashiCorp/1.0 Terraform/1';
    const userIdentity = { arn: 'Operator' };
    const events = [
      openedGroup({ eventID: '1', userAgent, userIdentity }),
      openedGroup({ eventID: '2', errorCode: 'Denied' }),
    ];
    const section = onlySection(await huntEvents(events, { exclusions: false }));
    expect(section.findings.map((finding) => finding.eventID)).toEqual(['1']);
    expect(section.exclusions.map(({ applied }) => applied)).toEqual([true, false]);
    expect(section.warnings.map(({ code }) => code)).toContain('EXCLUSIONS_DROPPED');
  });

  test('accounts that are not the configured ones are named, with the option to use', async () => {
    const events = [
      openedGroup({ eventID: '1', recipientAccountId: '999988887777' }),
      openedGroup({ eventID: '2', recipientAccountId: '999988887777' }),
      openedGroup({ eventID: '3', recipientAccountId: '123456789012' }),
    ];
    const { warnings } = onlySection(await huntEvents(events));
    expect(warnings[0]?.code).toBe('NO_ACCOUNT_MATCHES');
    expect(warnings[0]?.message).toContain(
      'no account of these logs was looked at: 3 changes match, in 999988887777 (2), 123456789012 (1); name your',
    );
    expect(warnings[0]?.message).toContain('--set PROD_ACCOUNT_IDS=999988887777,123456789012');
  });

  test('the verdict has the whole option', async () => {
    const { completeness } = await huntEvents([
      openedGroup({ recipientAccountId: '999988887777' }),
    ]);
    expect(completeness.sentence).toMatch(/--set PROD_ACCOUNT_IDS=999988887777(?:;|$)/);
  });

  test('a configured account without a record gets a warning', async () => {
    const set = { PROD_ACCOUNT_IDS: ['112233445566', '123456789012', '12'] };
    const { warnings } = onlySection(await huntEvents([openedGroup()], { set }));
    expect(warnings.map(({ code }) => code)).toEqual([
      'ACCOUNT_ID_MALFORMED',
      'ACCOUNT_WITHOUT_RECORDS',
    ]);
    expect(warnings[1]?.message).toContain('123456789012');
  });

  test('any account, an empty list, no records at all, a window beside the logs, a cut field', async () => {
    const codes = async (...given: Parameters<typeof huntEvents>): Promise<string[]> => {
      const report = await huntEvents(...given);
      return [...report.warnings, ...onlySection(report).warnings].map(({ code }) => code);
    };
    const account = { PROD_ACCOUNT_IDS: ['112233445566'] };
    expect(await codes([openedGroup()], { set: { PROD_ACCOUNT_IDS: 'any' } })).toEqual([]);
    expect(await codes([openedGroup()], { set: { PROD_ACCOUNT_IDS: [] } })).toEqual([
      'NO_ACCOUNT_MATCHES',
      'PARAMETER_EMPTY',
    ]);
    expect(await codes([], { set: account })).toEqual(['NO_RECORDS']);
    expect(
      await codes([openedGroup()], {
        set: account,
        window: { since: Date.UTC(2027), until: undefined },
      }),
    ).toContain('WINDOW_OUTSIDE_LOGS');
    expect(await codes([openedGroup({ userAgent: { omitted: true } })], { set: account })).toEqual([
      'FIELD_OMITTED',
    ]);
  });
});

describe('hostile text', () => {
  test('unpaired surrogates are replaced and counted', async () => {
    const text = JSON.stringify(openedGroup()).replace('console', '\\ud800console');
    const report = await huntText(text);
    expect(onlySection(report).findings[0]?.userAgent).toBe('\uFFFDconsole.ec2.amazonaws.com');
    expect(report.files.repairedSurrogates).toBe(1);
  });
  test('numbers stay as they stood', async () => {
    const text = JSON.stringify(openedGroup()).replace(
      '"toPort":22',
      '"toPort":1e2,"x":1.50,"y":9007199254740993',
    );
    const [finding] = onlySection(await huntText(text)).findings;
    expect(JSON.stringify(finding?.requestParameters)).toContain(
      '"toPort":"1e2","x":"1.50","y":"9007199254740993"',
    );
  });
  test('NUL, quotes and backslashes come out as they went in', async () => {
    const userAgent = `a\0b'c"d\\e\u2028f`;
    const [finding] = onlySection(await huntEvents([openedGroup({ userAgent })])).findings;
    expect(finding?.userAgent).toBe(userAgent);
  });
});

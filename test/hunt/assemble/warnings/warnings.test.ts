/** The limits of warnings: one too many makes noise, one too few makes a zero that nobody should trust. */
import { describe, expect, test } from 'vitest';
import { DAY, HOUR, type Window } from '../../../../src/cloudtrail/time/window.js';
import type { Warning } from '../../../../src/report/report.js';
import { filterConditions } from '../../../../src/rule/filters.js';
import { readRule } from '../../../../src/rule/catalog/read.js';
import {
  FIRST,
  huntTable,
  startTables,
  useHunting,
  type Hunt,
} from '../../../support/athena/hunting.js';
import {
  huntEvents,
  onlySection,
  openedGroup,
  type HuntEventsOptions,
} from '../../../support/hunt-events.js';
import { folderOf } from '../../../support/read-dump.js';
import { ruleText, ruleWith } from '../../../support/rules.js';

useHunting();

const NOON = Date.parse('2026-01-14T12:00:00Z');
const OURS = { PROD_ACCOUNT_IDS: ['112233445566'] };

const eventsAt = (...instants: readonly number[]) =>
  instants.map((instant, n) =>
    openedGroup({ eventID: `${n}`, eventTime: new Date(instant).toISOString() }),
  );

async function warnedOf(
  events: readonly unknown[],
  options: HuntEventsOptions = {},
): Promise<readonly Warning[]> {
  const report = await huntEvents(events, { set: OURS, ...options });
  return [...report.warnings, ...onlySection(report).warnings];
}

const codesOf = async (...given: Parameters<typeof warnedOf>): Promise<readonly string[]> =>
  (await warnedOf(...given)).map(({ code }) => code);

describe('a window beside the logs', () => {
  const events = eventsAt(NOON, NOON + HOUR);
  test.each<[string, number | undefined, number | undefined, boolean]>([
    ['begins with the last record', NOON + HOUR, undefined, false],
    ['begins a millisecond after the last record', NOON + HOUR + 1, undefined, true],
    ['ends a millisecond after the first record', undefined, NOON + 1, false],
    ['ends with the first record, which it leaves out', undefined, NOON, true],
    ['lies between two records', NOON + 1, NOON + HOUR, true],
  ])('%s', async (_what, since, until, isOutside) => {
    const codes = await codesOf(events, { window: { since, until } });
    expect(codes.includes('WINDOW_OUTSIDE_LOGS')).toBe(isOutside);
  });

  test('names the span of the logs', async () => {
    const warnings = await warnedOf(events, { window: { since: NOON + DAY, until: undefined } });
    expect(warnings).toContainEqual({
      code: 'WINDOW_OUTSIDE_LOGS',
      message: expect.stringContaining('2026-01-14T12:00:00.000Z to 2026-01-14T13:00:00.000Z'),
    });
  });

  test('says so of logs without a readable time', async () => {
    const window = { since: NOON, until: NOON + HOUR };
    const warnings = await warnedOf([openedGroup({ eventTime: 'never' })], { window });
    expect(warnings).toContainEqual({
      code: 'WINDOW_OUTSIDE_LOGS',
      message: 'no record lies in the window: none of the 1 record has a readable time',
    });
    expect(warnings.map(({ code }) => code)).toContain('UNDATED_MATCH');
  });
});

test('no record at all is one warning, and a record outside the window is another', async () => {
  const window = { since: NOON, until: NOON + HOUR };
  expect(await codesOf([], { window })).toEqual(['NO_RECORDS']);
  expect(await codesOf(eventsAt(NOON - 1), { window })).toEqual(['WINDOW_OUTSIDE_LOGS']);
});

test('no record at all: the warning says which files were skipped', async () => {
  const paths = [folderOf({ 'a.txt': 'a', 'b.txt': 'b', 'CloudTrail-Digest.json': '{}' })];
  expect(await warnedOf([], { paths })).toContainEqual({
    code: 'NO_RECORDS',
    message: expect.stringMatching(/^no CloudTrail record was read: 3 files were skipped \(.*\)$/),
  });
});

describe('files that never hold events', () => {
  const NOTE = '{"Type":"Notification","TopicArn":"arn:aws:sns:eu-west-1:1:t","Message":"{}"}';
  const codes = (files: Readonly<Record<string, string>>) =>
    codesOf([], { paths: [folderOf(files)] });

  test('are no missing evidence, if there is nothing else', async () => {
    const insight = openedGroup({ eventType: 'AwsCloudTrailInsight', eventCategory: 'Insight' });
    const never = {
      'n.json': NOTE,
      'i.json': JSON.stringify(insight),
      'a.csv.metadata': '\n\u0001a',
    };
    expect(await codes(never)).toEqual(['NO_EVENTS']);
    expect(await codes({ ...never, 'a.txt': 'a text' })).toEqual(['NO_RECORDS']);
    const digest = '{"digestStartTime":"2026-01-01T00:00:00Z"}';
    expect(await codes({ ...never, 'd.json': digest })).toEqual(['NO_RECORDS']);
    expect(await codes({ 'a.json': '{"Records":[]}' })).toEqual(['NO_RECORDS']);
    expect(await codes({})).toEqual(['NO_RECORDS']);
  });
});

describe('files of days outside the window', () => {
  const logs = (...days: readonly string[]) =>
    folderOf(
      Object.fromEntries(
        days.map((day) => [
          `AWSLogs/112233445566/CloudTrail/eu-west-1/${day}/a.json`,
          JSON.stringify({ Records: eventsAt(NOON) }),
        ]),
      ),
    );
  const late = async (
    days: readonly string[],
    window: Window = { since: NOON - HOUR, until: NOON + HOUR },
  ): Promise<readonly string[]> => {
    const warnings = await warnedOf([], { paths: [logs(...days)], window, late: 2 * DAY });
    return warnings.filter(({ code }) => code === 'LATE_DELIVERY').map(({ message }) => message);
  };

  test('are warned of where others hold events that came late', async () => {
    expect(await late(['2026/01/14', '2026/01/20'])).toEqual([]);
    expect(await late(['2026/01/14', '2026/01/15'])).toEqual([]);
    expect(await late(['2026/01/14', '2026/01/16', '2026/01/20'])).toEqual([
      expect.stringMatching(
        /^1 file has events .* 1 file of days outside the window was not opened/,
      ),
    ]);
    // What came before the window cannot hold an event of it.
    const open = { since: NOON - HOUR, until: undefined };
    expect(await late(['2026/01/01', '2026/01/14', '2026/01/16'], open)).toEqual([]);
  });
});

test('unpaired surrogates are counted in a warning where there are any', async () => {
  const messages = async (userAgent: string): Promise<readonly string[]> =>
    (await warnedOf([openedGroup({ userAgent })])).map(({ message }) => message);
  expect(await messages('a')).toEqual([]);
  expect(await messages('\ud800')).toEqual(['1 unpaired surrogate replaced by U+FFFD']);
  expect(await messages('\ud800-\ud800')).toEqual(['2 unpaired surrogates replaced by U+FFFD']);
});

describe('events without a readable time', () => {
  const window = { since: NOON, until: NOON + HOUR };
  const undated = (changes: object = {}) => openedGroup({ eventTime: 'never', ...changes });

  test('are warned of where the rest of the rule matches them, and the window has a bound', async () => {
    const messages = await warnedOf([undated(), undated({ eventID: '2' })], { window });
    expect(messages).toContainEqual({
      code: 'UNDATED_MATCH',
      message: expect.stringContaining('2 events without a readable time'),
    });
  });

  test('are not warned of where the rule would not match them, or they are found', async () => {
    const other = undated({ errorCode: 'Denied' });
    expect(await codesOf([other, ...eventsAt(NOON)], { window })).toEqual([]);
    expect(await codesOf([undated()])).toEqual([]);
  });
});

describe('what CloudTrail cut', () => {
  const cut = (eventID: string) => openedGroup({ eventID, userAgent: { omitted: true } });

  test('is counted by events', async () => {
    const [first, ...others] = await warnedOf([cut('1'), cut('1'), cut('2')]);
    expect(first?.message).toMatch(/^CloudTrail cut a field that the rule tests from 2 events/);
    expect(others).toEqual([]);
  });

  test('is not warned of where the rule does not test it', async () => {
    const whole = openedGroup({ responseElements: { omitted: true } });
    expect(await codesOf([whole])).toEqual([]);
  });
});

describe('what the rule and its settings say', () => {
  const sigma = (detection: string) =>
    readRule(
      `title: a\nlogsource: { product: aws, service: cloudtrail }\ndetection: ${detection}\n`,
      'rule.yml',
    );

  test('a field that no event has, once, however often it is tested', async () => {
    const rule = sigma(
      '{ one: { nothing: null }, two: { nothing: null }, condition: one and two }',
    );
    const [first, ...others] = await warnedOf([openedGroup()], { rules: [rule] });
    expect(first).toMatchObject({
      code: 'FIELD_UNKNOWN',
      message: expect.stringMatching(/tests nothing, which/),
    });
    expect(others).toEqual([]);
    const misspelt = sigma('{ one: { sourceIdentiy: x }, condition: one }');
    const [near] = await warnedOf([openedGroup()], { rules: [misspelt] });
    expect(near?.message).toMatch(/Did you mean userIdentity.sessionContext.sourceIdentity\?$/);
    const known = sigma('{ one: { errorCode: null }, condition: one }');
    expect(await codesOf([openedGroup()], { rules: [known] })).toEqual([]);
  });

  test('a test that holds for no event', async () => {
    const rules = [ruleWith('  - { Key: eventName, Condition: Equals, Value: Delete* }')];
    const [first, ...others] = await warnedOf([openedGroup()], { rules });
    expect(first).toMatchObject({
      code: 'TEST_NEVER_HOLDS',
      message: expect.stringMatching(/^no event has the eventName "Delete\*"/),
    });
    expect(others).toEqual([]);
  });

  test.each([
    [
      'iamm:CreateUser',
      ['hunt knows no service iamm.amazonaws.com. Did you mean "iam.amazonaws.com"?'],
    ],
    [
      'gaurdduty:DeleteDetector',
      ['hunt knows no service gaurdduty.amazonaws.com. Did you mean "guardduty.amazonaws.com"?'],
    ],
    [
      'guarduty:*',
      ['hunt knows no service guarduty.amazonaws.com. Did you mean "guardduty.amazonaws.com"?'],
    ],
    // Services that hunt describes no call of, and two with short names.
    ['inspector:CreateFilter', []],
    ['healthlake:CreateFHIRDatastore', []],
    ['mq:CreateBroker', []],
    ['dms:CreateEndpoint', []],
  ])('the service of %s', async (call, said) => {
    const rules = [ruleWith(`  - Calls: ["${call}"]`)];
    const warned = await warnedOf([openedGroup()], { rules });
    expect(warned.map(({ message }) => message)).toEqual(said);
  });

  test('exclusions that were dropped are spoken of, and none are not spoken of', async () => {
    const [first, ...others] = await warnedOf([openedGroup()], { exclusions: false });
    expect(first?.message).toBe('--no-exclusions dropped the exclusions of the rule');
    expect(others).toEqual([]);
    const rules = [ruleWith('  - { KeyPath: eventName, Condition: Exists }')];
    expect(await codesOf([openedGroup()], { rules, exclusions: false })).toEqual([]);
  });
});

describe('warnings that several rules have', () => {
  const names = (id: string, eventName: string) =>
    readRule(
      ruleText(
        `  - { KeyPath: eventName, Condition: Equals, Value: ${eventName} }\n` +
          '  - { KeyPath: recipientAccountId, Condition: Equals, Value: "223344556677" }',
      ).replace('Test.Rule', id),
      `${id}.yml`,
    );
  const rules = ['A', 'B', 'C', 'D'].map((id) => names(id, 'AuthorizeSecurityGroupIngress'));

  test('say of records without an account how many rules match them', async () => {
    const own = openedGroup({ recipientAccountId: '223344556677' });
    const unnamed = openedGroup({ eventID: 'u', recipientAccountId: null });
    const closed = openedGroup({ eventID: 'c', eventName: 'RevokeSecurityGroupIngress' });
    const all = [...rules, names('E', 'RevokeSecurityGroupIngress')];
    const left = "1 record in the window names no account: the rule's accounts left it out, with";
    for (const [hunted, what] of [
      [all, '4 matches of 4 rules'],
      [all.slice(3), '1 change that would match'],
    ] as const) {
      const report = await huntEvents([own, unnamed, closed], { rules: hunted });
      expect(report.warnings).toEqual([
        { code: 'RECORDS_WITHOUT_ACCOUNT', message: `${left} ${what}` },
      ]);
    }
  });

  test('stand in the report once, with the matches of all of them', async () => {
    const report = await huntEvents([openedGroup()], { rules });
    expect(report.sections.flatMap(({ warnings }) => warnings)).toEqual([]);
    expect(report.warnings).toEqual([
      {
        code: 'NO_ACCOUNT_MATCHES',
        message: expect.stringMatching(/; 4 matches of 4 rules, all in account 112233445566; /),
      },
    ]);
  });

  test('name the rules where not all have it', async () => {
    const other = ruleWith('  - { KeyPath: eventName, Condition: Exists }');
    const messages = async (count: number) =>
      (
        await huntEvents([openedGroup()], { rules: [other, ...rules.slice(0, count)] })
      ).warnings.map(({ message }) => message);
    expect(await messages(3)).toEqual([expect.stringMatching(/^A, B, C: no account of/)]);
    expect(await messages(4)).toEqual([expect.stringMatching(/^4 of 5 rules: no account of/)]);
  });
});

describe('configured accounts', () => {
  const setting = (...PROD_ACCOUNT_IDS: readonly string[]) => ({ set: { PROD_ACCOUNT_IDS } });
  const without = async (...ids: readonly string[]): Promise<string | undefined> =>
    (await warnedOf([openedGroup()], setting('112233445566', ...ids))).find(
      ({ code }) => code === 'ACCOUNT_WITHOUT_RECORDS',
    )?.message;

  test('without a record are named', async () => {
    expect(await without()).toBeUndefined();
    expect(await without('123456789012')).toBe(
      '123456789012 in PROD_ACCOUNT_IDS has no record in the window, so a zero there proves nothing: nowhere in these logs',
    );
    expect(await without('123456789012', '210987654321')).toMatch(
      /^123456789012, 210987654321 in PROD_ACCOUNT_IDS have no record .*: nowhere in these logs$/,
    );
  });

  test('that only the rule gives as an example need not be well formed', async () => {
    expect(await codesOf([openedGroup()], { set: {} })).toEqual(['ACCOUNT_ID_MALFORMED']);
    const other = openedGroup({ recipientAccountId: '999988887777' });
    const warnings = await warnedOf([other], { set: {} });
    expect(warnings).toContainEqual({
      code: 'NO_ACCOUNT_MATCHES',
      message: expect.stringMatching(
        /^no account of these logs was looked at: 1 change matches, in account 999988887777; name yours, for example --set PROD_ACCOUNT_IDS=999988887777$/,
      ),
    });
  });

  test('that only the rule gives as an example leave the accounts of the logs to name', async () => {
    const read = openedGroup({ recipientAccountId: '999988887777', eventName: 'GetThing' });
    expect(await warnedOf([read], { set: {} })).toContainEqual({
      code: 'NO_ACCOUNT_MATCHES',
      message:
        'no account of these logs was looked at (999988887777), where no change matches; name yours, for example --set PROD_ACCOUNT_IDS=999988887777',
    });
  });

  test('count where a filter or a part of the rule names them, too', async () => {
    const filters = filterConditions({ account: ['123456789012'] });
    const [warning, ...others] = await warnedOf([openedGroup()], {
      set: { PROD_ACCOUNT_IDS: 'any' },
      filters,
    });
    expect(warning).toMatchObject({
      code: 'NO_ACCOUNT_MATCHES',
      message: expect.stringMatching(/^no account of --account \(123456789012\) has a record/),
    });
    expect(others).toEqual([]);
    const either = ruleWith(
      '  - Any:\n' +
        '      - { KeyPath: recipientAccountId, Condition: Equals, Value: "112233445566" }\n' +
        '      - { KeyPath: recipientAccountId, Condition: Equals, Value: "123456789012" }',
    );
    expect(await codesOf([openedGroup()], { rules: [either] })).toEqual([
      'ACCOUNT_WITHOUT_RECORDS',
    ]);
  });

  test('that a filter leaves out need no record', async () => {
    const filters = filterConditions({ account: ['112233445566'] });
    const ids = setting('112233445566', '123456789012');
    expect(await codesOf([openedGroup()], { ...ids, filters })).toEqual([]);
  });

  test('have a record only where it lies in the window', async () => {
    const events = [
      ...eventsAt(NOON),
      openedGroup({
        eventID: 'x',
        recipientAccountId: '123456789012',
        eventTime: '2026-01-01T00:00:00Z',
      }),
    ];
    const ids = setting('112233445566', '123456789012');
    expect(await codesOf(events, ids)).toEqual([]);
    const window = { since: NOON, until: NOON + 1 };
    expect(await codesOf(events, { ...ids, window })).toEqual(['ACCOUNT_WITHOUT_RECORDS']);
  });

  test.each([
    ['11223344556', true],
    ['1122334455667', true],
    ['11223344556x', true],
    ['112233445566', false],
  ])('%s is malformed: %s', async (id, isMalformed) => {
    const codes = await codesOf([openedGroup()], setting('112233445566', id));
    expect(codes).toEqual(isMalformed ? ['ACCOUNT_ID_MALFORMED', 'ACCOUNT_WITHOUT_RECORDS'] : []);
  });

  test('of which none has a record: the warning says what there is, and suggests no other account', async () => {
    const of = (recipientAccountId: string | null, eventID: string, more: object = {}) =>
      openedGroup({ recipientAccountId, eventID, ...more });
    const message = async (...events: readonly unknown[]): Promise<string | undefined> =>
      (await warnedOf(events, setting('999988887777'))).find(
        ({ code }) => code === 'NO_ACCOUNT_MATCHES',
      )?.message;
    const start =
      'no account of PROD_ACCOUNT_IDS (999988887777) has a record in the window: nowhere in these logs; ';
    expect(await message(of('112233445566', '1'))).toBe(
      `${start}1 change matches, in account 112233445566; records: 112233445566 (1)`,
    );
    // The most first, then by number; a record without an account is no account.
    expect(
      await message(
        of('223344556677', '1'),
        of('112233445566', '2'),
        of('334455667788', '3'),
        of('334455667788', '4'),
        of(null, '5'),
      ),
    ).toBe(
      `${start}5 changes match, in 334455667788 (2), 112233445566 (1), 223344556677 (1), no account (1); ` +
        'records: 334455667788 (2), 112233445566 (1), 223344556677 (1), no account (1)',
    );
    expect(await message(of('112233445566', '1', { errorCode: 'Denied' }))).toBe(
      `${start}in other accounts, no change matches either; records: 112233445566 (1)`,
    );
  });

  test('no account at all', async () => {
    const warnings = await warnedOf([openedGroup()], setting());
    expect(warnings).toContainEqual({
      code: 'NO_ACCOUNT_MATCHES',
      message: expect.stringMatching(
        /^PROD_ACCOUNT_IDS allows no account; 1 change matches, in account 112233445566/,
      ),
    });
  });

  describe('beside records that name no account', () => {
    const unnamed = [1, 2].map((n) => openedGroup({ eventID: `${n}`, recipientAccountId: null }));
    const limit = {
      set: { PROD_ACCOUNT_IDS: 'any' },
      filters: filterConditions({ account: ['112233445566'] }),
    } as const;

    test('the warning counts them', async () => {
      const failed = openedGroup({ eventID: 'f', recipientAccountId: null, errorCode: 'Denied' });
      const events = [openedGroup(), ...unnamed, failed];
      expect(await warnedOf(events)).toEqual([
        {
          code: 'RECORDS_WITHOUT_ACCOUNT',
          message:
            '3 records in the window name no account: PROD_ACCOUNT_IDS left them out, with 2 changes that would match',
        },
      ]);
      expect(await warnedOf([openedGroup(), failed], limit)).toEqual([
        {
          code: 'RECORDS_WITHOUT_ACCOUNT',
          message: '1 record in the window names no account: --account left it out',
        },
      ]);
      expect(await codesOf(events, { set: { PROD_ACCOUNT_IDS: 'any' } })).toEqual([]);
    });

    test('an empty ID is none', async () => {
      const empty = openedGroup({ eventID: 'e', recipientAccountId: '' });
      const events = [openedGroup(), empty, ...unnamed.slice(1)];
      const message =
        '2 records in the window name no account: PROD_ACCOUNT_IDS left them out, with 2 changes that would match';
      expect(await warnedOf(events)).toEqual([{ code: 'RECORDS_WITHOUT_ACCOUNT', message }]);
      expect(await codesOf([empty])).toEqual(['NO_ACCOUNT_MATCHES']);
      const { coverage } = await huntEvents(events);
      expect(coverage.accounts.map(({ name, events: count }) => [name, count])).toEqual([
        ['112233445566', 1],
        [null, 2],
      ]);
    });

    test('only, nothing was looked at', async () => {
      const start = 'has a record in the window: nowhere in these logs';
      const records = 'records: no account (2)';
      expect(await warnedOf(unnamed)).toEqual([
        {
          code: 'NO_ACCOUNT_MATCHES',
          message: `no account of PROD_ACCOUNT_IDS (112233445566) ${start}; 2 changes match, all in records that name no account; ${records}`,
        },
      ]);
      // A filter does not look at what it leaves out, so the warning does not say that nothing matches there.
      expect(await warnedOf(unnamed, limit)).toEqual([
        {
          code: 'NO_ACCOUNT_MATCHES',
          message: `no account of --account (112233445566) ${start}; ${records}`,
        },
      ]);
      expect(await warnedOf(unnamed, { set: {} })).toEqual([
        {
          code: 'NO_ACCOUNT_MATCHES',
          message:
            '2 changes match, all in records that name no account: hunt them with --set PROD_ACCOUNT_IDS=any',
        },
      ]);
    });
  });

  describe('without a record in the window', () => {
    const window = { since: NOON, until: NOON + HOUR };
    const seen = async (...instants: readonly string[]): Promise<string | undefined> => {
      const of = instants.map((eventTime, n) =>
        openedGroup({ eventID: `x${n}`, recipientAccountId: '123456789012', eventTime }),
      );
      const ids = setting('112233445566', '123456789012');
      const warnings = await warnedOf([...eventsAt(NOON), ...of], { ...ids, window });
      return warnings.find(({ code }) => code === 'ACCOUNT_WITHOUT_RECORDS')?.message;
    };

    test.each([
      [
        'before it',
        ['2026-01-01T00:00:00Z', '2026-01-02T03:04:05Z'],
        'last seen 2026-01-02T03:04:05.000Z',
      ],
      [
        'after it',
        ['2026-01-20T00:00:00Z', '2026-01-21T00:00:00Z'],
        'seen only outside the window, from 2026-01-20T00:00:00.000Z to 2026-01-21T00:00:00.000Z',
      ],
      ['at no readable time', ['never'], 'seen only in records without a readable time'],
      ['nowhere', [], 'nowhere in these logs'],
    ])('they are said to be seen %s', async (_where, instants, text) => {
      expect(await seen(...instants)).toMatch(new RegExp(`: ${text}$`));
    });

    test('they may be in logs that were not opened', async () => {
      const log = (account: string, day: string) => [
        `AWSLogs/${account}/CloudTrail/eu-west-1/${day}/a.json`,
        JSON.stringify({ Records: [openedGroup({ recipientAccountId: account })] }),
      ];
      const folder = folderOf(
        Object.fromEntries([log('112233445566', '2026/01/14'), log('123456789012', '2026/01/01')]),
      );
      const warning = (
        await warnedOf([], {
          paths: [folder],
          window: { since: NOON - 3 * HOUR, until: NOON },
          late: 0,
          ...setting('112233445566', '123456789012'),
        })
      ).find(({ code }) => code === 'ACCOUNT_WITHOUT_RECORDS');
      expect(warning?.message).toMatch(
        /: not in the logs that were opened \(1 of other days were not: see --no-prune\)$/,
      );
    });
  });
});

describe('a table', () => {
  const codes = async (hunt: Hunt): Promise<readonly string[]> => {
    const { warnings } = await huntTable(await startTables(), hunt);
    return warnings.map(({ code }) => code);
  };
  const until = FIRST + 3 * DAY;
  const window = { since: FIRST, until };
  /** On the last day that is registered. */
  const now = FIRST + 13 * DAY;

  test.each([
    ['a millisecond less than an hour', HOUR - 1, true],
    ['an hour', HOUR, false],
  ])('whose window ended %s ago', async (_what, ago, isFilling) => {
    const found = await codes({ ask: { window, now: until + ago } });
    expect(found.includes('WINDOW_STILL_FILLING')).toBe(isFilling);
  });

  test.each([window, { since: FIRST, until: undefined }, { since: undefined, until: undefined }])(
    'of whose window %j nothing is missing says nothing',
    async (asked) =>
      expect(await codes({ layout: 'manual', ask: { window: asked, now } })).toEqual([]),
  );

  test.each([
    ['begins with the last record', 11 * DAY + 9 * HOUR, undefined, false],
    ['begins a millisecond after it', 11 * DAY + 9 * HOUR + 1, undefined, true],
    ['ends a millisecond after the first record', undefined, 9 * HOUR + 1, false],
    ['ends with the first record', undefined, 9 * HOUR, true],
  ])('whose window %s', async (_what, since, end, isOutside) => {
    const beside = {
      since: FIRST + (since ?? 0),
      until: FIRST + (end ?? 20 * DAY),
    };
    const found = await codes({ ask: { window: beside } });
    expect(found.includes('WINDOW_OUTSIDE_LOGS')).toBe(isOutside);
  });
});

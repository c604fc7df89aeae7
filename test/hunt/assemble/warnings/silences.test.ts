/** An account that stops in the middle of the window must be named, and a log that is only uneven must not. */
import { describe, expect, test } from 'vitest';
import { DAY, HOUR } from '../../../../src/cloudtrail/time/window.js';
import { filterConditions } from '../../../../src/rule/filters.js';
import { huntEvents, type HuntEventsOptions } from '../../../support/hunt-events.js';

const BEGIN = Date.parse('2026-01-05T00:00:00Z'); // a Monday
const [A, B, C] = ['111122223333', '222233334444', '333344445555'];

interface Busy {
  readonly account?: string;
  readonly region?: string;
  /** From one hour of the window to another; by default all of it. */
  readonly from?: number;
  readonly to?: number;
  readonly when?: (hour: number) => boolean;
}

const DAYS = 10;
const window = { since: BEGIN, until: BEGIN + DAYS * DAY };

/** One record in each hour. */
function hourly({
  account = A,
  region = 'eu-west-1',
  from = 0,
  to = DAYS * 24,
  when = () => true,
}: Busy): readonly object[] {
  return Array.from({ length: to - from }, (_, n) => from + n)
    .filter(when)
    .map((hour) => ({
      eventVersion: '1.08',
      eventName: 'DescribeInstances',
      eventSource: 'ec2.amazonaws.com',
      eventID: `${account} ${region} ${hour}`,
      eventTime: new Date(BEGIN + hour * HOUR + 60_000).toISOString(),
      recipientAccountId: account,
      awsRegion: region,
    }));
}

async function messagesOf(
  busy: readonly Busy[],
  options: HuntEventsOptions = {},
): Promise<readonly string[]> {
  const set = { PROD_ACCOUNT_IDS: 'any' as const };
  const { warnings } = await huntEvents(busy.flatMap(hourly), { set, window, ...options });
  return warnings.flatMap(({ code, message }) => (code === 'COVERAGE_GAP' ? message : []));
}

const at = (hour: number): string => new Date(BEGIN + hour * HOUR).toISOString();

describe('an account', () => {
  test('that stops, begins late or pauses is named with its hours', async () => {
    expect(await messagesOf([{ account: A, to: 120 }, { account: B }])).toEqual([
      `${A} stops: no records from ${at(120)} to ${at(240)}`,
    ]);
    expect(await messagesOf([{ account: A }, { account: B, from: 100 }])).toEqual([
      `${B} begins late: no records from ${at(0)} to ${at(100)}`,
    ]);
    const pause = (hour: number): boolean => hour < 50 || hour >= 60;
    expect(await messagesOf([{ account: A, when: pause }, { account: B }])).toEqual([
      `${A} pauses: no records from ${at(50)} to ${at(60)}`,
    ]);
  });

  test('is called by its name', async () => {
    const config = { path: 'hunt.yml', sha256: '', accounts: [{ id: A, name: 'prod' }] };
    expect(await messagesOf([{ account: A, to: 120 }, { account: B }], { config })).toEqual([
      `prod (${A}) stops: no records from ${at(120)} to ${at(240)}`,
    ]);
  });

  test('that is silent when all are is no reason of its own beside the gap of all', async () => {
    const told = async (busy: readonly Busy[]) => {
      const set = { PROD_ACCOUNT_IDS: 'any' as const };
      const { warnings, completeness } = await huntEvents(busy.flatMap(hourly), { set, window });
      const gaps = warnings.filter(({ code }) => code === 'COVERAGE_GAP');
      return { silent: gaps.map((gap) => gap.silent), because: completeness.because };
    };
    const pause = (hour: number): boolean => hour < 50 || hour >= 90;
    const silent = { since: at(50), until: at(90) };
    const message = (name: string): string =>
      `${name} pauses: no records from ${at(50)} to ${at(90)}`;
    expect(await told([{ account: A, when: pause }])).toEqual({
      silent: [silent],
      because: [message(A)],
    });
    expect(
      await told([
        { account: A, when: pause },
        { account: B, when: pause },
      ]),
    ).toEqual({ silent: [silent], because: [message('every account')] });
    // The other account has records then.
    expect(await told([{ account: A, when: pause }, { account: B }])).toEqual({
      silent: [undefined],
      because: [message(A)],
    });
  });

  test('may be the only one, and the logs may have no window', async () => {
    expect(await messagesOf([{ to: 120 }])).toEqual([
      `${A} stops: no records from ${at(120)} to ${at(240)}`,
    ]);
    const open = { since: undefined, until: undefined };
    expect(await messagesOf([{ to: 120 }], { window: open })).toEqual([]);
    expect(await messagesOf([{ to: 120 }, { account: B }], { window: open })).toHaveLength(1);
  });

  test('that stops within one day is named', async () => {
    const day = { since: BEGIN, until: BEGIN + DAY };
    expect(await messagesOf([{ to: 12 }, { account: B, to: 24 }], { window: day })).toEqual([
      `${A} stops: no records from ${at(12)} to ${at(24)}`,
    ]);
  });

  test.each([
    [5, 0],
    [6, 1],
  ])('that is always busy may be silent for less than six hours: %s', async (hours, count) => {
    expect(await messagesOf([{ to: 240 - hours }, { account: B }])).toHaveLength(count);
    expect(await messagesOf([{ from: hours }, { account: B }])).toHaveLength(count);
    const when = (hour: number): boolean => hour < 100 || hour >= 100 + hours;
    expect(await messagesOf([{ when }, { account: B }])).toHaveLength(count);
  });

  test.each<[string, Busy]>([
    ['works by day', { when: (hour) => hour % 24 >= 8 && hour % 24 < 18 }],
    [
      'works by day, and not at weekends',
      { when: (hour) => hour % 24 >= 8 && hour % 24 < 18 && Math.floor(hour / 24) % 7 < 5 },
    ],
    ['has a record a day', { when: (hour) => hour % 24 === 3 }],
    ['has a few records', { when: (hour) => [3, 40, 41, 90, 91, 100].includes(hour) }],
    ['was busy for a day', { from: 30, to: 54 }],
    ['has records every other hour', { when: (hour) => hour % 2 === 0 }],
    ['is random', { when: (hour) => (hour * 7919 + 13) % 10 < 3 }],
  ])('that %s is not named', async (_what, busy) => {
    expect(await messagesOf([busy, { account: B }])).toEqual([]);
  });

  test('that works by day and stops is named, once it is silent far longer than by night', async () => {
    const when = (hour: number): boolean => hour % 24 >= 8 && hour % 24 < 18;
    expect(await messagesOf([{ when, to: 120 }, { account: B }])).toHaveLength(1);
    expect(await messagesOf([{ when, to: 192 }, { account: B }])).toHaveLength(0);
  });

  test('that no rule can match is not named', async () => {
    const busy = [{ account: A, to: 120 }, { account: B }];
    for (const [account, count] of [
      [A, 1],
      [B, 0],
    ] as const)
      expect(
        await messagesOf(busy, { filters: filterConditions({ account: [account] }) }),
      ).toHaveLength(count);
  });

  test('is one of at most fifty that are named', async () => {
    const many = Array.from({ length: 60 }, (_, n) => ({
      account: `${100_000_000_000 + n}`,
      to: 120,
    }));
    const messages = await messagesOf([...many, { account: C }]);
    expect(messages).toHaveLength(51);
    expect(messages.at(-1)).toBe('10 more accounts or regions stop, begin late or pause');
  });
});

test('the coverage says what is usual, and has the silences that a warning names', async () => {
  const when = (hour: number): boolean => hour < 50 || hour >= 55;
  const events = [
    { account: A, when },
    { account: B, to: 200 },
  ].flatMap(hourly);
  const { coverage } = await huntEvents(events, { window });
  expect(coverage.accounts.map(({ usualGap, unusualGaps }) => [usualGap, unusualGaps])).toEqual([
    [0, [{ since: at(50), until: at(55) }]],
    [0, [{ since: at(200), until: at(240) }]],
  ]);
  expect(coverage.accounts[0]?.regions[0]?.unusualGaps).toHaveLength(1);
  const filling = await huntEvents(events, { window, now: window.until, late: 2 * DAY });
  expect(filling.coverage.accounts[1]?.unusualGaps).toEqual([]);
});

describe('files that may still arrive', () => {
  const busy = (to: number): readonly Busy[] => [
    { account: A, to },
    { account: B, to },
  ];
  const end = window.until;

  test('excuse all accounts together at the end of the window', async () => {
    expect(await messagesOf(busy(230), { now: end, late: DAY })).toEqual([]);
    const stops = [`every account stops: no records from ${at(230)} to ${at(240)}`];
    expect(await messagesOf(busy(230), { now: end, late: 9 * HOUR })).toEqual(stops);
    expect(await messagesOf(busy(230), { now: end + 30 * DAY, late: DAY })).toEqual(stops);
    expect(await messagesOf(busy(200), { now: end, late: DAY })).toHaveLength(1);
  });

  test('excuse no account while others go on', async () => {
    const stops = [{ account: A, to: 230 }, { account: B }];
    expect(await messagesOf(stops, { now: end, late: DAY })).toHaveLength(1);
  });
});

describe('a region', () => {
  test('that stops while its account goes on is named', async () => {
    const busy = [{ region: 'eu-west-1' }, { region: 'us-east-1', to: 120 }];
    expect(await messagesOf(busy)).toEqual([
      `us-east-1 of ${A} stops: no records from ${at(120)} to ${at(240)}`,
    ]);
  });

  test('that stops with its account is not named besides', async () => {
    const busy = [
      { region: 'eu-west-1', to: 120 },
      { region: 'us-east-1', to: 118 },
      { account: B },
    ];
    expect(await messagesOf(busy)).toEqual([
      `${A} stops: no records from ${at(120)} to ${at(240)}`,
    ]);
  });
});

describe('an account without a record in the window', () => {
  const from = (since: number, until: number) => ({
    window: { since: BEGIN + since * HOUR, until: BEGIN + until * HOUR },
  });
  const off = (hour: number): boolean => hour < 100 || hour >= 112;

  test('is named if it is silent far longer than usual', async () => {
    const busy = [{ account: A, when: off }, { account: B }];
    expect(await messagesOf(busy, from(103, 106))).toEqual([
      `${A} pauses: no records from ${at(100)} to ${at(112)}`,
    ]);
    // The window tells more than what is around it.
    expect(await messagesOf(busy, from(114, 117))).toEqual([]);
  });

  test('is not named for a window that is shorter than its usual pauses', async () => {
    const nights = (hour: number): boolean => hour % 24 >= 8 && hour % 24 < 20;
    expect(await messagesOf([{ account: A, when: nights }, { account: B }], from(98, 101))).toEqual(
      [],
    );
    const sparse = (hour: number): boolean => hour % 4 === 0;
    expect(
      await messagesOf([{ account: A, when: sparse }, { account: B }], from(101, 103)),
    ).toEqual([]);
  });

  test.each([168, 174])('is not named for a weekend, to the hour %i', async (until) => {
    const days = (hour: number): boolean =>
      hour % 24 >= 7 && hour % 24 < 19 && Math.floor(hour / 24) % 7 < 5;
    const busy = [{ account: A, when: days }, { account: B }];
    expect(await messagesOf(busy, from(120, until))).toEqual([]);
  });

  test.each<[string, Busy['when']]>([
    ['is busy on working days', () => false],
    ['has a few records at weekends', (hour) => hour % 24 < 3],
    ['has part of its records at weekends', (hour) => hour % 24 < 9],
  ])('that %s is not named for a weekend', async (_what, atWeekends) => {
    const when = (hour: number): boolean =>
      Math.floor(hour / 24) % 7 < 5 || atWeekends?.(hour) === true;
    const busy = [{ account: A, when }, { account: B }];
    for (const [since, until] of [
      [120, 168],
      [129, 141],
      [129, 144],
      [129, 150],
      [153, 166],
      [153, 168],
    ] as const)
      expect(await messagesOf(busy, from(since, until)), `${since}`).toEqual([]);
  });

  test('is not named for the Sunday evening of America, which is a Monday in UTC', async () => {
    // From Monday 15:00 to Saturday 03:00, each night from 03:00 to 15:00.
    const when = (hour: number): boolean =>
      (hour % 24 >= 15 && Math.floor(hour / 24) % 7 < 5) ||
      (hour % 24 < 3 && Math.floor((hour - 24) / 24) % 7 < 5 && hour >= 24);
    const busy = [{ account: A, when }, { account: B }];
    expect(await messagesOf(busy, from(124, 170))).toEqual([]);
  });

  test.each([
    ['on a Saturday', [122, 134], [124, 132]],
    ['on a whole Saturday', [119, 146], [120, 144]],
    ['on a Sunday', [150, 162], [152, 160]],
    ['on a whole Sunday', [143, 170], [144, 168]],
    ['on a Monday', [167, 181], [170, 180]],
    ['from Friday night to Monday night', [119, 190], [120, 189]],
    ['on a whole working day', [70, 98], [72, 96]],
  ] as const)('is named that always has records and is silent %s', async (_when, pause, asked) => {
    const when = (hour: number): boolean => hour < pause[0] || hour >= pause[1];
    const silent = `no records from ${at(pause[0])} to ${at(pause[1])}`;
    const busy = [{ account: A, when }, { account: B }];
    expect(await messagesOf(busy, from(asked[0], asked[1]))).toEqual([`${A} pauses: ${silent}`]);
    const regions = [{ account: A }, { account: A, region: 'us-east-1', when }];
    expect(await messagesOf(regions, from(asked[0], asked[1]))).toEqual([
      `us-east-1 of ${A} pauses: ${silent}`,
    ]);
  });

  test('may be a region', async () => {
    const busy = [{ account: A }, { account: A, region: 'us-east-1', when: off }];
    expect(await messagesOf(busy, from(103, 106))).toEqual([
      `us-east-1 of ${A} pauses: no records from ${at(100)} to ${at(112)}`,
    ]);
  });

  test('is not judged by records of days that are not read always', async () => {
    const old = (hour: number): boolean => hour < 70 || hour >= 150;
    expect(await messagesOf([{ account: A, when: old }, { account: B }], from(103, 106))).toEqual(
      [],
    );
  });
});

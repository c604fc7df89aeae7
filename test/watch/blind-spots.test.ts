/** Calls that switch logs off are paired with those that switch them on. */
import { describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '../../src/cloudtrail/json.js';
import { HOUR } from '../../src/cloudtrail/time/window.js';
import { isNarrowed } from '../../src/report/completeness/blind-spot-words.js';
import { blindSpotsIn } from '../../src/watch/blind-spots/blind-spots.js';
import { ACCOUNT, watched, type Call } from './watch-events.js';

const DAY = Date.parse('2026-03-01T00:00:00Z');
const hour = (number: number): number => DAY + number * HOUR;
const instant = (of: number | undefined) => (of === undefined ? undefined : hour(of));
const ARN = `arn:aws:cloudtrail:eu-west-1:${ACCOUNT}:trail/main`;

interface Logs {
  readonly account?: string | null;
  /** In hours of the day. */
  readonly window?: readonly [] | readonly [since: number, until: number];
}

/** What is said of each spot: cause, from, to, target, and whether there are records meanwhile. */
function spotsOf(
  calls: readonly Call[],
  hours: readonly (readonly [number, number])[] = [],
  { account = ACCOUNT, window = [] }: Logs = {},
) {
  const spans = hours.map(([since, until]) => ({ since: hour(since), until: hour(until) }));
  const records = {
    first: spans[0]?.since,
    last: spans.at(-1) && hour(hours.at(-1)?.[1] ?? 0) - 1,
    hours: spans,
  };
  const { blindSpots } = blindSpotsIn(watched(calls), {
    buckets: [],
    files: { paths: [], named: new Set() },
    window: { since: instant(window[0]), until: instant(window[1]) },
    accounts: new Map([[account, records]]),
  });
  return blindSpots.map(({ cause, since, until, target, hasRecords }) => [
    cause,
    since?.slice(11, 19) ?? null,
    until?.slice(11, 19) ?? null,
    target,
    hasRecords,
  ]);
}

const stop = (at: string, name = 'main'): Call => ({ name: 'StopLogging', at, request: { name } });
const start = (at: string, name = 'main'): Call => ({
  name: 'StartLogging',
  at,
  request: { name },
});
const create = (at: string, name = 'main'): Call => ({
  name: 'CreateTrail',
  at,
  request: { name, s3BucketName: 'logs' },
  response: {
    trailARN: `arn:aws:cloudtrail:eu-west-1:${ACCOUNT}:trail/${name}`,
    isMultiRegionTrail: true,
  },
});
const select = (at: string, eventSelectors: Call['request'] & object): Call => ({
  name: 'PutEventSelectors',
  at,
  request: { trailName: ARN, eventSelectors },
});
const s3 = (name: string, at: string, request: object): Call => ({
  name,
  at,
  source: 's3.amazonaws.com',
  request: { bucketName: 'logs', ...request },
});

describe('a trail', () => {
  test('that is stopped may have records meanwhile that name no account', () => {
    const among = (from: number, to: number) =>
      spotsOf([stop('12:00:00')], [[from, to]], { account: null });
    expect(among(14, 16).map((spot) => spot.at(-1))).toEqual([null]);
    expect(among(9, 11).map((spot) => spot.at(-1))).toEqual([false]);
  });

  test('that is stopped is blind until it is started, whatever form its name has', () => {
    expect(
      spotsOf(
        [stop('12:00:00', ARN), stop('12:10:00'), start('15:00:00')],
        [
          [9, 13],
          [15, 17],
        ],
      ),
    ).toEqual([['logging stopped', '12:00:00', '15:00:00', 'main', true]]);
    expect(
      spotsOf(
        [stop('12:00:00', ARN), start('15:30:00')],
        [
          [9, 13],
          [15, 17],
        ],
      ),
    ).toEqual([['logging stopped', '12:00:00', '15:30:00', 'main', false]]);
    expect(spotsOf([stop('12:00:00'), start('15:30:00')], [[9, 17]])).toEqual([
      ['logging stopped', '12:00:00', '15:30:00', 'main', true],
    ]);
  });
  test('that is stopped for minutes says nothing of the records of its hour', () => {
    expect(spotsOf([stop('12:10:00'), start('12:40:00')], [[9, 17]])[0]?.[4]).toBeNull();
    // Another event shows it.
    expect(
      spotsOf([stop('12:10:00'), stop('12:20:00', 'other'), start('12:40:00')], [[9, 17]])[0]?.[4],
    ).toBe(true);
  });
  test('of another region or name is another trail', () => {
    const other = { ...start('15:00:00'), region: 'us-east-1' };
    expect(
      spotsOf([
        stop('12:00:00'),
        create('09:00:00', 'second'),
        start('12:30:00', 'second'),
        other,
      ]).map((spot) => spot.slice(0, 4)),
    ).toEqual([
      ['logging stopped', null, '15:00:00', 'main'],
      ['logging stopped', '12:00:00', null, 'main'],
    ]);
  });
  test('that somebody starts although it logs was not stopped', () => {
    expect(spotsOf([start('12:30:00')], [[9, 14]])).toEqual([]);
    expect(spotsOf([start('12:30:00')], [[13, 14]])).toEqual([
      ['logging stopped', null, '12:30:00', 'main', false],
    ]);
  });
  test('that was stopped before the window is blind in it until it is started', () => {
    const calls = [stop('10:05:00'), start('14:05:00')];
    const asked = (since: number, until: number) =>
      spotsOf(
        calls,
        [
          [0, 11],
          [14, 24],
        ],
        { window: [since, until] },
      );
    const spot = ['logging stopped', '10:05:00', '14:05:00', 'main', false];
    expect([asked(11, 14), asked(9, 12), asked(13, 16), asked(8, 20)]).toEqual([
      [spot],
      [spot],
      [spot],
      [spot],
    ]);
    expect(asked(8, 10)).toEqual([]);
    expect(asked(15, 20)).toEqual([]);
    expect(spotsOf([stop('10:05:00')], [[0, 10]], { window: [20, 22] })).toEqual([
      ['logging stopped', '10:05:00', null, 'main', false],
    ]);
    // Records outside the window show that something was logged, too.
    expect(spotsOf(calls, [[0, 13]], { window: [13, 14] })[0]?.[4]).toBe(true);
  });
  test('of which only the start is known was off in the window if there is no record until then', () => {
    const calls = [start('16:00:30')];
    const window = [8, 10] as const;
    expect(spotsOf(calls, [[6, 7]], { window })).toEqual([
      ['logging stopped', null, '16:00:30', 'main', true],
    ]);
    expect(spotsOf(calls, [[12, 13]], { window })).toEqual([]);
    expect(spotsOf([start('07:00:30')], [[9, 10]], { window })).toEqual([]);
  });
  test('that failed to stop, or that was only made, is not blind', () => {
    expect(
      spotsOf([
        { ...stop('12:00:00'), error: 'TrailNotFoundException' },
        create('13:00:00'),
        start('13:00:00'),
      ]),
    ).toEqual([]);
  });
  test('that is deleted is blind until one of its name logs', () => {
    const deletion: Call = { name: 'DeleteTrail', at: '12:00:00', request: { name: 'main' } };
    expect(spotsOf([deletion, create('13:00:00'), start('13:00:05')])[0]?.slice(0, 3)).toEqual([
      'trail deleted',
      '12:00:00',
      '13:00:05',
    ]);
    expect(spotsOf([deletion, create('13:00:00')])[0]?.slice(0, 3)).toEqual([
      'trail deleted',
      '12:00:00',
      null,
    ]);
  });
  test('that is changed is compared with what it was', () => {
    const update = (at: string, request: object, response: object = {}): Call => ({
      name: 'UpdateTrail',
      at,
      request: { name: ARN, ...request },
      response: {
        trailARN: ARN,
        s3BucketName: 'elsewhere',
        isMultiRegionTrail: false,
        ...response,
      },
    });
    // An answer repeats what nobody asked for.
    expect(spotsOf([update('10:00:00', { enableLogFileValidation: true })])).toEqual([]);
    expect(
      spotsOf([
        create('09:00:00'),
        update('10:00:00', { s3BucketName: 'elsewhere', enableLogFileValidation: false }),
        update('11:00:00', { s3BucketName: 'logs' }),
      ]).map((spot) => spot.slice(0, 4)),
    ).toEqual([
      ['trail sent elsewhere', '10:00:00', '11:00:00', 'main'],
      ['validation off', '10:00:00', null, 'main'],
    ]);
  });
  test('whose every setting is said again is not told to be changed', () => {
    const all = {
      s3BucketName: 'logs',
      includeGlobalServiceEvents: false,
      isMultiRegionTrail: true,
      enableLogFileValidation: true,
      isOrganizationTrail: false,
    };
    const update: Call = { name: 'UpdateTrail', at: '10:00:00', request: { name: ARN, ...all } };
    expect(spotsOf([create('09:00:00'), update]).map((spot) => spot[0])).toEqual(['fewer regions']);
    // Nothing says where it wrote before.
    expect(spotsOf([update]).map((spot) => spot[0])).toEqual([
      'fewer regions',
      'trail perhaps sent elsewhere',
    ]);
    const off: Call = { ...update, request: { name: ARN, isOrganizationTrail: false } };
    expect(spotsOf([off]).map((spot) => spot[0])).toEqual(['organization trail removed']);
  });
  test('without Insights is not blind: they are not hunted', () => {
    const request = { trailName: ARN, insightSelectors: [] };
    expect(spotsOf([{ name: 'PutInsightSelectors', at: '10:00:00', request }])).toEqual([]);
  });
  test('whose selectors choose more, or are chosen when it is made, is not blind', () => {
    const objects = (readWriteType: string, values: readonly string[]) => [
      {
        readWriteType,
        includeManagementEvents: true,
        dataResources: [{ type: 'AWS::S3::Object', values }],
      },
    ];
    const [one, two] = ['arn:aws:s3:::one/', 'arn:aws:s3:::two/'];
    const management = [{ field: 'eventCategory', equals: ['Management'] }];
    const advanced = (at: string, ...advancedEventSelectors: readonly Json[]): Call => ({
      name: 'PutEventSelectors',
      at,
      request: { trailName: ARN, advancedEventSelectors },
    });
    const data: readonly Json[] = [
      { field: 'eventCategory', equals: ['Data'] },
      { field: 'resources.type', equals: ['AWS::S3::Object'] },
      { field: 'resources.ARN', startsWith: [one] },
    ];
    const causes = (...calls: readonly Call[]) => spotsOf(calls).map(([, since]) => since);
    expect(
      causes(
        select('10:00:00', objects('All', [one])),
        select('11:00:00', objects('All', [two, one])),
        select('12:00:00', objects('All', ['arn:aws:s3'])),
        advanced('13:00:00', { fieldSelectors: management }, { fieldSelectors: data.slice(0, 2) }),
        // Of one bucket only.
        advanced('14:00:00', { fieldSelectors: management }, { fieldSelectors: data }),
      ),
    ).toEqual(['14:00:00']);
    const of = (value: string) => ({
      fieldSelectors: [...management, { field: 'readOnly', equals: [value] }],
    });
    expect(causes(advanced('10:00:00', of('true'), of('false')))).toEqual([]);
    expect(
      causes(create('09:00:00'), start('09:00:01'), advanced('09:00:05', { fieldSelectors: data })),
    ).toEqual([]);
    expect(
      causes(create('09:00:00'), start('09:00:01'), advanced('10:00:00', { fieldSelectors: data })),
    ).toEqual(['10:00:00']);
  });
  test('whose selectors choose less is blind in part', () => {
    const all = [{ readWriteType: 'All', includeManagementEvents: true }];
    const objects = [
      { ...all[0], dataResources: [{ type: 'AWS::S3::Object', values: ['arn:aws:s3'] }] },
    ];
    expect(
      spotsOf([
        select('10:00:00', all),
        select('11:00:00', objects),
        select('12:00:00', all),
        select('13:00:00', objects),
      ]).map((spot) => spot.slice(0, 3)),
    ).toEqual([['selectors narrowed', '12:00:00', '13:00:00']]);
    expect(
      spotsOf([select('10:00:00', [{ readWriteType: 'WriteOnly' }]), select('11:00:00', all)]).map(
        (spot) => spot.slice(0, 3),
      ),
    ).toEqual([['selectors narrowed', '10:00:00', '11:00:00']]);
  });
});

describe('the bucket', () => {
  const expiry = (days: number) => ({
    LifecycleConfiguration: { Rule: { Status: 'Enabled', Expiration: { Days: days } } },
  });
  test('of a trail whose objects expire soon, or whose policy keeps CloudTrail out, loses logs', () => {
    const calls = [
      s3('PutBucketLifecycle', '10:00:00', expiry(1)),
      s3('PutBucketLifecycle', '11:00:00', expiry(365)),
      s3('DeleteBucketPolicy', '12:00:00', {}),
    ];
    // Nothing says that it is a bucket of logs.
    expect(spotsOf(calls)).toEqual([]);
    expect(spotsOf([...calls, create('09:00:00')]).map((spot) => spot.slice(0, 4))).toEqual([
      ['bucket emptied or expiring', '10:00:00', '11:00:00', 'logs'],
      ['bucket policy changed', '12:00:00', null, 'logs'],
    ]);
  });
  test('expires as soon as the rule for it says: within 90 days, old versions too', () => {
    const after = (rule: JsonObject): readonly string[] =>
      spotsOf([
        create('09:00:00'),
        s3('PutBucketLifecycle', '10:00:00', {
          LifecycleConfiguration: { Rule: { Status: 'Enabled', ...rule } },
        }),
      ]).map(([cause]) => String(cause));
    const found = ['bucket emptied or expiring'];
    const old = ['old versions not kept'];
    expect(after({ Expiration: { Days: 90 } })).toEqual(found);
    expect(after({ Expiration: { Days: 91 } })).toEqual([]);
    expect(after({ Expiration: { Date: '2026-03-02T00:00:00.000Z' } })).toEqual(found);
    expect(after({ NoncurrentVersionExpiration: { NoncurrentDays: 90 } })).toEqual(old);
    const both = {
      Expiration: { Days: 2557 },
      NoncurrentVersionExpiration: { NoncurrentDays: 30 },
    };
    expect(after(both)).toEqual(old);
    expect(after({ ...both, Expiration: { Days: 30 } })).toEqual(found);
    expect(after({ NoncurrentVersionExpiration: { NoncurrentDays: 91 } })).toEqual([]);
    expect(after({ Status: 'Disabled', Expiration: { Days: 1 } })).toEqual([]);
  });
  test('that keeps its objects loses no logs if old versions of them expire, or are not kept', () => {
    const old = {
      LifecycleConfiguration: {
        Rule: { Status: 'Enabled', NoncurrentVersionExpiration: { NoncurrentDays: 30 } },
      },
    };
    const calls = [
      create('09:00:00'),
      s3('PutBucketLifecycle', '10:00:00', expiry(1)),
      s3('PutBucketLifecycle', '11:00:00', old),
      s3('PutBucketVersioning', '12:00:00', { VersioningConfiguration: { Status: 'Suspended' } }),
      s3('DeleteBucketLifecycle', '13:00:00', {}),
    ];
    const { blindSpots } = blindSpotsIn(watched(calls), {
      buckets: [],
      files: { paths: [], named: new Set() },
      window: { since: undefined, until: undefined },
      accounts: new Map(),
    });
    expect(
      blindSpots.map((spot) => [
        spot.cause,
        spot.since?.slice(11, 13),
        spot.until?.slice(11, 13),
        isNarrowed(spot),
      ]),
    ).toEqual([
      ['bucket emptied or expiring', '10', '11', true],
      ['old versions not kept', '11', '13', false],
      ['old versions not kept', '12', undefined, false],
    ]);
  });
  test('whose name has a word of logs is one of logs only if no other is known', () => {
    const policy = (bucketName: string): Call =>
      s3('DeleteBucketPolicy', '12:00:00', { bucketName });
    expect(spotsOf([policy('cloudtrail-query-results')])).toHaveLength(1);
    expect(spotsOf([create('09:00:00'), policy('cloudtrail-query-results')])).toEqual([]);
  });
  test('from which people delete log files has a spot for each of them', () => {
    const key = (minute: string, folder = 'CloudTrail') =>
      `AWSLogs/${ACCOUNT}/${folder}/eu-west-1/2026/03/01/${ACCOUNT}_${folder}_eu-west-1_20260301T${minute}Z_abc.json.gz`;
    const digest = key('090000', 'CloudTrail-Digest').replace('Z_abc', 'Z');
    const by = (userName: string): Call['extra'] => ({
      userIdentity: {
        type: 'IAMUser',
        userName,
        arn: `arn:aws:iam::${ACCOUNT}:user/${userName}`,
      },
    });
    const calls = [
      s3('DeleteObject', '16:00:00', { key: key('0905') }),
      s3('DeleteObject', '17:00:00', { key: key('0910') }),
      s3('DeleteObject', '17:30:00', {
        key: digest.replace('_eu-west-1_2', '_eu-west-1_main_eu-west-1_2'),
      }),
      { ...s3('DeleteObject', '18:00:00', { key: key('0805') }), extra: by('carol') },
      { ...s3('DeleteObject', '18:00:00', { key: `old/${key('0505')}` }), extra: by('carol') },
    ];
    const { blindSpots } = blindSpotsIn(watched(calls), {
      buckets: [],
      files: { paths: [key('0910'), key('0930')].map((one) => `copy/${one}`), named: new Set() },
      window: { since: hour(8), until: hour(20) },
      accounts: new Map(),
    });
    expect(
      blindSpots.map(({ cause, by: who, since, until, deleted }) => [
        cause,
        who?.actor,
        since?.slice(11, 19),
        until?.slice(11, 19),
        deleted?.logs,
        deleted?.digests,
        deleted?.missing,
        deleted?.files.map(({ time, region, state }) => [time?.slice(11, 16), region, state]),
      ]),
    ).toEqual([
      [
        'log files deleted',
        'user/dana',
        '16:00:00',
        '17:30:00',
        2,
        1,
        1,
        [
          ['09:05', 'eu-west-1', 'missing'],
          ['09:00', 'eu-west-1', 'unknown'],
          ['09:10', 'eu-west-1', 'here'],
        ],
      ],
      [
        'log files deleted',
        'user/carol',
        '18:00:00',
        '18:00:00',
        2,
        0,
        1,
        [
          ['08:05', 'eu-west-1', 'missing'],
          ['05:05', 'eu-west-1', 'elsewhere'],
        ],
      ],
    ]);
  });
  test('loses a file of the window also after it', () => {
    const key = `AWSLogs/${ACCOUNT}/CloudTrail/eu-west-1/2026/03/01/${ACCOUNT}_CloudTrail_eu-west-1_20260301T0905Z_abc.json.gz`;
    const lostIn = (since: number, until: number) =>
      blindSpotsIn(watched([s3('DeleteObject', '16:00:00', { key })]), {
        buckets: [],
        files: { paths: [key.replace('T0905', 'T0910')], named: new Set() },
        window: { since: hour(since), until: hour(until) },
        accounts: new Map(),
      }).blindSpots.map(({ deleted }) => deleted?.missing);
    expect(lostIn(8, 10)).toEqual([1]);
    expect(lostIn(11, 12)).toEqual([]);
    expect(lostIn(15, 17)).toEqual([0]);
  });
  test('loses no file that is older than the logs that were hunted, where the window is open', () => {
    const key = (day: string, account = ACCOUNT) =>
      `AWSLogs/${account}/CloudTrail/eu-west-1/${day}/${account}_CloudTrail_eu-west-1_${day.replaceAll('/', '')}T0905Z_abc.json.gz`;
    const other = '223344556677';
    const paths = [
      key('2026/02/20'),
      key('2026/03/01'),
      key('2025/01/01', other),
      key('2026/03/03', other),
    ];
    const statesOf = (days: readonly string[], since?: number) =>
      blindSpotsIn(watched(days.map((day) => s3('DeleteObject', '16:00:00', { key: key(day) }))), {
        buckets: [],
        files: { paths, named: new Set() },
        window: { since, until: undefined },
        accounts: new Map(),
      }).blindSpots.flatMap(({ deleted }) => deleted?.files.map(({ state }) => state));
    expect(statesOf(['2023/03/01'])).toEqual(['elsewhere']);
    expect(statesOf(['2026/02/19'])).toEqual(['elsewhere']);
    expect(statesOf(['2026/02/19'], Date.parse('2026-02-01T00:00:00Z'))).toEqual(['missing']);
    expect(statesOf(['2026/02/21'])).toEqual(['missing']);
    // Other files show that the copy does not end with the last file of this account.
    expect(statesOf(['2026/03/02'])).toEqual(['missing']);
    expect(statesOf(['2026/03/04'])).toEqual(['elsewhere']);
  });
  test('loses files of which nobody knows a copy, where the logs are no copy of its folders', () => {
    const key = (account = ACCOUNT, region = 'eu-west-1', minute = '0905') =>
      `AWSLogs/${account}/CloudTrail/${region}/2026/03/01/${account}_CloudTrail_${region}_20260301T${minute}Z_abc.json.gz`;
    const digest = `AWSLogs/${ACCOUNT}/CloudTrail-Digest/eu-west-1/2026/03/01/${ACCOUNT}_CloudTrail-Digest_eu-west-1_main_eu-west-1_20260301T090000Z.json.gz`;
    const other = '223344556677';
    const stateOf = (deleted: string, paths: readonly string[], named = paths) =>
      blindSpotsIn(watched([s3('DeleteObject', '16:00:00', { key: deleted })]), {
        buckets: [],
        files: { paths, named: new Set(named) },
        window: { since: hour(8), until: hour(20) },
        accounts: new Map([[ACCOUNT, { first: hour(8), last: hour(16), hours: [] }]]),
      }).blindSpots.flatMap((spot) => spot.deleted?.files.map(({ state }) => state));
    const rest = key(ACCOUNT, 'eu-west-1', '0930');
    expect(stateOf(key(), ['export.json'], [])).toEqual(['unknown']);
    expect(stateOf(key(), [])).toEqual(['unknown']);
    expect(stateOf(digest, ['export.json'])).toEqual(['unknown']);
    expect(stateOf(digest, [rest], [])).toEqual(['unknown']);
    expect(stateOf(digest, [digest], [])).toEqual(['here']);
    expect(stateOf(key(ACCOUNT, 'eu-west-1', '0505'), ['export.json'])).toEqual(['elsewhere']);
    expect(stateOf(key(), [rest])).toEqual(['unknown']);
    expect(stateOf(key(), [rest], [])).toEqual(['missing']);
    expect(stateOf(key(other), [rest])).toEqual(['elsewhere']);
    expect(stateOf(key(ACCOUNT, 'us-east-1'), [rest], [])).toEqual(['elsewhere']);
    // Of this account, there are records in another file.
    expect(stateOf(key(), [key(other)], [])).toEqual(['unknown']);
  });
});

test('an event that was delivered twice is one, and the order of records does not matter', () => {
  const calls = [stop('12:00:00'), start('13:00:00'), stop('14:00:00'), stop('12:00:00')];
  expect(spotsOf(calls.toReversed())).toEqual(spotsOf(calls));
  expect(spotsOf(calls)).toHaveLength(2);
});

test('any request is read', () => {
  const values: readonly Json[] = [
    null,
    7,
    'x',
    [],
    {},
    [{ a: null }],
    { name: { name: [] }, bucketName: 5, eventSelectors: 'x' },
  ];
  const names = [
    'StopLogging',
    'PutEventSelectors',
    'UpdateTrail',
    'PutInsightSelectors',
    'DeleteEventDataStore',
  ];
  for (const request of values)
    for (const name of names) spotsOf([{ name, at: '10:00:00', request }]);
  for (const request of values)
    spotsOf([
      s3('PutBucketPolicy', '10:00:00', { policy: request }),
      s3('PutBucketLifecycle', '10:00:00', { LifecycleConfiguration: request }),
    ]);
});

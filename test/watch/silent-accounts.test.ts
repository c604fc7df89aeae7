/** A trail of an organization that is stopped leaves accounts without a log that have nothing to do with the call. */
import { expect, test } from 'vitest';
import { HOUR } from '../../src/cloudtrail/time/window.js';
import { isDark } from '../../src/report/completeness/blind-spot-words.js';
import { blindSpotsIn } from '../../src/watch/blind-spots/blind-spots.js';
import { ACCOUNT, watched, type Call } from './watch-events.js';

const MEMBER = '223344556677';
const OTHER = '334455667788';
const ARN = `arn:aws:cloudtrail:eu-west-1:${ACCOUNT}:trail/main`;
const DAY = Date.parse('2026-03-01T00:00:00Z');
type Hours = readonly (readonly [from: number, to: number])[];

const STOP: Call = { name: 'StopLogging', at: '10:00:00', request: { name: ARN } };
const START: Call = { name: 'StartLogging', at: '13:00:00', request: { name: ARN } };
const ALL: Hours = [[0, 24]];
/** Silent while the trail is stopped. */
const SILENT: Hours = [
  [0, 10],
  [13, 24],
];

const organization = (isOrganizationTrail: boolean): Call => ({
  name: 'UpdateTrail',
  at: '08:00:00',
  request: { name: ARN, isOrganizationTrail },
});
const log = (account: string, folder = 'o-example1/') =>
  `copy/AWSLogs/${folder}${account}/CloudTrail/eu-west-1/2026/03/01/${account}_CloudTrail_eu-west-1_20260301T0905Z_abc.json.gz`;
const digest = (account: string, folder = 'o-example1/') =>
  `copy/AWSLogs/${folder}${account}/CloudTrail-Digest/us-east-1/2026/03/01/${account}_CloudTrail-Digest_us-east-1_main_eu-west-1_20260301T090000Z.json.gz`;

interface Logs {
  readonly calls?: readonly Call[];
  readonly paths?: readonly string[];
  readonly hours: Readonly<Record<string, Hours>>;
}

/** The accounts that are silent in each spot, and whether it is dark. */
function silent({ calls = [STOP, START], paths = [], hours }: Logs) {
  const accounts = Object.entries(hours).map(([account, spans]) => {
    const own = spans.map(([from, to]) => ({ since: DAY + from * HOUR, until: DAY + to * HOUR }));
    const records = { first: own[0]?.since, last: (own.at(-1)?.until ?? 1) - 1, hours: own };
    return [account, records] as const;
  });
  const { blindSpots } = blindSpotsIn(watched(calls), {
    buckets: [],
    files: { paths, named: new Set() },
    window: { since: undefined, until: undefined },
    accounts: new Map(accounts),
  });
  return blindSpots
    .filter(({ cause }) => cause === 'logging stopped')
    .map((spot) => [isDark(spot), ...spot.silentAccounts]);
}

const TWO = { [ACCOUNT]: ALL, [MEMBER]: SILENT };

test('one silent account is enough, whatever says that the trail is that of an organization', () => {
  const sparse: Hours = [
    [0, 3],
    [6, 7],
    [15, 16],
  ];
  const hours = { [ACCOUNT]: ALL, [MEMBER]: sparse, [OTHER]: ALL };
  expect(silent({ hours })).toEqual([[false]]);
  expect(silent({ hours, calls: [organization(true), STOP, START] })).toEqual([[true, MEMBER]]);
  expect(silent({ hours, paths: [digest(ACCOUNT), digest(MEMBER)] })).toEqual([[true, MEMBER]]);
  // The folder says it where nobody but the account of the trail has a record.
  const paths = [log(ACCOUNT), log(MEMBER)];
  expect(silent({ hours, paths })).toEqual([[false]]);
  expect(silent({ hours: { ...hours, [OTHER]: SILENT }, paths: [...paths, log(OTHER)] })).toEqual([
    [true, MEMBER, OTHER],
  ]);
});

test('where nothing says it, an account counts that is silent for exactly this time, and for so long at no other', () => {
  expect(silent({ hours: TWO })).toEqual([[true, MEMBER]]);
  expect(silent({ hours: { [ACCOUNT]: SILENT, [MEMBER]: SILENT } })).toEqual([
    [true, ACCOUNT, MEMBER],
  ]);
  for (const hours of [
    // Another silence is as long.
    [
      [0, 5],
      [8, 10],
      [13, 24],
    ],
    // It falls silent hours before, or comes back hours later, or never.
    [
      [0, 8],
      [13, 24],
    ],
    [
      [0, 10],
      [15, 24],
    ],
    [[0, 10]],
    [[13, 24]],
  ] satisfies readonly Hours[])
    expect(silent({ hours: { [ACCOUNT]: ALL, [MEMBER]: hours } }), JSON.stringify(hours)).toEqual([
      [false],
    ]);
  const open = { calls: [STOP], hours: { [ACCOUNT]: ALL, [MEMBER]: [[0, 10]] satisfies Hours } };
  expect(silent(open)).toEqual([[true, MEMBER]]);
});

test('an account counts whose files alone are known', () => {
  const calls = [organization(true), STOP, START];
  const paths = [log(ACCOUNT), log(MEMBER), log(OTHER).replaceAll('202603', '202512')];
  expect(silent({ calls, paths, hours: { [ACCOUNT]: ALL } })).toEqual([[true, MEMBER]]);
});

test('an account with a trail of its own is not concerned', () => {
  expect(silent({ calls: [organization(false), STOP, START], hours: TWO })).toEqual([[false]]);
  expect(silent({ paths: [digest(ACCOUNT, '')], hours: TWO })).toEqual([[false]]);
  const paths = [log(ACCOUNT), log(MEMBER, '')];
  expect(silent({ calls: [organization(true), STOP, START], paths, hours: TWO })).toEqual([
    [false],
  ]);
});

test('who stops a trail of another account stops that of the organization', () => {
  const delegated = [STOP, START].map((call): Call => ({
    ...call,
    extra: { recipientAccountId: OTHER },
  }));
  const hours = {
    ...TWO,
    [MEMBER]: [
      [0, 5],
      [14, 24],
    ] satisfies Hours,
    [OTHER]: ALL,
  };
  expect(silent({ calls: delegated, hours })).toEqual([[true, MEMBER]]);
});

test('a trail that was started in the window was off if no other account has a record before', () => {
  const calls = [organization(true), START];
  const later: Hours = [[13, 24]];
  expect(silent({ calls: [START], hours: { [ACCOUNT]: ALL, [MEMBER]: later } })).toEqual([]);
  expect(silent({ calls, hours: { [ACCOUNT]: ALL, [MEMBER]: ALL } })).toEqual([]);
  expect(silent({ calls, hours: { [ACCOUNT]: ALL, [MEMBER]: later } })).toEqual([[true, MEMBER]]);
});

test('a trail was not off before it was started if the folder of its organization has records until then', () => {
  const calls = [organization(true), START];
  const hours = { [ACCOUNT]: ALL, [MEMBER]: [[13, 24]] satisfies Hours };
  const digests = [digest(ACCOUNT), digest(MEMBER)];
  expect(silent({ calls, hours, paths: digests })).toEqual([]);
  expect(silent({ calls: [START], hours, paths: digests })).toEqual([]);
  // Its records may be of another trail, or end before.
  expect(silent({ calls, hours, paths: [...digests, log(ACCOUNT, '')] })).toEqual([[true, MEMBER]]);
  const early = { ...hours, [ACCOUNT]: SILENT };
  expect(silent({ calls, hours: early, paths: digests })).toEqual([[true, MEMBER]]);
});

/** What the hunt statement writes is what the reader of its rows reads: on DuckDB and on Trino, for every member of a row. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answerReader } from '../../src/answer/read-answer.js';
import type { AnswerRow, EventsRow } from '../../src/answer/row.js';
import { readEventKey, type Part } from '../../src/answer/statement/event-key.js';
import { huntSql } from '../../src/answer/statement/hunt-sql.js';
import type { JsonObject } from '../../src/cloudtrail/json.js';
import { toRecord, type EventRecord } from '../../src/cloudtrail/record.js';
import type { Row } from '../../src/engine/engine.js';
import { buildQuery } from '../../src/query/build.js';
import { bind } from '../../src/rule/bind.js';
import { duckdb } from '../../src/sql/dialect/duckdb.js';
import { trino as trinoDialect } from '../../src/sql/dialect/trino.js';
import { openDuckdb } from '../support/evaluate-engines.js';
import { openedGroup } from '../support/hunt-events.js';
import { ruleWith } from '../support/rules.js';
import { describeWithTrino } from '../support/trino.js';

const DAY = '2026-01-14';

/** One rule that names its events and changes the severity of some, and one that tests every event. */
const RULES = [
  {
    ...ruleWith(
      `  - { KeyPath: eventName, Condition: IsIn, Values: [Open, Close] }
  - { KeyPath: userAgent, Condition: Equals, Value: console }
  - None:
      - { KeyPath: sourceIPAddress, Condition: Equals, Value: office }`,
      `DynamicSeverities:
  - ChangeTo: Critical
    Conditions:
      - { KeyPath: eventName, Condition: Equals, Value: Close }`,
    ),
    id: 'named',
  },
  {
    // The bytes of a record cannot tell the second test, so the rule selects every event.
    ...ruleWith(`  - Any:
      - { KeyPath: awsRegion, Condition: Equals, Value: eu-west-1 }
      - { KeyPath: sharedEventID, Condition: IsNotNull }`),
    id: 'any',
  },
].map((rule) => bind(rule, new Map()));

const query = buildQuery(
  RULES,
  { since: Date.parse(`${DAY}T00:00:00Z`), until: Date.parse(`${DAY}T12:00:00Z`) },
  { exclusions: true, filters: [] },
);

const event = (changes: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  openedGroup({
    eventName: 'Open',
    eventTime: `${DAY}T09:00:00Z`,
    userAgent: 'console',
    sourceIPAddress: 'home',
    awsRegion: 'us-east-1',
    userIdentity: { arn: 'arn:dana' },
    ...changes,
  });

const EVENTS = [
  event({ eventID: 'found' }),
  event({ eventID: 'severe', eventName: 'Close' }),
  event({ eventID: 'excluded', sourceIPAddress: 'office' }),
  event({ eventID: 'late', eventTime: `${DAY}T12:00:00Z` }),
  event({ eventID: 'other', eventName: 'Other' }),
  event({ eventID: 'both', awsRegion: 'eu-west-1' }),
  event({ eventID: 'cut', userAgent: '{"omitted":true}' }),
  event({ eventID: 'undated', eventTime: 'when?' }),
  event({ eventID: 'twice', userAgent: 'curl' }),
  event({ eventID: 'twice', userAgent: 'wget' }),
];

/** For each event: how far it comes in both rules, its near misses, and what else its row says. */
const EXPECTED: Readonly<Record<string, Partial<EventsRow>>> = {
  found: {
    reached: new Map([
      ['named', 'finding'],
      ['any', 'c1'],
    ]),
  },
  severe: {
    reached: new Map([
      ['named', 'finding'],
      ['any', 'c1'],
    ]),
  },
  excluded: {
    reached: new Map([
      ['named', 'c3'],
      ['any', 'c1'],
    ]),
  },
  late: {
    reached: new Map([
      ['named', 'window'],
      ['any', 'window'],
    ]),
  },
  other: { reached: new Map([['any', 'c1']]) },
  both: {
    reached: new Map([
      ['named', 'finding'],
      ['any', 'finding'],
    ]),
  },
  cut: {
    reached: new Map([
      ['named', 'c2'],
      ['any', 'c1'],
    ]),
    cut: new Set(['named']),
  },
  undated: {
    reached: new Map([
      ['named', 'window'],
      ['any', 'window'],
    ]),
    undated: true,
  },
  twice: {
    reached: new Map([
      ['named', 'c2'],
      ['any', 'c1'],
    ]),
    records: 2,
    conflicting: true,
  },
};

const records = (): readonly EventRecord[] =>
  EVENTS.map((one) => toRecord(one as JsonObject, 'a.json'));

/** The typed rows by event: a part names the events of its rows, and here each row has one. */
function check(rowsOf: (part?: Part) => Promise<readonly Row[]>) {
  const read = async (part?: Part): Promise<readonly AnswerRow[]> =>
    (await rowsOf(part)).map(answerReader(query));

  test('how far each event came, which records matched, and what hid the others', async () => {
    const rows = (await read()).filter((row) => row.kind === 'events');
    const total = rows.reduce((sum, { events }) => sum + events, 0);
    expect(total).toBe(Object.keys(EXPECTED).length);
    for (const [id, { reached, ...more }] of Object.entries(EXPECTED)) {
      const row = rows.find((one) => isOf(one, id));
      const what = { undated: false, conflicting: false, cut: new Set(), ...more };
      expect(row, id).toMatchObject({ reached, ...what, keys: undefined });
    }
    const matches = rows.flatMap((row) => row.matches);
    expect(
      matches.map((match) => [idIn(match.body), [...match.rules], match.eventTime, match.source]),
    ).toEqual(
      expect.arrayContaining([
        ['found', [['named', null]], `${DAY}T09:00:00Z`, expect.anything()],
        ['severe', [['named', 'Critical']], `${DAY}T09:00:00Z`, expect.anything()],
        [
          'both',
          [
            ['named', null],
            ['any', null],
          ],
          `${DAY}T09:00:00Z`,
          expect.anything(),
        ],
      ]),
    );
    expect(matches).toHaveLength(3);
  });

  test('whom a stage alone kept out', async () => {
    const rows = (await read()).filter((row) => row.kind === 'events');
    const missesOf = (id: string) => rows.find((row) => isOf(row, id))?.nearMisses;
    const who = { principal: 'arn:dana', account: '112233445566' };
    expect(missesOf('excluded')).toEqual([
      {
        ...who,
        userAgent: 'console',
        failed: new Map([
          ['named', ['c3']],
          ['any', ['c1']],
        ]),
      },
    ]);
    // No report names whom the window keeps out.
    expect(missesOf('late')).toEqual([
      {
        principal: null,
        userAgent: null,
        account: null,
        failed: new Map([['named', ['window']]]),
      },
    ]);
    expect(
      missesOf('twice')
        ?.map(({ userAgent }) => userAgent)
        .toSorted(),
    ).toEqual(['curl', 'wget']);
    expect(missesOf('both')).toEqual([]);
  });

  test('which events a part holds, and which of them may be in an earlier one', async () => {
    const rows = (await read({ since: Date.parse(`${DAY}T10:00:00Z`) })).filter(
      (row) => row.kind === 'events',
    );
    const keys = rows.flatMap((row) => (row.keys ?? []).map(readEventKey));
    expect(new Set(keys.map(({ identity }) => identity)).size).toBe(Object.keys(EXPECTED).length);
    // All but `late` are of before ten, or of a time that nobody knows.
    expect(keys.filter(({ early }) => !early)).toHaveLength(1);
  });
}

/** Which event a row is of, by what only that event has. */
function isOf(row: EventsRow, id: string): boolean {
  const [match] = row.matches;
  if (match !== undefined) return idIn(match.body) === id;
  const expected = EXPECTED[id]?.reached ?? new Map();
  const isSame = JSON.stringify([...row.reached]) === JSON.stringify([...expected]);
  const { undated = false, conflicting = false } = EXPECTED[id] ?? {};
  const isFound = [...expected.values()].includes('finding');
  return (
    !isFound &&
    isSame &&
    row.undated === undated &&
    row.conflicting === conflicting &&
    row.cut.has('named') === (id === 'cut')
  );
}

function idIn(body: string): string {
  return (JSON.parse(body) as { readonly eventid: string }).eventid;
}

describe('on DuckDB', () => {
  let local: Awaited<ReturnType<typeof openDuckdb>>;
  beforeAll(async () => {
    local = await openDuckdb();
    await local.fill(records());
  });
  afterAll(() => local.close());
  check((part) =>
    local.rows(huntSql(query, duckdb, { source: { kind: 'loaded', from: 'events' }, part })),
  );
});

await describeWithTrino('on Trino', (trino) => {
  beforeAll(() => trino.createEvents('answers', records()));
  const relation =
    'SELECT *, CAST(NULL AS varchar) AS extra, FALSE AS is_odd, CAST(NULL AS varchar) AS is_management FROM answers';
  check((part) =>
    trino.rows(huntSql(query, trinoDialect, { source: { kind: 'table', relation }, part })),
  );
});

test('a row that is not of the statement is refused: its counts would be lost', () => {
  const read = answerReader(query);
  expect(() => read({ reached: '', events: '1' })).toThrow(/the engine gave a row/);
  const row = {
    events: '1',
    records: '1',
    undated: 'false',
    conflicting: 'false',
    reached: '',
    cut: '',
    matches: null,
    near_misses: null,
  };
  expect(read(row)).toMatchObject({ events: 1, matches: [] });
  expect(() => read({ ...row, reached: ' 3=0' })).toThrow(/rule 3/);
  for (const [column] of Object.entries(row)) {
    const { [column]: _, ...others }: Row = row;
    expect(() => read(others), column).toThrow(new RegExp(`no ${column}`));
  }
});

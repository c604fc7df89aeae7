/** Every rule gives the same on DuckDB and on Trino, over its own tests, the sample, and events that mean harm. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { byCodePoint, canonicalCell } from '../../src/cloudtrail/canonical.js';
import { toBatches } from '../../src/batch/batch.js';
import { COLUMNS, USER_IDENTITY } from '../../src/cloudtrail/field/columns.js';
import { isObject, parseJson, type Json, type JsonObject } from '../../src/cloudtrail/json.js';
import { parseKeepingNumbers } from '../../src/cloudtrail/numbers.js';
import { toRecord, type EventRecord } from '../../src/cloudtrail/record.js';
import type { Window } from '../../src/cloudtrail/time/window.js';
import { DuckdbEngine } from '../../src/engine/duckdb/engine.js';
import type { Row } from '../../src/engine/engine.js';
import { forDocumentedTable } from '../../src/query/missing-fields.js';
import { NOT_EVENT } from '../../src/answer/statement/record-count.js';
import { huntSql } from '../../src/answer/statement/hunt-sql.js';
import { bind } from '../../src/rule/bind.js';
import { DEFAULT_RULE } from '../../src/rule/catalog/built-in.js';
import { builtInRules, findRule } from '../../src/rule/catalog/find.js';
import type { Rule } from '../../src/rule/rule.js';
import { trino as trinoDialect } from '../../src/sql/dialect/trino.js';
import { duckdb } from '../../src/sql/dialect/duckdb.js';
import { findingsSql } from '../../src/sql/statement/findings.js';
import { buildQuery } from '../../src/query/build.js';
import type { Query } from '../../src/query/query.js';
import { DOCUMENTED_TABLE, LOADED_EVENTS } from '../../src/sql/statement/table.js';
import { answerOf } from '../support/answers.js';
import { columnsOfBody } from '../support/body-columns.js';
import { sampleFiles } from '../support/sample/make.mjs';
import { describeWithTrino } from '../support/trino.js';
import { hostileEvents } from '../trino/hostile-events.js';

const at = (time: string): number => Date.parse(time);

const ALL_TIME: Window = { since: undefined, until: undefined };
const ONE_MILLISECOND: Window = {
  since: at('2021-01-24T04:55:45.000Z'),
  until: at('2021-01-24T04:55:45.001Z'),
};

/** Open on both sides, on one side, and as short as it can be. */
const WINDOWS: readonly (readonly [name: string, window: Window])[] = [
  ['all time', ALL_TIME],
  ['since', { since: at('2021-01-24T04:55:45.001Z'), until: undefined }],
  ['until', { since: undefined, until: at('2021-01-24T04:55:45.000Z') }],
  ['one millisecond', ONE_MILLISECOND],
];

const rules = builtInRules();

await describeWithTrino('DuckDB and Trino agree', (trino) => {
  let local: DuckdbEngine;
  const localRows = async (sql: string): Promise<readonly Row[]> => {
    const rows: Row[] = [];
    for await (const row of local.rows(sql)) rows.push(row);
    return rows;
  };

  beforeAll(async () => {
    const records = [...sampleRecords(), ...[...rules.values()].flatMap(ruleRecords)];
    local = await DuckdbEngine.open();
    await Promise.all([
      local.load(toBatches(COLUMNS, records)),
      trino.createEvents(DOCUMENTED_TABLE.name, records),
    ]);
  });
  afterAll(() => local.close());

  // All rules at once, as a hunt asks them. Trino plans such a statement for a long time, so one window must do; the SQL
  // of a window is the same for every rule.
  test.each([
    ['all rules, all time', [...rules.values()], ALL_TIME],
    [
      'some rules, one millisecond',
      [...rules.values()].filter(({ id }, n) => n % 20 === 0 || id === DEFAULT_RULE),
      ONE_MILLISECOND,
    ],
  ] as const)('on the answer: %s', async (_name, some, window) => {
    const asked = queryOf(some, window);
    const query = { ...asked, rules: asked.rules.map(forDocumentedTable) };
    // `extra` is not in Athena's table.
    const without = 'CAST(NULL AS varchar) AS extra';
    const [here, all] = await Promise.all([
      localRows(
        huntSql(query, duckdb, {
          source: {
            kind: 'loaded',
            // The reader of logs leaves out what is no event.
            from: `(SELECT * REPLACE (${without}) FROM events WHERE ${NOT_EVENT} IS NULL) AS events`,
          },
        }),
      ),
      trino.rows(
        huntSql(query, trinoDialect, {
          source: {
            kind: 'table',
            relation: `SELECT *, FALSE AS is_odd, CAST(NULL AS varchar) AS is_management, ${without} FROM ${DOCUMENTED_TABLE.name}`,
          },
        }),
      ),
    ]);
    const there = all.filter((row) => row['record_count'] === null);
    expect(there.length).toBeLessThan(all.length);
    expect(differences(groups(here), groups(there))).toEqual([]);
    expect(answerOf(query, there)).toEqual(answerOf(query, here));
  });

  /** What each engine finds with one rule. */
  const findings = async (rule: Rule, window: Window) => {
    const query = queryOf([rule], window);
    const [part] = query.rules;
    if (part === undefined) throw new Error('a query has its rule');
    const [here, there] = await Promise.all([
      localRows(findingsSql(part, query, { dialect: duckdb, table: LOADED_EVENTS })),
      trino.rows(findingsSql(part, query, { dialect: trinoDialect, table: DOCUMENTED_TABLE })),
    ]);
    return { here: here.map(shown), there: there.map(shown) };
  };

  test.each([...rules])('on the findings of %s', async (_folder, rule) => {
    const { here, there } = await findings(rule, ALL_TIME);
    expect(there.map(place)).toEqual(here.map(place));
    // Of events without an ID that have the same place, any may stand first.
    expect(inOneOrder(there)).toEqual(inOneOrder(here));
    expect(here).not.toEqual([]);
  });

  // The SQL of a window is the same for every rule.
  test.each(WINDOWS)('on the findings of a window: %s', async (_name, window) => {
    const { here, there } = await findings(findRule(DEFAULT_RULE), window);
    expect(there).toEqual(here);
    expect(here).not.toEqual([]);
  });
});

function queryOf(asked: readonly Rule[], window: Window): Query {
  const bound = asked.map((rule) => bind(rule, new Map()));
  return buildQuery(bound, window, { exclusions: true, filters: [] });
}

type Finding = Readonly<Record<string, Json | undefined>>;

/** A finding but for its texts that are JSON, which the engines write in different ways. */
function shown(row: Row): Finding {
  const { source: _source, useridentity: identity, ...others } = row;
  const parsed = identity === null ? null : parseKeepingNumbers(identity ?? '');
  return { ...others, useridentity: canonicalCell(USER_IDENTITY, parsed) };
}

/** By what the statement of a rule orders its findings. */
function place({ eventtime, eventid, eventname, recipientaccountid }: Finding): readonly unknown[] {
  return [eventtime, eventid, eventname, recipientaccountid];
}

function inOneOrder(findings: readonly Finding[]): readonly string[] {
  return findings.map((finding) => JSON.stringify(finding)).toSorted();
}

/** The rows of an answer with JSON in one form; rows that then agree in all but their counts are one. */
function groups(rows: readonly Row[]): ReadonlyMap<string, readonly number[]> {
  const counts = new Map<string, readonly number[]>();
  for (const { events, records, record_count: _count, ...row } of rows) {
    const entries = Object.entries(row).map(([name, value]) => [
      name,
      name === 'matches' || name === 'near_misses' ? listOf(value) : value,
    ]);
    const key = JSON.stringify(entries);
    const own = [events, records].map(Number);
    const [...before] = counts.get(key) ?? own.map(() => 0);
    counts.set(
      key,
      own.map((count, index) => count + (before[index] ?? 0)),
    );
  }
  return counts;
}

/** A few of the groups that only one engine gave, or that count otherwise there. */
function differences(
  here: ReadonlyMap<string, readonly number[]>,
  there: ReadonlyMap<string, readonly number[]>,
): readonly unknown[] {
  return [...new Set([...here.keys(), ...there.keys()])]
    .map((group) => ({ group, duckdb: here.get(group)?.join(), trino: there.get(group)?.join() }))
    .filter(({ duckdb: own, trino: other }) => own !== other)
    .slice(0, 3);
}

function listOf(text: string | null): readonly string[] | null {
  if (text === null) return null;
  const copies = parseJson(text) as readonly (JsonObject & { readonly body?: string })[];
  return copies
    .map(({ body, ...copy }) => ({
      ...copy,
      ...(body === undefined ? {} : { body: columnsOfBody(body) }),
    }))
    .map((copy) => JSON.stringify(sorted(copy)))
    .toSorted(byCodePoint);
}

/** With keys in one order; unlike the canonical form it keeps NULL and a struct of NULLs apart. */
function sorted(value: Json): Json {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isObject(value)) return value;
  const entries = Object.entries(value).map(([key, item]) => [key, sorted(item)] as const);
  return Object.fromEntries(entries.toSorted(([a], [b]) => byCodePoint(a, b)));
}

function sampleRecords(): readonly EventRecord[] {
  return sampleFiles().flatMap(({ path, text }) => {
    if (!path.endsWith('.json.gz')) return [];
    const { Records: events } = parseKeepingNumbers(text) as {
      readonly Records?: readonly JsonObject[];
    };
    return (events ?? []).map((event) => toRecord(event, path));
  });
}

/** The first rule meets all hostile events; the others, to save time, one in ten each. */
const SHARE = 10;

/** A rule's own tests, and what its first matching one may become. */
function ruleRecords(rule: Rule, number: number): readonly EventRecord[] {
  const model = rule.tests.find((own) => own.expected)?.log;
  const hostile = (model === undefined ? [] : hostileEvents(model)).filter(
    (_, index) => number === 0 || index % SHARE === number % SHARE,
  );
  return [...rule.tests.map(({ log }) => log), ...hostile].map((event, index) => {
    const parsed = parseKeepingNumbers(JSON.stringify(event)) as JsonObject;
    const record = toRecord(parsed, `${rule.id} ${index % 2}`);
    // A table has times as they were written; only the reader of logs brings them into one form.
    const { eventTime } = parsed;
    return typeof eventTime === 'string' ? Object.assign(record, { eventtime: eventTime }) : record;
  });
}

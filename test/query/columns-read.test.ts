/** A hunt's own table has only what its statement reads, and bodies of the reader's making; neither changes an answer. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { toBatches } from '../../src/batch/batch.js';
import { COLUMNS, type Column } from '../../src/cloudtrail/field/columns.js';
import { parseJson } from '../../src/cloudtrail/json.js';
import type { EventRecord } from '../../src/cloudtrail/record.js';
import { DuckdbEngine } from '../../src/engine/duckdb/engine.js';
import type { Row } from '../../src/engine/engine.js';
import { bind } from '../../src/rule/bind.js';
import { builtInRules } from '../../src/rule/catalog/find.js';
import type { Condition } from '../../src/rule/condition/condition.js';
import { huntSql } from '../../src/answer/statement/hunt-sql.js';
import { columnsOfQuery } from '../../src/query/columns-read.js';
import { bodySql } from '../../src/sql/statement/columns.js';
import { duckdb } from '../../src/sql/dialect/duckdb.js';
import { buildQuery } from '../../src/query/build.js';
import { condition } from '../support/arbitrary-condition.js';
import { eventText } from '../support/arbitrary-event.js';
import { columnsOfBody } from '../support/body-columns.js';
import { recordsOf } from '../support/evaluate-engines.js';
import { ruleWith } from '../support/rules.js';

const events = fc.array(eventText, { minLength: 1, maxLength: 20, size: 'max' });

/** What a statement gives over a table with these columns. */
async function rowsOf(
  columns: readonly Column[],
  records: readonly EventRecord[],
  sql: string,
): Promise<readonly Row[]> {
  const engine = await DuckdbEngine.open(columns);
  try {
    await engine.load(toBatches(columns, records));
    const rows: Row[] = [];
    for await (const row of engine.rows(sql)) rows.push(row);
    return rows;
  } finally {
    await engine.close();
  }
}

/** Rows, and the lists in them, in one order. */
function sorted(rows: readonly Row[]): readonly string[] {
  const list = (text: string): string => {
    const items = parseJson(text) as readonly unknown[];
    return `[${items
      .map((item) => JSON.stringify(item))
      .toSorted()
      .join(',')}]`;
  };
  return rows
    .map((row) =>
      JSON.stringify(
        Object.entries(row).map(([name, text]) => [
          name,
          text?.startsWith('[') ? list(text) : text,
        ]),
      ),
    )
    .toSorted();
}

const WINDOW = { since: undefined, until: undefined };

/** A rule with an exclusion that is dropped, and yet counts among what CloudTrail may have cut. */
function queryOf(one: Condition, other: Condition, severity: Condition, dropped: Condition) {
  const bound = bind(ruleWith('  - { KeyPath: eventID, Condition: Exists }'), new Map());
  const any = { kind: 'any', of: [one, { kind: 'not', of: other }] } as const;
  const rule = { kind: 'all', of: [any, { kind: 'not', of: dropped }] } as const;
  const severities = [{ to: 'High', when: severity } as const];
  return buildQuery([{ ...bound, condition: rule, severities }], WINDOW, {
    exclusions: false,
    filters: [],
  });
}

test('the columns that a query asks for are all that its statement needs', async () => {
  let matches = 0;
  await fc.assert(
    fc.asyncProperty(
      events,
      fc.tuple(condition, condition, condition, condition),
      async (texts, conditions) => {
        const query = queryOf(...conditions);
        const records = await recordsOf(texts);
        const sql = huntSql(query, duckdb, { source: { kind: 'loaded', from: 'events' } });
        const rows = sorted(await rowsOf(columnsOfQuery(query), records, sql));
        expect(rows).toEqual(sorted(await rowsOf(COLUMNS, records, sql)));
        matches += rows.filter((row) => row.includes('["matches","[')).length;
      },
    ),
    { numRuns: 20, interruptAfterTimeLimit: 50_000 },
  );
  expect(matches).toBeGreaterThan(0);
});

test('each built-in rule about some service asks for less than half of the columns', () => {
  for (const [, rule] of builtInRules()) {
    // Who made a call, and how, takes half of the columns to tell.
    if (rule.id.startsWith('AWS.Any.')) continue;
    const query = buildQuery([bind(rule, new Map())], WINDOW, { exclusions: true, filters: [] });
    expect(columnsOfQuery(query).length).toBeLessThan(COLUMNS.length / 2);
  }
});

test('a body says of each column what the table says, and its fingerprint tells it from others', async () => {
  const sql = `SELECT body, fingerprint, ${bodySql(duckdb)} AS made FROM events`;
  await fc.assert(
    fc.asyncProperty(events, async (texts) => {
      const rows = await rowsOf(COLUMNS, await recordsOf(texts), sql);
      for (const { body, made } of rows) expect(entriesOf(body)).toEqual(entriesOf(made));
      const count = (name: string): number => new Set(rows.map((row) => row[name])).size;
      expect(count('fingerprint')).toBe(count('made'));
    }),
    { numRuns: 12, interruptAfterTimeLimit: 50_000 },
  );
});

/** The columns in their order, each with its value. */
function entriesOf(body: string | null | undefined): readonly (readonly [string, unknown])[] {
  return Object.entries(columnsOfBody(body ?? ''));
}

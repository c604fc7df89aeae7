/** Parts of a time mean the same on both engines: UTC, and weeks of ISO 8601. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readInstant } from '../../src/cloudtrail/time/time.js';
import type { Condition, TimePart } from '../../src/rule/condition/condition.js';
import type { Operator } from '../../src/rule/condition/operators.js';
import { answers, openDuckdb, recordsOf, type TestedEngine } from '../support/evaluate-engines.js';
import { testedTrino } from '../support/evaluate-trino.js';
import { openedGroup } from '../support/hunt-events.js';
import { describeWithTrino } from '../support/trino.js';

const TIMES = [
  '2026-01-14T09:30:00Z',
  '2026-01-14T00:00:00Z',
  '2026-01-14T23:59:59.999999Z',
  '2026-01-14T23:30:00-05:00',
  '2026-01-01T02:00:00+05:30',
  '2021-01-03T12:00:00Z',
  '2021-01-04T12:00:00Z',
  '2020-12-31T12:00:00Z',
  '2024-02-29T22:05:09Z',
  '2025-12-29T05:59:00Z',
  '1969-12-31T23:59:59Z',
  '1000-01-01T00:00:00Z',
  '2999-12-31T23:59:59Z',
  'when?',
  '2026-02-30T00:00:00Z',
  undefined,
];

/** The parts of each time, said without SQL. */
function partOf(time: string | undefined, part: TimePart): number | undefined {
  const instant = time === undefined ? undefined : readInstant(time);
  if (instant === undefined) return undefined;
  const date = new Date(instant);
  switch (part) {
    case 'minute':
      return date.getUTCMinutes();
    case 'hour':
      return date.getUTCHours();
    case 'day':
      return date.getUTCDate();
    case 'month':
      return date.getUTCMonth() + 1;
    case 'year':
      return date.getUTCFullYear();
    case 'week': {
      // The week of a day is that of its Thursday.
      const thursday = Date.UTC(
        date.getUTCFullYear(),
        date.getUTCMonth(),
        date.getUTCDate() + 4 - (date.getUTCDay() || 7),
      );
      const first = Date.UTC(new Date(thursday).getUTCFullYear(), 0, 1);
      return 1 + Math.floor((thursday - first) / (7 * 86_400_000));
    }
    default:
      return part satisfies never;
  }
}

const HOLDS: Partial<Record<Operator, (own: number, value: number) => boolean>> = {
  equals: (own, value) => own === value,
  lessThan: (own, value) => own < value,
  lessThanOrEquals: (own, value) => own <= value,
  greaterThan: (own, value) => own > value,
  greaterThanOrEquals: (own, value) => own >= value,
};

const VALUES: Readonly<Record<TimePart, readonly number[]>> = {
  minute: [0, 5, 30, 59],
  hour: [0, 4, 5, 22, 23],
  day: [1, 14, 29, 31],
  week: [1, 3, 9, 52, 53],
  month: [1, 2, 12],
  year: [1000, 2020, 2026, 2999],
};

const CASES = (Object.keys(VALUES) as TimePart[]).flatMap((part) =>
  VALUES[part].flatMap((value) =>
    (Object.keys(HOLDS) as Operator[]).map((op) => ({ part, value, op })),
  ),
);

function checks(open: () => Promise<TestedEngine> | TestedEngine): void {
  let engine: TestedEngine;
  beforeAll(async () => {
    engine = await open();
    const events = TIMES.map((eventTime) => JSON.stringify(openedGroup({ eventTime })));
    await engine.fill(await recordsOf(events));
  });
  afterAll(() => engine.close());

  test('every part, operator and time', async () => {
    const conditions = CASES.map(({ part, value, op }): Condition => ({
      kind: 'test',
      field: ['eventTime'],
      op,
      ignoreCase: false,
      spread: true,
      part,
      values: [String(value)],
      at: { file: 'rule.yml', line: 1, column: 1 },
    }));
    const found = await answers(engine, conditions, TIMES.length);
    const expected = CASES.map(({ part, value, op }) =>
      TIMES.map((time) => {
        const own = partOf(time, part);
        return String(own !== undefined && HOLDS[op]?.(own, value) === true);
      }),
    );
    expect(found).toEqual(expected);
  });
}

describe('DuckDB', () => checks(openDuckdb));

await describeWithTrino('Trino', (trino) => checks(() => testedTrino(trino)));

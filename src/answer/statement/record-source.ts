/** Where a hunt statement finds its records, and what each kind of source adds to the steps of the statement. */
import { COLUMNS } from '../../cloudtrail/field/columns.js';
import { FURTHER_COLUMN } from '../../cloudtrail/field/further-fields.js';
import type { Window } from '../../cloudtrail/time/window.js';
import type { Dialect } from '../../sql/dialect/dialect.js';
import { bodySql } from '../../sql/statement/columns.js';
import { windowSql } from '../../sql/statement/window.js';
import { COUNT_KEYS, COUNTED, NOT_EVENT, recordCountSql } from './record-count.js';
import type { Step } from './select.js';

export type RecordSource =
  /**
   * DuckDB's table of local logs, as it is written in FROM. The reader of the logs counts the records, leaves out those
   * that no rule names, and gives `body` and `fingerprint`.
   */
  | { readonly kind: 'loaded'; readonly from: string }
  /**
   * A table in Athena or Trino, as the statement that gives AWS's columns, `source` and `extra`. It has every record, and the
   * hunt statement also counts them, so that the table is read once.
   */
  | { readonly kind: 'table'; readonly relation: string };

/** The SQL that a source adds to each step of the statement. */
export interface SourceSql {
  /** The steps that give `record`: a row for each record that a rule names, and whatever else the source needs. */
  readonly steps: readonly Step[];
  readonly candidate: readonly string[];
  readonly tested: readonly string[];
  readonly event: readonly string[];
  /** Columns to group by, in addition to the identity of events. */
  readonly eventKeys: readonly string[];
  /** Columns by which the answer is grouped in addition. */
  readonly answer: readonly string[];
}

/** What the statement needs of its source. */
interface SourceNeeds {
  /** SQL: whether a record has an event name of any rule. */
  readonly named: string;
  readonly window: Window;
  readonly dialect: Dialect;
  /** Whether a rule tests a further field (`further-fields.ts`). */
  readonly further: boolean;
}

/** The SQL of a source. */
export function sourceSql(
  source: RecordSource,
  { named, window, dialect, further }: SourceNeeds,
): SourceSql {
  switch (source.kind) {
    case 'loaded':
      return {
        steps: [
          {
            name: 'record',
            select: { columns: ['*', 'TRUE AS is_event'], from: source.from, where: named },
          },
        ],
        candidate: ['body', 'fingerprint'],
        tested: [],
        event: [],
        eventKeys: [],
        answer: [],
      };
    case 'table':
      return {
        steps: [
          { name: 'events', select: source.relation },
          { name: 'record', select: countedRecords(named, further) },
        ],
        candidate: [
          `CASE WHEN is_event THEN ${bodySql(dialect)} END AS body`,
          ...COUNT_KEYS,
          'counted_no_name',
          'counted_no_source',
          `${dialect.instant('counted_time')} AS counted_instant`,
        ],
        tested: [
          // Bodies are compared by fingerprint. Otherwise the engine would keep the body of every event in memory.
          `${dialect.fingerprint('body')} AS fingerprint`,
          `${windowSql(window, 'counted_instant', dialect)} AS counted_in_window`,
        ],
        event: [`${recordCountSql(dialect)} AS record_count`],
        eventKeys: ['is_event', ...COUNT_KEYS],
        answer: ['record_count'],
      };
    default:
      return source satisfies never;
  }
}

/** Gives every record once for the count, with the counted columns only, and once more as an event if a rule names it. */
function countedRecords(named: string, further: boolean) {
  const purposes = `CASE WHEN (${named}) AND ${NOT_EVENT} IS NULL THEN ARRAY[TRUE, FALSE] ELSE ARRAY[FALSE] END`;
  return {
    columns: [
      ...[...COLUMNS, ...(further ? [FURTHER_COLUMN] : [])].map(
        ({ column }) => `CASE WHEN is_event THEN ${column} END AS ${column}`,
      ),
      'source',
      'extra',
      'is_event',
      'CASE WHEN NOT is_event THEN recipientaccountid END AS counted_account',
      'CASE WHEN NOT is_event THEN awsregion END AS counted_region',
      `CASE WHEN NOT is_event THEN ${NOT_EVENT} END AS counted_not_event`,
      ...Object.entries(COUNTED).map(
        ([name, sql]) => `CASE WHEN NOT is_event THEN ${sql} END AS ${name}`,
      ),
    ],
    from: `events CROSS JOIN UNNEST(${purposes}) AS purpose (is_event)`,
  };
}

/** Where a hunt statement finds its records, and what each kind of source adds to the steps of the statement. */
import { COLUMNS } from '../../cloudtrail/field/columns.js';
import { FURTHER_COLUMN } from '../../cloudtrail/field/further-fields.js';
import type { Window } from '../../cloudtrail/time/window.js';
import type { Dialect } from '../../sql/dialect/dialect.js';
import { oneOfSql } from '../../sql/literal.js';
import { bodySql } from '../../sql/statement/columns.js';
import { windowSql } from '../../sql/statement/window.js';
import { KIND } from './kind.js';
import { COUNT_KEYS, COUNTED, NOT_EVENT, recordCountSql } from './record-count.js';
import { unionSql, type Step } from './select.js';
import type { Selecting } from './selecting.js';

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
  | {
      readonly kind: 'table';
      readonly relation: string;
      /**
       * Whether events and counts are two scans, of which each reads only its own columns, and the one for events only files and row
       * groups with these names. In files of whole rows that would read everything twice.
       */
      readonly twice?: { readonly eventNames: readonly string[] | undefined } | undefined;
    }
  /** Some records of such a table, whose events another statement counts. */
  | { readonly kind: 'selected'; readonly relation: string };

/** The SQL that a source adds to each step of the statement. */
export interface SourceSql {
  /** The steps that give `record`: a row for each record that a rule selects, and whatever else the source needs. */
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
  /** The steps that tell which records of a step are selected. */
  readonly selecting: (from: string) => Selecting;
  readonly window: Window;
  readonly dialect: Dialect;
  /** Whether a rule tests a further field (`further-fields.ts`). */
  readonly further: boolean;
}

/** The SQL of a source. */
export function sourceSql(
  source: RecordSource,
  { selecting, window, dialect, further }: SourceNeeds,
): SourceSql {
  const own = selecting(source.kind === 'loaded' ? source.from : 'events');
  switch (source.kind) {
    case 'loaded':
      return {
        steps: [
          ...own.steps,
          {
            name: 'record',
            select: { columns: ['*', 'TRUE AS is_event'], from: own.from, where: own.selected },
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
          ...own.steps,
          {
            name: 'record',
            select: source.twice
              ? scannedTwice(own, further, source.twice.eventNames)
              : countedRecords(own, further),
          },
        ],
        candidate: [
          `CASE WHEN is_event THEN ${bodySql(dialect)} END AS body`,
          ...COUNT_KEYS,
          'counted_no_name',
          'counted_no_source',
          'counted_odd',
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
    case 'selected':
      return {
        steps: [
          { name: 'events', select: source.relation },
          ...own.steps,
          {
            name: 'record',
            select: {
              columns: ['*', 'TRUE AS is_event'],
              from: own.from,
              where: isSelected(own),
            },
          },
        ],
        candidate: [`${bodySql(dialect)} AS body`],
        tested: [],
        event: [],
        eventKeys: [],
        answer: [],
      };
    default:
      return source satisfies never;
  }
}

/** SQL: whether a record of a table is an event that is selected or counted. */
function isSelected({ selected }: Selecting): string {
  return `(${selected}) AND ${NOT_EVENT} IS NULL`;
}

/** What a row of `record` is for: an event that a rule selects, the count of such a record, or the count of another one. */
const PURPOSE = { event: 2, selected: 1, other: 0 };

/** What is counted of a record. `selected` is SQL: whether it is an event that is selected. */
function countedColumns(selected: string) {
  return Object.entries({
    counted_account: 'recipientaccountid',
    counted_region: 'awsregion',
    counted_not_event: NOT_EVENT,
    counted_kind: `CASE WHEN ${NOT_EVENT} IS NULL THEN ${KIND} END`,
    ...COUNTED,
    counted_odd: `is_odd AND ${selected}`,
  });
}

/** The same rows as those of `countedRecords`, from two scans. */
function scannedTwice(
  selecting: Selecting,
  further: boolean,
  eventNames: readonly string[] | undefined,
): string {
  const columns = [...COLUMNS, ...(further ? [FURTHER_COLUMN] : [])].map(({ column }) => column);
  const selected = isSelected(selecting);
  const counted = countedColumns(selected);
  // Engines skip row groups by a plain comparison only.
  const hasName = eventNames && `${oneOfSql('eventname', eventNames)} AND `;
  return unionSql(
    {
      columns: [
        ...columns,
        'source',
        'extra',
        'TRUE AS is_event',
        ...selecting.flags,
        ...counted.map(([name]) => `NULL AS ${name}`),
      ],
      from: selecting.from,
      where: `${hasName ?? ''}${selected}`,
    },
    {
      columns: [
        ...columns.map((column) => `NULL AS ${column}`),
        'source',
        'NULL AS extra',
        'FALSE AS is_event',
        ...selecting.flags.map((flag) => `FALSE AS ${flag}`),
        ...counted.map(([name, sql]) => `${sql} AS ${name}`),
      ],
      from: selecting.from,
    },
  );
}

/** Gives every record once for the count, with the counted columns only, and once more as an event if a rule selects it. */
function countedRecords(selecting: Selecting, further: boolean) {
  const { event, selected: counted, other } = PURPOSE;
  const purposes = `CASE WHEN ${isSelected(selecting)} THEN ARRAY[${event}, ${counted}] ELSE ARRAY[${other}] END`;
  return {
    columns: [
      ...[...COLUMNS, ...(further ? [FURTHER_COLUMN] : [])].map(
        ({ column }) => `CASE WHEN purpose = ${event} THEN ${column} END AS ${column}`,
      ),
      'source',
      `CASE WHEN purpose = ${event} THEN extra END AS extra`,
      `purpose = ${event} AS is_event`,
      ...selecting.flags.map((flag) => `purpose = ${event} AND ${flag} AS ${flag}`),
      ...countedColumns(`purpose = ${counted}`).map(
        ([name, sql]) => `CASE WHEN purpose <> ${event} THEN ${sql} END AS ${name}`,
      ),
    ],
    from: `${selecting.from} CROSS JOIN UNNEST(${purposes}) AS purpose (purpose)`,
  };
}

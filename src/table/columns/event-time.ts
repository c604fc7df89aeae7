/**
 * The window as a predicate on the table's own column for `eventTime`, where that is a timestamp. The column stands alone, without a
 * function, so that the engine can skip what it need not read: Iceberg's hidden partitions, and files and row groups by their
 * earliest and latest times.
 */
import type { Window } from '../../cloudtrail/time/window.js';
import { literal } from '../../sql/literal.js';
import type { TypedSql } from './value.js';

/** A column for `eventTime` that is a timestamp. */
export interface TimeColumn {
  readonly sql: string;
  readonly zoned: boolean;
  /** How many digits its fractions of a second have. */
  readonly digits: number;
}

/** The column for `eventTime`; undefined where it is not a timestamp. */
export function timeColumn(source: TypedSql | undefined): TimeColumn | undefined {
  if (source?.type.kind !== 'instant') return undefined;
  const { zoned, digits } = source.type;
  return { sql: source.sql, zoned, digits };
}

/** The years whose times hunt reads (`TIME_PATTERN`): a time outside of them is no readable time. */
const READABLE = {
  since: Date.parse('1000-01-01T00:00:00Z'),
  until: Date.parse('3000-01-01T00:00:00Z'),
};

/**
 * TRUE for the events of the window, and with `undated` also for records without a readable time, which a report counts.
 * Exact: a time that is truncated to milliseconds is before an instant if and only if it was before. AND may follow it.
 * Undefined where it would leave out nothing.
 */
export function timeSql(
  column: TimeColumn,
  window: Window,
  { undated }: { readonly undated: boolean },
): string | undefined {
  const [since, until] = [
    (window.since ?? -Infinity) > READABLE.since ? window.since : undefined,
    (window.until ?? Infinity) < READABLE.until ? window.until : undefined,
  ];
  if (since === undefined && until === undefined) return undefined;
  const { sql } = column;
  const within = [
    ...(since === undefined ? [] : [`${sql} >= ${boundSql(column, since)}`]),
    ...(until === undefined ? [] : [`${sql} < ${boundSql(column, until)}`]),
  ].join(' AND ');
  if (!undated) return within;
  const unreadable = [
    `${sql} IS NULL`,
    ...(since === undefined ? [] : [`${sql} < ${boundSql(column, READABLE.since)}`]),
    ...(until === undefined ? [] : [`${sql} >= ${boundSql(column, READABLE.until)}`]),
  ];
  return `((${within}) OR ${unreadable.join(' OR ')})`;
}

/**
 * The earliest time of the column that is not before the instant, as a literal. If the literal had more digits than the column, the
 * engine would convert the column, and could then skip nothing.
 */
function boundSql({ zoned, digits }: TimeColumn, instant: number): string {
  const unit = 10 ** Math.max(0, 3 - digits);
  const text = new Date(Math.ceil(instant / unit) * unit).toISOString();
  const [, seconds = '', fraction = ''] = /^(.*)[.](\d+)Z$/.exec(text.replace('T', ' ')) ?? [];
  const kept = fraction.slice(0, digits).replace(/0+$/, '');
  return `TIMESTAMP ${literal(`${seconds}${kept === '' ? '' : `.${kept}`}${zoned ? ' UTC' : ''}`)}`;
}

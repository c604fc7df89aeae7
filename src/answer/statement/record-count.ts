/**
 * Counts all records of a table, by account and region, in the same statement that finds the rules' events. This file has
 * the SQL, and the reader of its result.
 */
import { readInstant } from '../../cloudtrail/time/time.js';
import { HOUR } from '../../cloudtrail/time/window.js';
import type { Dialect } from '../../sql/dialect/dialect.js';
import type { RecordCount } from '../row.js';
import { readKind } from './kind.js';

/** The columns by which records are counted. */
export const COUNT_KEYS = [
  'counted_account',
  'counted_region',
  'counted_not_event',
  'counted_kind',
] as const;

/** The reason for rows of which nothing can be read. Unlike the others, it means that evidence was lost. */
export const UNREADABLE = 'unreadable';

/**
 * SQL: whether nothing can be read of a row. Every event has a name and a time. A table that reads a file in a format which the
 * file does not have gives rows of NULLs.
 */
const IS_UNREADABLE = "COALESCE(eventname, '') = '' AND COALESCE(eventtime, '') = ''";

/** SQL for the reason why a record is not an event, in the words of local logs where they know it; NULL for an event. */
export const NOT_EVENT =
  `CASE WHEN eventsource LIKE 'aws:%' THEN 'notification'` +
  ` WHEN eventtype = 'AwsCloudTrailInsight' OR eventcategory = 'Insight' THEN 'Insights'` +
  ` WHEN eventtype = 'AwsAggregatedEvent' OR eventcategory = 'Aggregated' THEN 'aggregated'` +
  ` WHEN ${IS_UNREADABLE} THEN '${UNREADABLE}' END`;

/** The columns of what is counted of an event, in addition to `COUNT_KEYS`. They are NULL for all other rows. */
export const COUNTED = {
  counted_time: 'eventtime',
  counted_no_name: "COALESCE(eventname, '') = ''",
  counted_no_source: "COALESCE(eventsource, '') = ''",
} as const;

/** SQL for a count as JSON text, with texts as values; NULL in rows of events. */
export function recordCountSql(dialect: Dialect): string {
  const time = (instant: string): string => dialect.instantText(instant);
  const inWindow = 'CASE WHEN counted_in_window THEN counted_instant END';
  const hours = (where: string): string =>
    dialect.distinctHours('counted_instant', `${where} AND counted_instant IS NOT NULL`);
  const members = {
    account: 'counted_account',
    region: 'counted_region',
    notEvent: 'counted_not_event',
    kind: 'counted_kind',
    records: 'CAST(count(*) AS VARCHAR)',
    first: time('min(counted_instant)'),
    last: time('max(counted_instant)'),
    windowRecords: 'CAST(count_if(counted_in_window) AS VARCHAR)',
    windowFirst: time(`min(${inWindow})`),
    windowLast: time(`max(${inWindow})`),
    hours: hours('counted_in_window'),
    otherHours: hours('NOT counted_in_window'),
    example: `max(CASE WHEN counted_not_event = '${UNREADABLE}' OR counted_odd THEN source END)`,
    noName: 'CAST(count_if(counted_no_name) AS VARCHAR)',
    noSource: 'CAST(count_if(counted_no_source) AS VARCHAR)',
    odd: 'CAST(count_if(counted_odd) AS VARCHAR)',
  } satisfies Record<keyof WrittenCount, string>;
  return `CASE WHEN NOT is_event THEN ${dialect.jsonObject(Object.entries(members))} END`;
}

/** A count as `recordCountSql` writes it: instants are texts, and hours since 1970 are a JSON list. */
interface WrittenCount {
  readonly account: string | null;
  readonly region: string | null;
  readonly notEvent: string | null;
  readonly kind: string | null;
  readonly records: string;
  readonly first: string | null;
  readonly last: string | null;
  readonly windowRecords: string;
  readonly windowFirst: string | null;
  readonly windowLast: string | null;
  readonly hours: string | null;
  readonly otherHours: string | null;
  readonly example: string | null;
  readonly noName: string;
  readonly noSource: string;
  readonly odd: string;
}

/** Reads what `recordCountSql` writes. */
export function readRecordCount(text: string): RecordCount {
  const written = JSON.parse(text) as WrittenCount;
  const hoursIn = (hours: string | null): readonly number[] =>
    (JSON.parse(hours ?? '[]') as readonly number[]).map((hour) => hour * HOUR);
  return {
    kind: 'records',
    account: written.account,
    region: written.region,
    notEvent: written.notEvent,
    eventKind: readKind(written.kind),
    records: Number(written.records),
    first: readInstant(written.first),
    last: readInstant(written.last),
    inWindow: {
      records: Number(written.windowRecords),
      first: readInstant(written.windowFirst),
      last: readInstant(written.windowLast),
      hours: hoursIn(written.hours),
    },
    otherHours: hoursIn(written.otherHours),
    example: written.example,
    withoutName: Number(written.noName),
    withoutSource: Number(written.noSource),
    odd: Number(written.odd),
  };
}

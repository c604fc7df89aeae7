/** The days that a projected date or year can have: by the range of its projection, or by its list of values. */
import { ALL_DAYS } from '../../../cloudtrail/time/day-span.js';
import { midnight } from '../../../cloudtrail/time/window.js';
import type { DayRange, PartitionKey } from '../layout.js';
import type { Projection } from '../projection.js';
import { nextDate, readDate, type DateFormat } from './date-format.js';
import { readRange } from './date-range.js';

/** A list with more characters is named and not shown. */
const LONGEST_SHOWN = 80;

interface KnownRange {
  readonly range: DayRange;
  readonly notes: readonly string[];
}

export interface RangeRequest {
  /** The date, or the year where the day is in three keys. */
  readonly key: PartitionKey;
  /** The format of the key's values. */
  readonly format: DateFormat;
  readonly projection: Projection;
  /** Milliseconds since 1970, for ranges that end with NOW. */
  readonly now: number;
}

/** The range in UTC days. Without projection all days; where the range cannot be read, all days and a note. */
export function knownRange({ key, format, projection, now }: RangeRequest): KnownRange {
  const { column, values } = key;
  const text = projection(column, 'range');
  if (text !== undefined) {
    const property = `projection.${column}.range = ${text}`;
    const range = readRange(text, format, now);
    if (range) return { range: { ...range, property }, notes: [] };
    return {
      range: { ...ALL_DAYS, property },
      notes: [
        `${property} cannot be read, so days outside it, for which the table gives no rows, are not reported`,
      ],
    };
  }
  const dates = (values.kind === 'listed' ? values.values : []).flatMap(
    (value) => readDate(format, value) ?? [],
  );
  if (dates.length === 0) return { range: { ...ALL_DAYS, property: undefined }, notes: [] };
  const end = nextDate(format, Math.max(...dates));
  const name = `projection.${column}.values`;
  const list = projection(column, 'values') ?? '';
  return {
    range: {
      first: midnight(Math.min(...dates)),
      last: midnight(end - 1),
      property: list.length > LONGEST_SHOWN ? name : `${name} = ${list}`,
      ...(end > now && { reachesNow: true }),
    },
    notes: [],
  };
}

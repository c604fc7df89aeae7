/** The days that a projected date or year can have, by the range or the list that its projection gives. */
import { midnight } from '../../../cloudtrail/window.js';
import { nextDate, readDate, type DateFormat } from './date-format.js';
import { readRange } from './date-range.js';
import type { DayRange, PartitionKey } from '../layout.js';
import type { Projection } from '../projection.js';

/** Longer lists are named, and not shown. */
const LONGEST_SHOWN = 80;

interface KnownRange {
  readonly range: DayRange;
  readonly notes: readonly string[];
}

/** Without projection, all days; with a range that cannot be read, all days and a note. */
export function knownRange(
  { column, values }: PartitionKey,
  format: DateFormat,
  projection: Projection,
  now: number,
): KnownRange {
  const text = projection(column, 'range');
  const open = { first: -Infinity, last: Infinity };
  if (text !== undefined) {
    const property = `projection.${column}.range = ${text}`;
    const range = readRange(text, format, now);
    if (range) return { range: { ...range, property }, notes: [] };
    return {
      range: { ...open, property },
      notes: [
        `${property} cannot be read, so the days outside it, which give no rows, are not named`,
      ],
    };
  }
  const dates = (values.kind === 'listed' ? values.values : []).flatMap(
    (value) => readDate(format, value) ?? [],
  );
  if (dates.length === 0) return { range: { ...open, property: undefined }, notes: [] };
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

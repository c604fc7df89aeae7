/** Days within the range of a projection for which a key does not list a value. */
import { daysOf, mergeDays, type DaySpan } from '../../../cloudtrail/time/day-span.js';
import { midnight } from '../../../cloudtrail/time/window.js';
import type { DayKeys, PartitionKey } from '../layout.js';
import { formatOf, readDate } from './date-format.js';
import { pushTo } from '../../../memory/grouped.js';

export interface UnlistedDays {
  /** The key that has no value for these days. */
  readonly column: string;
  readonly span: DaySpan;
}

/** The unlisted days of a bounded span, by key. A day that several keys lack is listed once, under the coarsest key. */
export function unlistedDays(days: DayKeys, span: DaySpan): readonly UnlistedDays[] {
  const lists = listsOf(days);
  if (lists.length === 0) return [];
  const missing = new Map<string, number[]>();
  for (const day of daysOf(span)) {
    const without = lists.find(({ has }) => !has(day));
    if (without !== undefined) pushTo(missing, without.column, day);
  }
  return [...missing].flatMap(([column, found]) =>
    mergeDays(found).map((part) => ({ column, span: part })),
  );
}

interface ListedKey {
  readonly column: string;
  readonly has: (day: number) => boolean;
}

function listsOf(days: DayKeys): readonly ListedKey[] {
  switch (days.kind) {
    case 'parts':
      return [
        ...listOf(days.year, Number, (day) => new Date(day).getUTCFullYear()),
        ...listOf(days.month, Number, (day) => new Date(day).getUTCMonth() + 1),
        ...listOf(days.day, Number, (day) => new Date(day).getUTCDate()),
      ];
    case 'text': {
      const format = formatOf(days.format);
      const dayOf = (value: string): number => midnight(readDate(format, value) ?? NaN);
      return listOf(days.key, dayOf, (day) => day);
    }
    default:
      return days satisfies never;
  }
}

/** The key's list, where it has one. `read` turns a listed value into the number that `part` gives for a day. */
function listOf(
  { column, values }: PartitionKey,
  read: (value: string) => number,
  part: (day: number) => number,
): readonly ListedKey[] {
  if (values.kind !== 'listed') return [];
  const known = new Set(values.values.map(read));
  return [{ column, has: (day) => known.has(part(day)) }];
}

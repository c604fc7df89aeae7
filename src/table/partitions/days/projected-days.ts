/** The days for which a key's listed values leave a gap within the range of a projection. */
import { midnight } from '../../../cloudtrail/window.js';
import { formatOf, readDate } from './date-format.js';
import { daysOf, mergeDays, type DaySpan } from './day-span.js';
import type { DayKeys, PartitionKey } from '../layout.js';

export interface UnlistedDays {
  /** The key that has no value for these days. */
  readonly column: string;
  readonly span: DaySpan;
}

/** The gaps in a bounded span of days. */
export function unlistedDays(days: DayKeys, span: DaySpan): readonly UnlistedDays[] {
  const lists = listsOf(days);
  if (lists.length === 0) return [];
  const missing = new Map<string, number[]>();
  for (const day of daysOf(span)) {
    const without = lists.find(({ has }) => !has(day));
    if (without === undefined) continue;
    const gap = missing.get(without.column);
    if (gap) gap.push(day);
    else missing.set(without.column, [day]);
  }
  return [...missing].flatMap(([column, gap]) =>
    mergeDays(gap).map((part) => ({ column, span: part })),
  );
}

interface List {
  readonly column: string;
  readonly has: (day: number) => boolean;
}

function listsOf(days: DayKeys): readonly List[] {
  switch (days.kind) {
    case 'parts':
      return [
        ...listOf(days.year, Number, (day) => new Date(day).getUTCFullYear()),
        ...listOf(days.month, Number, (day) => new Date(day).getUTCMonth() + 1),
        ...listOf(days.day, Number, (day) => new Date(day).getUTCDate()),
      ];
    case 'text': {
      const format = formatOf(days.format);
      const dayOf = (value: string) => midnight(readDate(format, value) ?? NaN);
      return listOf(days.key, dayOf, (day) => day);
    }
    default:
      return days satisfies never;
  }
}

function listOf(
  { column, values }: PartitionKey,
  read: (value: string) => number,
  part: (day: number) => number,
): readonly List[] {
  if (values.kind !== 'listed') return [];
  const known = new Set(values.values.map(read));
  return [{ column, has: (day) => known.has(part(day)) }];
}

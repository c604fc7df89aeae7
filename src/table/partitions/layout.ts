/** What the partition keys of a table mean: which keys give the day, the account and the region. */
import type { DaySpan } from '../../cloudtrail/time/day-span.js';

/** The values that a key may have. For an injected key, each query must name the values it reads; hunt.yml may name them. */
export type KeyValues =
  | { readonly kind: 'any' }
  | { readonly kind: 'listed'; readonly values: readonly string[] }
  | { readonly kind: 'named'; readonly values: readonly string[] }
  | { readonly kind: 'injected' };

export interface PartitionKey {
  readonly column: string;
  readonly type: 'text' | 'number' | 'date';
  readonly values: KeyValues;
}

/** The keys that give the day: a year, a month and a day, or one date. */
export type DayKeys =
  | {
      readonly kind: 'parts';
      readonly year: PartitionKey;
      readonly month: PartitionKey;
      readonly day: PartitionKey;
      /** How a text key writes a month or a day below ten: `02`, `2`, or unknown. */
      readonly digits: 'two' | 'plain' | 'either';
      readonly range: DayRange;
    }
  | {
      readonly kind: 'text';
      readonly key: PartitionKey;
      /** The format of the date, in the part of Java's patterns that date-format.ts reads. */
      readonly format: string;
      readonly range: DayRange;
    };

/** The keys that give the day, the coarsest first. */
export function dayKeys(days: DayKeys): readonly PartitionKey[] {
  return days.kind === 'text' ? [days.key] : [days.year, days.month, days.day];
}

/** The days that a projection covers in full; open where it sets no bound. */
export interface DayRange extends DaySpan {
  /** The table property that sets the range: `projection.timestamp.range = 2020/01/01,NOW`. */
  readonly property: string | undefined;
  /** True if the range ended today or later when it was read. Then later days are still to come and are not a gap. */
  readonly reachesNow?: boolean;
}

export interface Layout {
  readonly days: DayKeys | undefined;
  readonly account: PartitionKey | undefined;
  readonly region: PartitionKey | undefined;
  /** The keys without a role. Queries constrain only those whose values hunt.yml names. */
  readonly others: readonly PartitionKey[];
  /** True where partitions are computed from table properties. False: they must be registered, if there are keys. */
  readonly projected: boolean;
  /** What was not understood, each with the mapping in hunt.yml that would help. */
  readonly notes: readonly string[];
}

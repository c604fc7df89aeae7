/** What a table's partition keys mean: which name the day, which the account and the region. */

/** What a key's values may be; an injected key has only those that a query names. */
export type KeyValues =
  | { readonly kind: 'any' }
  | { readonly kind: 'listed'; readonly values: readonly string[] }
  | { readonly kind: 'injected' };

export interface PartitionKey {
  readonly column: string;
  readonly type: 'text' | 'number' | 'date';
  readonly values: KeyValues;
}

export type DayKeys =
  | {
      readonly kind: 'parts';
      readonly year: PartitionKey;
      readonly month: PartitionKey;
      readonly day: PartitionKey;
      /** How text writes a month and a day below ten: `02`, `2`, or nobody knows. */
      readonly digits: 'two' | 'plain' | 'either';
      readonly range: DayRange;
    }
  | {
      readonly kind: 'text';
      readonly key: PartitionKey;
      /** As Java's DateTimeFormatter writes it, in the part that date-format.ts reads. */
      readonly format: string;
      readonly range: DayRange;
    };

/** The keys that name the day, from coarse to fine. */
export function dayKeys(days: DayKeys): readonly PartitionKey[] {
  return days.kind === 'text' ? [days.key] : [days.year, days.month, days.day];
}

/** The days that a projection sees whole: midnights UTC, both included; ±Infinity where it sets no bound. */
export interface DayRange {
  readonly first: number;
  readonly last: number;
  /** The property as it stands: `projection.timestamp.range = 2020/01/01,NOW`. */
  readonly property: string | undefined;
  /** The range ended today or later when it was read: the days after it are yet to come, and not lost. */
  readonly reachesNow?: boolean;
}

export interface Layout {
  readonly days: DayKeys | undefined;
  readonly account: PartitionKey | undefined;
  readonly region: PartitionKey | undefined;
  /** Understood by nobody, constrained by nothing. */
  readonly others: readonly PartitionKey[];
  /** False with partition keys: partitions must be registered. */
  readonly projected: boolean;
  /** What could not be understood, each with the mapping in hunt.yml that would help. */
  readonly notes: readonly string[];
}

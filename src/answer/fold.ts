/** Makes one row of rows that differ in nothing but what they count, as they come: with their findings gone, most rows are alike. */
import type { EventsRow } from './row.js';
import { MOST_KEYS } from './statement/event-key.js';

interface Sum {
  readonly row: EventsRow;
  readonly keys: string[];
  events: number;
  records: number;
}

/** For rows without matches: findings leave a row before it comes here. */
export class Fold {
  readonly #sums: Sum[] = [];
  readonly #latest = new Map<string, Sum>();

  add(row: EventsRow): void {
    const shape = shapeOf(row);
    const keys = row.keys ?? [];
    let sum = this.#latest.get(shape);
    // A row with the most keys that a statement names stands for a row that could not name all of its events: a sum must not.
    if (sum === undefined || sum.keys.length + keys.length >= MOST_KEYS) {
      sum = { row, keys: [], events: 0, records: 0 };
      this.#latest.set(shape, sum);
      this.#sums.push(sum);
    }
    for (const key of keys) sum.keys.push(key);
    sum.events += row.events;
    sum.records += row.records;
  }

  rows(): readonly EventsRow[] {
    return this.#sums.map(({ row, keys, events, records }) => ({
      ...row,
      keys: row.keys && keys,
      events,
      records,
    }));
  }
}

/** Equal for rows that differ in their counts and keys alone. */
function shapeOf({ reached, cut, undated, conflicting, nearMisses }: EventsRow): string {
  const misses = nearMisses.map(({ failed, ...who }) => [[...failed], who]);
  return JSON.stringify([[...reached], [...cut], undated, conflicting, misses]);
}

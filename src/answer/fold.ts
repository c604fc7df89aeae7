/**
 * Adds up rows that differ only in their counts, while they arrive. Without their findings most rows are equal, so this
 * saves memory.
 */
import { callKey } from './calls.js';
import type { EventsRow } from './row.js';
import { least, most } from './span.js';
import { MOST_KEYS } from './statement/event-key.js';

interface Sum {
  readonly row: EventsRow;
  readonly keys: string[];
  events: number;
  records: number;
  first: string | null;
  last: string | null;
}

/** Takes rows without matches: the collector has already removed the matches. */
export class Fold {
  readonly #sums: Sum[] = [];
  readonly #latest = new Map<string, Sum>();

  add(row: EventsRow): void {
    const shape = shapeOf(row);
    const keys = row.keys ?? [];
    let sum = this.#latest.get(shape);
    // `mergeParts` takes a row with MOST_KEYS keys for a row whose list was cut short. A sum must never look like one.
    if (sum === undefined || sum.keys.length + keys.length >= MOST_KEYS) {
      sum = { row, keys: [], events: 0, records: 0, first: null, last: null };
      this.#latest.set(shape, sum);
      this.#sums.push(sum);
    }
    for (const key of keys) sum.keys.push(key);
    sum.events += row.events;
    sum.records += row.records;
    sum.first = least(sum.first, row.first ?? null);
    sum.last = most(sum.last, row.last ?? null);
  }

  rows(): readonly EventsRow[] {
    return this.#sums.map(({ row, keys, events, records, first, last }) => ({
      ...row,
      keys: row.keys && keys,
      events,
      records,
      first,
      last,
    }));
  }
}

/** A text that is equal for two rows if they differ only in their counts and keys. */
function shapeOf({ reached, cut, undated, conflicting, nearMisses, call }: EventsRow): string {
  const misses = nearMisses.map(({ failed, ...names }) => [[...failed], names]);
  return JSON.stringify([
    [...reached],
    [...cut],
    undated,
    conflicting,
    misses,
    call && callKey(call),
  ]);
}

/**
 * Counts records by their kind. A hostile log may have any number of sources, so only the first in order are counted one by one, whatever the order of the records and the number of threads.
 */
import { byCodePoint, nullLast } from '../../../cloudtrail/canonical.js';
import { countedSource, type EventCategory, type RecordKind } from '../../../cloudtrail/kind.js';
import type { KindCount, RecordGroup } from '../../dump.js';

/** Fewer than 200 services have data events. */
const MOST_SOURCES = 300;

type Counted = Pick<RecordGroup, 'kind' | 'records' | 'first' | 'last'>;
type OpenCount = { records: number; first: number; last: number };

export class KindCounter {
  #byCategory = new Map<EventCategory, Map<string | null, OpenCount>>();
  #latest: RecordKind | undefined;
  #latestCount: OpenCount | undefined;

  /** Adds records. Consecutive ones are often of one kind. */
  add({ kind, records, first, last }: Counted): void {
    const count =
      kind === this.#latest && this.#latestCount !== undefined
        ? this.#latestCount
        : this.#countFor(kind);
    this.#latest = kind;
    this.#latestCount = count;
    count.records += records;
    count.first = Math.min(count.first, first);
    count.last = Math.max(count.last, last);
  }

  /** Adds the counts of another thread. */
  merge({ category, eventSource, records, first, last }: KindCount): void {
    this.add({
      kind: { category, eventSource },
      records,
      first: first ?? Infinity,
      last: last ?? -Infinity,
    });
  }

  /** In the order of their names. Records of further sources, or without one, are counted as those of null, the last in order. */
  counts(): readonly KindCount[] {
    return [...this.#byCategory]
      .toSorted(([a], [b]) => byCodePoint(a, b))
      .flatMap(([category, sources]) => {
        this.#drop(sources, MOST_SOURCES);
        return [...sources]
          .toSorted(([a], [b]) => nullLast(a, b))
          .map(([eventSource, { records, first, last }]) => ({
            category,
            eventSource,
            records,
            first: Number.isFinite(first) ? first : undefined,
            last: Number.isFinite(last) ? last : undefined,
          }));
      });
  }

  #countFor({ category, eventSource }: RecordKind): OpenCount {
    let sources = this.#byCategory.get(category);
    if (sources === undefined) this.#byCategory.set(category, (sources = new Map()));
    const name = countedSource(eventSource);
    const known = sources.get(name);
    if (known !== undefined) return known;
    if (sources.size >= 2 * MOST_SOURCES) this.#drop(sources, MOST_SOURCES);
    const count = { records: 0, first: Infinity, last: -Infinity };
    sources.set(name, count);
    return count;
  }

  /**
   * Keeps the first sources in order. One that was dropped and comes again is dropped again: what is kept then is before it.
   */
  #drop(sources: Map<string | null, OpenCount>, kept: number): void {
    const names = [...sources.keys()].filter((name) => name !== null);
    if (names.length <= kept) return;
    this.#latest = undefined;
    for (const name of names.toSorted(nullLast).slice(kept)) {
      const count = sources.get(name);
      sources.delete(name);
      if (count === undefined) continue;
      const rest = sources.get(null) ?? { records: 0, first: Infinity, last: -Infinity };
      rest.records += count.records;
      rest.first = Math.min(rest.first, count.first);
      rest.last = Math.max(rest.last, count.last);
      sources.set(null, rest);
    }
  }
}

/** The findings of one rule. They are added event by event, stored in memory or on disk, and read in the order of reports. */
import { countGarbage } from '../text/long-text.js';
import type { Findings } from '../report/report.js';
import type { Rule } from '../rule/rule.js';
import {
  byEvent,
  entryFinding,
  entryText,
  fullFinding,
  inOrder,
  isSameEvent,
  toEntry,
  type Entry,
} from './entry.js';
import { ExternalSort } from '../spill/external-sort.js';
import { TextStore } from '../spill/text-store.js';
import { toFinding, type RuleMatch } from './to-finding.js';

/** In UTF-16 units. */
const IN_MEMORY = 32 * 1024 * 1024;
/** About how much memory an entry takes in addition to its texts, in the same unit. */
const ENTRY = 200;

export class FindingStore {
  readonly #rule: Rule;
  readonly #entries: ExternalSort<Entry>;
  readonly #texts = new TextStore();

  /** `most` is how much text may stay in memory, in UTF-16 units. Several stores should share one amount. */
  constructor(rule: Rule, most = IN_MEMORY) {
    this.#rule = rule;
    this.#entries = new ExternalSort((a, b) => inOrder(a, b, this.#texts), most);
  }

  /** Adds the matching records of one event; the report shows only one of them. Throws a HuntError if the disk is full. */
  add(matches: readonly RuleMatch[]): void {
    const [entry] = matches
      .map((match) => toEntry(toFinding(match, this.#rule), this.#texts))
      .toSorted((a, b) => byEvent(a, b, this.#texts));
    if (entry === undefined) return;
    for (const { body } of matches) countGarbage(body.length);
    this.#entries.add(entry, sizeOf(entry));
  }

  /**
   * The findings so far, in order. An event that several parts of a hunt added is one finding; a record without an eventID is
   * never a repeat. Iterating over them throws a HuntError if the disk cannot be read.
   */
  findings(): Findings {
    const entries = this.#entries.sorted();
    const repeats = this.#repeats(entries);
    return {
      length: entries.length - repeats,
      texts: () => this.#each(entries, entryText),
      full: () => this.#each(entries, fullFinding),
      outputFields: this.#rule.outputFields,
      [Symbol.iterator]: () => this.#each(entries, entryFinding),
    };
  }

  /** How many entries have the event of the entry before them. */
  #repeats(entries: Iterable<Entry>): number {
    let repeats = 0;
    let before: Entry | undefined;
    for (const entry of entries) {
      if (isSameEvent(entry, before)) repeats++;
      before = entry;
    }
    return repeats;
  }

  /** Frees the disk space. The findings cannot be read afterwards. */
  close(): void {
    this.#entries.close();
    this.#texts.close();
  }

  /** One item for each event. */
  *#each<T>(entries: Iterable<Entry>, itemOf: (entry: Entry, texts: TextStore) => T): Generator<T> {
    let before: Entry | undefined;
    for (const entry of entries) {
      if (!isSameEvent(entry, before)) yield itemOf(entry, this.#texts);
      before = entry;
    }
  }
}

/** The memory that an entry takes, in UTF-16 units. Texts in a file take none. */
function sizeOf(entry: Entry): number {
  const texts = Object.values(entry).filter((value) => typeof value === 'string');
  return texts.reduce((sum, { length }) => sum + length, ENTRY);
}

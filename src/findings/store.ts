/** One rule's findings: they come event by event, wait in memory or on disk, and are walked in the order of reports. */
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
/** What an entry takes beside its texts, in the same unit. */
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

  /** Takes in the matching records of one event, of which one is shown. Throws a HuntError where the disk has no room. */
  add(matches: readonly RuleMatch[]): void {
    const [entry] = matches
      .map((match) => toEntry(toFinding(match, this.#rule), this.#texts))
      .toSorted((a, b) => byEvent(a, b, this.#texts));
    if (entry === undefined) return;
    for (const { body } of matches) countGarbage(body.length);
    this.#entries.add(entry, sizeOf(entry));
  }

  /**
   * The findings until now, in order. An event that was added repeatedly, by several parts of a hunt, is one finding; a record
   * without an eventID never repeats. Walking them throws a HuntError where the disk fails.
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

  /** How many entries repeat the event of an earlier entry. */
  #repeats(entries: Iterable<Entry>): number {
    let repeats = 0;
    let before: Entry | undefined;
    for (const entry of entries) {
      if (isSameEvent(entry, before)) repeats++;
      before = entry;
    }
    return repeats;
  }

  /** Frees the disk before the process ends. The findings cannot be walked any more. */
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

/** In UTF-16 units. Texts in a file take no memory. */
function sizeOf(entry: Entry): number {
  const texts = Object.values(entry).filter((value) => typeof value === 'string');
  return texts.reduce((sum, { length }) => sum + length, ENTRY);
}

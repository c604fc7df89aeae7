/** Findings as they come, event by event, in memory or on disk, and then in the order of reports. */
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

/** In UTF-16 units, and what about as many bytes an entry takes beside its texts. */
const KEPT_IN_MEMORY = 32 * 1024 * 1024;
const ENTRY = 200;

export class FindingStore {
  readonly #rule: Rule;
  readonly #entries: ExternalSort<Entry>;
  readonly #texts = new TextStore();

  /** `most` is how much text of findings may wait in memory, in UTF-16 units; several stores should share it out. */
  constructor(rule: Rule, most = KEPT_IN_MEMORY) {
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
   * The findings of all events until now, in order, one that was added more than once being one (of those without an
   * eventID none ever was). Walking them throws a HuntError where the disk fails.
   */
  findings(): Findings {
    const entries = this.#entries.sorted();
    const again = this.#counted(entries);
    return {
      length: entries.length - again,
      texts: () => this.#each(entries, entryText),
      full: () => this.#each(entries, fullFinding),
      outputFields: this.#rule.outputFields,
      [Symbol.iterator]: () => this.#each(entries, entryFinding),
    };
  }

  /** How many entries are of an event that came before. */
  #counted(entries: Iterable<Entry>): number {
    let again = 0;
    let before: Entry | undefined;
    for (const entry of entries) {
      if (isSameEvent(entry, before)) again++;
      before = entry;
    }
    return again;
  }

  /** Gives space on the disk back before the process ends; its findings cannot be walked any more. */
  close(): void {
    this.#entries.close();
    this.#texts.close();
  }

  /** What becomes of each event's entry. */
  *#each<T>(entries: Iterable<Entry>, become: (entry: Entry, texts: TextStore) => T): Generator<T> {
    let before: Entry | undefined;
    for (const entry of entries) {
      if (!isSameEvent(entry, before)) yield become(entry, this.#texts);
      before = entry;
    }
  }
}

/** In UTF-16 units; what is kept in a file counts for nothing, the rest of an entry for about what it takes. */
function sizeOf(entry: Entry): number {
  const texts = Object.values(entry).filter((value) => typeof value === 'string');
  return texts.reduce((sum, { length }) => sum + length, ENTRY);
}

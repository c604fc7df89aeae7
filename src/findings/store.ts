/** The findings of one rule. They are added event by event, stored in memory or on disk, and read in the order of reports. */
import type { Findings } from '../report/report.js';
import type { Rule } from '../rule/rule.js';
import { ExternalSort } from '../spill/external-sort.js';
import type { SpillSpace } from '../spill/spill-space.js';
import { TextStore } from '../spill/text-store.js';
import { toAlert } from './alert.js';
import {
  entryFinding,
  entryText,
  inOrder,
  isSameEvent,
  type Entry,
  type StoredEvent,
} from './entry.js';
import type { MatchedEvent } from './to-finding.js';

/** About how much memory an entry takes in addition to its texts, in UTF-16 units. */
const ENTRY = 200;

/** A record that matches the rule. */
export interface RuleMatch {
  readonly event: Pick<MatchedEvent, 'columns'>;
  readonly stored: StoredEvent;
  /** What the rule changed its severity to; null if it did not. */
  readonly severity: string | null;
}

export class FindingStore {
  readonly #rule: Rule;
  readonly #entries: ExternalSort<Entry>;
  readonly #texts: TextStore;

  /** Shares `space`, in UTF-16 units, with the stores of other rules. The caller closes it. */
  constructor(rule: Rule, space: SpillSpace) {
    this.#rule = rule;
    this.#texts = new TextStore(space);
    const compare = (a: Entry, b: Entry): number => inOrder(a, b, this.#texts);
    this.#entries = new ExternalSort({ compare, isRepeat: isSameEvent }, space);
  }

  /** Adds the record that an event shows. `findings` is how many events are equal to it. Throws a HuntError if the disk is full. */
  add({ event, stored, severity }: RuleMatch, findings = 1): void {
    const alert = toAlert(this.#rule, event.columns, severity);
    const entry = { ...stored, alert: this.#texts.put(JSON.stringify(alert)), findings };
    this.#entries.add(entry, sizeOf(entry));
  }

  /**
   * The findings so far, in order. An event that was added several times is one finding; a record without an eventID is never
   * a repeat. Iterating over them throws a HuntError if the disk cannot be read.
   */
  findings(): Findings {
    const entries = this.#entries.sorted();
    return {
      length: countOf(entries),
      texts: () => this.#each(entries, entryText),
      outputFields: this.#rule.outputFields,
      [Symbol.iterator]: () => this.#each(entries, entryFinding),
    };
  }

  *#each<T>(entries: Iterable<Entry>, itemOf: (entry: Entry, texts: TextStore) => T): Generator<T> {
    for (const entry of entries) {
      const item = itemOf(entry, this.#texts);
      for (let nth = 0; nth < entry.findings; nth++) yield item;
    }
  }
}

function countOf(entries: Iterable<Entry>): number {
  let count = 0;
  for (const { findings } of entries) count += findings;
  return count;
}

/** The memory that an entry takes, in UTF-16 units. Texts in a file take none. */
function sizeOf(entry: Entry): number {
  const texts = Object.values(entry).filter((value) => typeof value === 'string');
  return texts.reduce((sum, { length }) => sum + length, ENTRY);
}

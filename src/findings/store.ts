/** The findings of all rules, each event once. They are stored in memory or on disk, and read in the order of reports. */
import { keyOf } from '../change/actor/key-use.js';
import { HOUR } from '../cloudtrail/time/window.js';
import type { FindingItem, FindingPlace, Findings, MatchedFinding } from '../report/finding.js';
import type { Rule } from '../rule/rule.js';
import type { Severity } from '../rule/severity.js';
import { ExternalSort } from '../spill/external-sort.js';
import type { SpillSpace } from '../spill/spill-space.js';
import { TextStore } from '../spill/text-store.js';
import { toAlert } from './alert.js';
import { entryOf, inOrder, type Entry, type StoredEvent } from './entry.js';
import { Corrections } from './corrections.js';
import { FirstUses } from './first-uses.js';
import { InstanceUses, type Elsewhere } from './instance-uses.js';
import { KeyUses } from './key-uses.js';
import { Smallest } from './smallest.js';
import { countOf, findingItems, type Known, type Reading } from './finding-text.js';
import { joinNeighbours, joinRecords } from './join.js';
import type { MatchedEvent } from './to-finding.js';

/** About how much memory an entry takes in addition to its long texts, and each of its matches, in bytes. */
const ENTRY = 600;
const MATCH = 100;
/** Keys that are followed. Only a hostile log has findings with more. */
const MOST_FOLLOWED = 50_000;

/** A record that matches rules. */
export interface MatchedRecord {
  readonly event: MatchedEvent;
  /** By the IDs of the rules, what they changed their severity to; null if they did not. */
  readonly rules: ReadonlyMap<string, Severity | null>;
}

export class FindingStore {
  readonly #rules: readonly Rule[];
  /** The index of each rule, by its ID. */
  readonly #indexes: ReadonlyMap<string, number>;
  readonly #entries: ExternalSort<Entry>;
  readonly #texts: TextStore;
  readonly #follow = new Smallest(MOST_FOLLOWED);
  readonly #sessions = new Smallest(MOST_FOLLOWED);
  /** The keys that Terraform used. */
  readonly #terraform = new Smallest(MOST_FOLLOWED);
  readonly #corrections = new Corrections();

  /** Shares `space`, in bytes. The caller closes it. */
  constructor(rules: readonly Rule[], space: SpillSpace) {
    this.#rules = rules;
    this.#indexes = new Map(rules.map(({ id }, index) => [id, index]));
    this.#texts = new TextStore(space);
    const texts = this.#texts;
    this.#entries = new ExternalSort(
      {
        compare: (a, b) => inOrder(a, b, texts),
        join: (a, b) => joinNeighbours(a, b, texts),
      },
      space,
    );
  }

  /**
   * Adds the matching records of an event, or some of them. `count` is how many events are equal to it. Throws a HuntError if
   * the disk is full.
   */
  add(records: readonly MatchedRecord[], count = 1): void {
    const [first, ...others] = records.map((record) => this.#entryOf(record, count));
    if (first === undefined) return;
    const entry = others.reduce((a, b) => joinRecords(a, b, this.#texts), first);
    this.#corrections.add(entry);
    this.#entries.add(entry, sizeOf(entry));
  }

  /**
   * The findings so far, in order. An event that was added several times is one finding; a record without an eventID is never
   * a repeat. Iterating over them throws a HuntError if the disk cannot be read. `uses` has the uses of instances' credentials that
   * exclusions hid.
   */
  findings(uses = new InstanceUses(this.#rules.length)): StoredFindings {
    const sorted = this.#entries.sorted();
    const corrections = this.#corrections;
    const entries = { [Symbol.iterator]: () => without(sorted, corrections.replaced()) };
    const counts = countsOf(sorted, {
      isReplaced: corrections.replaced(),
      keyUses: new KeyUses(this.#terraform.keys()),
      firstUses: new FirstUses(),
      uses,
      idOf: (index) => this.#rules[index]?.id ?? '',
    });
    const rules = this.#rules;
    const texts = this.#texts;
    const ofRule = (byRule: ReadonlyMap<number, number>, id: string): number =>
      byRule.get(this.#indexes.get(id) ?? -1) ?? 0;
    return {
      countOf: (id) => ofRule(counts.byRule, id),
      replacedOf: (id) => ofRule(counts.replaced, id),
      sessions: { keys: this.#follow.keys(), sessions: this.#sessions.keys(), ...counts.span },
      usedElsewhere: uses.elsewhere(),
      read: (known) => {
        const { keyUses, firstUses } = counts;
        const reading = { rules, texts, known, keyUses, firstUses };
        return {
          length: counts.all,
          items: () => itemsIn(entries, reading),
          places: () => placesIn(entries),
          *[Symbol.iterator]() {
            for (const { text } of itemsIn(entries, reading))
              yield JSON.parse(text()) as MatchedFinding;
          },
        };
      },
    };
  }

  #entryOf({ event, rules }: MatchedRecord, count: number): Entry {
    const { put } = this.#texts;
    const matches = [...rules].flatMap(([id, severity]) => {
      const index = this.#indexes.get(id);
      const rule = index === undefined ? undefined : this.#rules[index];
      if (index === undefined || rule === undefined) return [];
      const alert = put(JSON.stringify(toAlert(rule, event.columns)));
      return [{ rule: index, severity, alert, count }];
    });
    const inTheirOrder = matches.toSorted((a, b) => a.rule - b.rule);
    const entry = entryOf(event, inTheirOrder, this.#texts);
    if (entry.follow !== null) this.#follow.add(entry.follow.key);
    const session = entry.follow?.session ?? null;
    if (session !== null) this.#sessions.add(session);
    const { actor, how } = event.meaning;
    if (how.carrier === 'terraform' && actor.accessKey !== null)
      this.#terraform.add(keyOf(actor.accessKey, actor.principal));
    return entry;
  }
}

/** The keys of sessions, whose issuing events would say who is behind them, and those of users, whose would say who made them. */
export interface SessionKeys {
  readonly keys: ReadonlySet<string>;
  /** JSON of the sessions of the console: their keys are in no answer. */
  readonly sessions: ReadonlySet<string>;
  /** When the first may have been issued, and when the last was used; undefined where no event has a time. */
  readonly since: number | undefined;
  readonly until: number | undefined;
}

/** Findings, before it is known which accounts the logs have, and who is behind sessions. */
export interface StoredFindings {
  /** How many findings a rule matched. */
  countOf(ruleId: string): number;
  /** How many events a rule matched that are no findings, because their corrections are. */
  replacedOf(ruleId: string): number;
  readonly sessions: SessionKeys;
  /** The uses of instances' credentials from elsewhere, also those that exclusions hid. */
  readonly usedElsewhere: Elsewhere;
  read(known: Known): Findings<MatchedFinding>;
}

function* itemsIn(entries: Iterable<Entry>, reading: Reading): Generator<FindingItem> {
  for (const entry of entries) yield* findingItems(entry, reading);
}

function* placesIn(entries: Iterable<Entry>): Generator<FindingPlace> {
  for (const entry of entries) for (let left = countOf(entry); left > 0; left--) yield entry;
}

function* without(
  entries: Iterable<Entry>,
  isReplaced: (entry: Entry) => boolean,
): Generator<Entry> {
  for (const entry of entries) if (!isReplaced(entry)) yield entry;
}

interface Counted {
  readonly isReplaced: (entry: Entry) => boolean;
  readonly keyUses: KeyUses;
  readonly firstUses: FirstUses;
  readonly uses: InstanceUses;
  readonly idOf: (rule: number) => string;
}

/**
 * Counts the findings, all and those of each rule by its index, and tells the trackers of keys, habits and instances of each.
 * Entries may be on disk, so they are read once for all of this.
 */
function countsOf(entries: Iterable<Entry>, counted: Counted) {
  const { isReplaced, keyUses, firstUses, uses, idOf } = counted;
  let all = 0;
  const byRule = new Map<number, number>();
  const replaced = new Map<number, number>();
  let since = Infinity;
  let until = -Infinity;
  for (const entry of entries) {
    if (isReplaced(entry)) {
      addMatches(replaced, entry);
      continue;
    }
    all += countOf(entry);
    if (entry.instanceUse !== null)
      uses.addFound(
        { ...entry.instanceUse, events: countOf(entry) },
        entry.matches.map(({ rule, count }) => [idOf(rule), count]),
      );
    if (entry.keyUse !== null) keyUses.add(entry.keyUse, entry);
    if (entry.firstUse !== null) firstUses.add(entry.firstUse, entry);
    if (entry.follow !== null && entry.eventTime !== null) {
      const instant = Date.parse(entry.eventTime);
      since = Math.min(since, instant - entry.follow.hours * HOUR);
      until = Math.max(until, instant);
    }
    addMatches(byRule, entry);
  }
  const span = since > until ? { since: undefined, until: undefined } : { since, until };
  return { all, byRule, replaced, span, keyUses, firstUses };
}

function addMatches(byRule: Map<number, number>, { matches }: Entry): void {
  for (const { rule, count } of matches) byRule.set(rule, (byRule.get(rule) ?? 0) + count);
}

/** The memory that an entry takes, in bytes, without its stored texts. */
function sizeOf(entry: Entry): number {
  let size = ENTRY + textSize(entry);
  for (const { record } of entry.matches)
    size += MATCH + (record === undefined ? 0 : ENTRY + textSize(record));
  return size;
}

/** The length of the texts that a log may make long. */
function textSize(event: StoredEvent): number {
  return (
    lengthOf(event.eventID) +
    lengthOf(event.eventName) +
    lengthOf(event.recipientAccountId) +
    lengthOf(event.eventSource) +
    lengthOf(event.awsRegion) +
    lengthOf(event.source) +
    lengthOf(event.corrects) +
    (event.keyUse?.key.length ?? 0) +
    (event.keyUse?.principal.length ?? 0) +
    (event.firstUse?.actor.length ?? 0)
  );
}

function lengthOf(text: string | null): number {
  return text === null ? 0 : text.length;
}

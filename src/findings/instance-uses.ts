/**
 * The uses of instances' credentials, by findings and by what exclusions hid. They are sorted on disk, so that the answer is the same
 * in whatever order they come, and their memory is bounded.
 */
import type { EventsRow, NearMiss } from '../answer/row.js';
import { least, most } from '../answer/span.js';
import {
  hiddenUseOf,
  isByAgent,
  usedElsewhere,
  type InstanceUse,
  type UsedElsewhere,
} from '../change/actor/instance-credentials.js';
import { byCodePoint } from '../cloudtrail/canonical.js';
import { ExternalSort } from '../spill/external-sort.js';
import { SpillSpace } from '../spill/spill-space.js';

/** The uses from elsewhere. */
export interface Elsewhere {
  /** The first of them, in their order. */
  readonly found: readonly UsedElsewhere[];
  /** How many there are. */
  readonly count: number;
  /** Uses that were not compared, because an instance has too many. */
  readonly notCompared: number;
}

/** So many are found one by one. */
const MOST_FOUND = 20;
/** So many uses of one instance are compared, and so many of all. Only a hostile log has more. */
const MOST_OF_INSTANCE = 2000;
const MOST_COMPARED = 50_000;
/** So many uses are added up before they are sorted. */
const MOST_RECENT = 4000;
/** How much of the uses stays in memory, in UTF-16 units. */
const IN_MEMORY = 16 * 1024 * 1024;
/** About how much memory an entry takes in addition to its texts, in the same unit. */
const ENTRY = 100;
/** In place of a rule: all rules. */
const ALL = '';
/** No JSON has it between its tokens. */
const BETWEEN = '\n';
/** After `BETWEEN`: there is no key. */
const AGENT = '["",';

/** A number of events that are of one use, and that one rule found or left out. */
interface Entry extends Pick<InstanceUse, 'first' | 'last' | 'events'> {
  /** Account and instance, and the rest of the use, as JSON. So the uses of an instance follow each other. */
  readonly key: string;
  readonly rule: string;
  /** How many of the events are findings. */
  readonly found: number;
}

export class InstanceUses {
  readonly #space = new SpillSpace(IN_MEMORY);
  readonly #entries = new ExternalSort<Entry>({ compare: inOrder, join: joined }, this.#space);
  readonly #recent = new Map<string, Entry>();
  readonly #isOneRule: boolean;

  constructor(ruleCount: number) {
    this.#isOneRule = ruleCount === 1;
  }

  /** Counts the events of a finding. `byRule` says how many each of its rules found. Throws a HuntError if the disk is full. */
  addFound(use: InstanceUse, byRule: readonly (readonly [rule: string, events: number])[]): void {
    // The keys of agents say nothing, and the rows of hidden calls do not have them.
    const own = isByAgent(use) ? { ...use, accessKey: '' } : use;
    this.#add(own, ALL);
    if (this.#isOneRule) return;
    for (const [rule, events] of byRule) this.#add({ ...own, events }, rule);
  }

  /** Counts the events of a row that exclusions hid. Throws a HuntError if the disk is full. */
  addHidden(row: EventsRow): void {
    const misses = firstOfEach(row.nearMisses);
    const added = misses.length > 1 ? new Set<string>() : undefined;
    for (const miss of misses) {
      const { use } = miss;
      const own = use && hiddenUseOf(miss, use, row);
      if (use === undefined || own === undefined) continue;
      for (const rule of use.rules) {
        // If one record of the event matches, the event is a finding.
        if (row.reached.get(rule) === 'finding') continue;
        // Records of one event may fail different exclusions with the same use.
        const id = added && JSON.stringify([own, rule]);
        if (id === undefined || !added?.has(id)) this.#add(own, this.#isOneRule ? ALL : rule);
        if (id !== undefined) added?.add(id);
      }
    }
  }

  /** To be called once, at the end. */
  elsewhere(): Elsewhere {
    this.#flush();
    const uses: InstanceUse[] = [];
    let notCompared = 0;
    for (const ofInstance of byInstance(this.#entries.sorted())) {
      const room = Math.min(MOST_OF_INSTANCE, MOST_COMPARED - uses.length);
      for (const whole of ofInstance.slice(0, room)) uses.push(useIn(whole));
      notCompared += Math.max(0, ofInstance.length - room);
    }
    this.#space.close();
    const found = usedElsewhere(uses);
    return { found: found.slice(0, MOST_FOUND), count: found.length, notCompared };
  }

  #add(use: InstanceUse, rule: string): void {
    const { account, instance, accessKey, address, agent, first, last, events, hidden } = use;
    const key = `${JSON.stringify([account, instance])}${BETWEEN}${JSON.stringify([accessKey, address, agent])}`;
    const entry = { key, rule, first, last, events, found: events - hidden };
    const id = `${key}${rule}`;
    const known = this.#recent.get(id);
    this.#recent.set(id, known === undefined ? entry : sumOf(known, entry));
    if (this.#recent.size > MOST_RECENT) this.#flush();
  }

  #flush(): void {
    for (const entry of this.#recent.values())
      this.#entries.add(entry, ENTRY + entry.key.length + entry.rule.length);
    this.#recent.clear();
  }
}

/** Of the records of an event that fail the same, the first says who made it, as in the ledger. */
function firstOfEach(misses: readonly NearMiss[]): readonly NearMiss[] {
  if (misses.length < 2) return misses;
  const sorted = misses
    .map((miss) => {
      const { failed, principal, userAgent, account, use } = miss;
      const order = JSON.stringify([principal, userAgent, account, use]);
      return { miss, failed: JSON.stringify([...failed]), order };
    })
    .toSorted((a, b) => byCodePoint(b.order, a.order));
  return [...new Map(sorted.map(({ failed, miss }) => [failed, miss])).values()];
}

/** The uses of each instance. Those of an instance with a single use, which say nothing, are left out. */
function* byInstance(entries: Iterable<Entry>): Generator<readonly Entry[]> {
  let group: Entry[] = [];
  let instance = '';
  for (const entry of ofAllRules(entries)) {
    if (!entry.key.startsWith(instance)) {
      if (saysSomething(group)) yield group;
      group = [];
    }
    if (group.length === 0) instance = entry.key.slice(0, entry.key.indexOf(BETWEEN) + 1);
    group.push(entry);
  }
  if (saysSomething(group)) yield group;
}

/** Where an agent is, other instances may be too. */
function saysSomething([first, ...others]: readonly Entry[]): boolean {
  return first !== undefined && (others.length > 0 || first.key.includes(`${BETWEEN}${AGENT}`));
}

/** Each use once: several rules may have left out the same events, and other rules may have found them. */
function* ofAllRules(entries: Iterable<Entry>): Generator<Entry> {
  let whole: Entry | undefined;
  for (const entry of entries) {
    if (whole?.key === entry.key)
      whole = { ...spanning(whole, entry), events: Math.max(whole.events, entry.events) };
    else {
      // Other parts of a hunt may count all events of a row.
      if (whole !== undefined && whole.events > 0) yield whole;
      whole = entry.rule === ALL ? entry : { ...entry, found: 0 };
    }
  }
  if (whole !== undefined && whole.events > 0) yield whole;
}

function useIn({ key, first, last, events, found }: Entry): InstanceUse {
  const [ofInstance = '', ofUse = ''] = key.split(BETWEEN);
  const [account, instance] = JSON.parse(ofInstance) as [string | null, string];
  const [accessKey, address, agent] = JSON.parse(ofUse) as [string, string, string | null];
  const hidden = events - found;
  return { account, instance, accessKey, address, agent, first, last, events, hidden };
}

function inOrder(a: Entry, b: Entry): number {
  return byCodePoint(a.key, b.key) || byCodePoint(a.rule, b.rule);
}

function joined(a: Entry, b: Entry): Entry | undefined {
  return a.key === b.key && a.rule === b.rule ? sumOf(a, b) : undefined;
}

function sumOf(a: Entry, b: Entry): Entry {
  return { ...spanning(a, b), events: a.events + b.events, found: a.found + b.found };
}

function spanning(a: Entry, b: Entry): Entry {
  return { ...a, first: least(a.first, b.first), last: most(a.last, b.last) };
}

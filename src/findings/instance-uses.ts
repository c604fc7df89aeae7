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
/** About how much memory a counted use takes in addition to its texts, in the same unit. */
const OVERHEAD = 100;
/** The keys of agents, which are not told apart. */
const NO_KEY = '';
/** In place of a rule: all rules. */
const ALL = '';

/** A number of events that are of one use, and that one rule found or left out. */
interface CountedUse extends Pick<InstanceUse, 'first' | 'last' | 'events'> {
  /** Account and instance, as JSON. Uses are sorted by it first, so those of an instance follow each other. */
  readonly instance: string;
  /** The rest of the use, as JSON. */
  readonly use: string;
  /** Whether it says something beside no other use: where an agent is, other instances may be too. */
  readonly isTelling: boolean;
  readonly rule: string;
  /** How many of the events are findings. */
  readonly found: number;
}

type UseTexts = [key: string, address: string, agent: string | null, endpoint: string | null];

export class InstanceUses {
  readonly #space = new SpillSpace(IN_MEMORY);
  readonly #counted = new ExternalSort<CountedUse>({ compare: inOrder, join: joined }, this.#space);
  readonly #recent = new Map<string, CountedUse>();
  readonly #isOneRule: boolean;

  constructor(ruleCount: number) {
    this.#isOneRule = ruleCount === 1;
  }

  /** Counts the events of a finding. `byRule` says how many each of its rules found. Throws a HuntError if the disk is full. */
  addFound(use: InstanceUse, byRule: readonly (readonly [rule: string, events: number])[]): void {
    // The keys of agents say nothing, and the rows of hidden calls do not have them.
    const own = isByAgent(use) ? { ...use, accessKey: NO_KEY } : use;
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
    for (const ofInstance of byInstance(this.#counted.sorted())) {
      const room = Math.min(MOST_OF_INSTANCE, MOST_COMPARED - uses.length);
      for (const whole of ofInstance.slice(0, room)) uses.push(useIn(whole));
      notCompared += Math.max(0, ofInstance.length - room);
    }
    this.#space.close();
    const found = usedElsewhere(uses);
    return { found: found.slice(0, MOST_FOUND), count: found.length, notCompared };
  }

  #add(own: InstanceUse, rule: string): void {
    const { account, instance, first, last, events, hidden } = own;
    const { accessKey, address, agent, endpoint } = own;
    const counted = {
      instance: JSON.stringify([account, instance]),
      use: JSON.stringify([accessKey, address, agent, endpoint]),
      isTelling: accessKey === NO_KEY || endpoint !== null,
      rule,
      first,
      last,
      events,
      found: events - hidden,
    };
    const id = `${counted.instance}${counted.use}${rule}`;
    const known = this.#recent.get(id);
    this.#recent.set(id, known === undefined ? counted : sumOf(known, counted));
    if (this.#recent.size > MOST_RECENT) this.#flush();
  }

  #flush(): void {
    for (const counted of this.#recent.values()) {
      const { instance, use, rule } = counted;
      this.#counted.add(counted, OVERHEAD + instance.length + use.length + rule.length);
    }
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
function* byInstance(counted: Iterable<CountedUse>): Generator<readonly CountedUse[]> {
  let group: CountedUse[] = [];
  for (const one of ofAllRules(counted)) {
    if (group[0] !== undefined && group[0].instance !== one.instance) {
      if (saysSomething(group)) yield group;
      group = [];
    }
    group.push(one);
  }
  if (saysSomething(group)) yield group;
}

function saysSomething([first, ...others]: readonly CountedUse[]): boolean {
  return first !== undefined && (others.length > 0 || first.isTelling);
}

/** Each use once: several rules may have left out the same events, and other rules may have found them. */
function* ofAllRules(counted: Iterable<CountedUse>): Generator<CountedUse> {
  let whole: CountedUse | undefined;
  for (const one of counted) {
    if (whole !== undefined && isSameUse(whole, one))
      whole = { ...spanning(whole, one), events: Math.max(whole.events, one.events) };
    else {
      // Other parts of a hunt may count all events of a row.
      if (whole !== undefined && whole.events > 0) yield whole;
      whole = one.rule === ALL ? one : { ...one, found: 0 };
    }
  }
  if (whole !== undefined && whole.events > 0) yield whole;
}

function useIn(counted: CountedUse): InstanceUse {
  const { first, last, events } = counted;
  const [account, instance] = JSON.parse(counted.instance) as [string | null, string];
  const [accessKey, address, agent, endpoint] = JSON.parse(counted.use) as UseTexts;
  const hidden = events - counted.found;
  const place = { account, instance, accessKey, address, endpoint };
  return { ...place, agent, first, last, events, hidden };
}

function inOrder(a: CountedUse, b: CountedUse): number {
  return (
    byCodePoint(a.instance, b.instance) || byCodePoint(a.use, b.use) || byCodePoint(a.rule, b.rule)
  );
}

function isSameUse(a: CountedUse, b: CountedUse): boolean {
  return a.instance === b.instance && a.use === b.use;
}

function joined(a: CountedUse, b: CountedUse): CountedUse | undefined {
  return isSameUse(a, b) && a.rule === b.rule ? sumOf(a, b) : undefined;
}

function sumOf(a: CountedUse, b: CountedUse): CountedUse {
  return { ...spanning(a, b), events: a.events + b.events, found: a.found + b.found };
}

function spanning(a: CountedUse, b: CountedUse): CountedUse {
  return { ...a, first: least(a.first, b.first), last: most(a.last, b.last) };
}

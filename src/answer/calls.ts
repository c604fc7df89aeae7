/** Counts the calls of an answer by name. A hostile log may have any number of names, so the names are sorted on disk. */
import { byCodePoint } from '../cloudtrail/canonical.js';
import type { Query } from '../query/query.js';
import { ExternalSort } from '../spill/external-sort.js';
import { SpillSpace } from '../spill/spill-space.js';
import type { CallName, EventsRow } from './row.js';
import { least, most } from './span.js';

/** A number of calls with one name. */
export interface CountedCall extends Name {
  readonly events: number;
  /** Instants as text; null for calls without a time. */
  readonly first: string | null;
  readonly last: string | null;
}

/** All calls that were counted. */
export interface CallTotals {
  /** At most 1,000 names, those with the most calls first, and then in the order of their names. */
  readonly calls: readonly CountedCall[];
  /** Calls with further names. */
  readonly others: number;
  /** How many calls were made with each access key. Undefined if they are not counted by it, or with too many keys. */
  readonly byKey: ReadonlyMap<string, number> | undefined;
  /** The calls from each address; null stands for none. Undefined if they are not counted by it, or from too many addresses. */
  readonly byAddress: ReadonlyMap<string | null, CallsFrom> | undefined;
}

/** Calls from one address, with the instants of the first and the last one that have a time. */
export interface CallsFrom {
  readonly events: number;
  readonly first: string | null;
  readonly last: string | null;
}

/** AWS has about 20,000 calls, and an account uses a small part of them. */
const MOST_NAMES = 1000;
/** Keys take about 10 MB then. A role whose sessions last for minutes has thousands. */
const MOST_KEYS = 100_000;
const MOST_ADDRESSES = 100_000;
/** How much of the names stays in memory, in UTF-16 units. */
const IN_MEMORY = 4 * 1024 * 1024;
/** About how much memory an entry takes in addition to its name, in the same unit. */
const ENTRY = 100;

interface Entry {
  /** The name of the calls, as JSON. */
  readonly name: string;
  readonly isCorrection: boolean;
  readonly accessKey: string | null;
  readonly address: string | null;
  readonly events: number;
  readonly first: string | null;
  readonly last: string | null;
}

export class CallCounter {
  readonly #bySource: boolean;
  readonly #space = new SpillSpace(IN_MEMORY);
  readonly #entries = new ExternalSort<Entry>({ compare: inOrder, join: joinedEntry }, this.#space);

  constructor(query: Pick<Query, 'calls'>) {
    this.#bySource = query.calls?.bySource === true;
  }

  /** Counts the events of a row. Throws a HuntError if the disk is full. */
  add({ call, events, first = null, last = null }: EventsRow): void {
    if (call === undefined) return;
    const name = nameKey(call);
    const { accessKey, address, correction: isCorrection } = call;
    const entry = { name, isCorrection, accessKey, address, events, first, last };
    this.#entries.add(entry, ENTRY + name.length);
  }

  /** To be called once, at the end. */
  totals(): CallTotals {
    const names = new NameTotals();
    const keys = new Map<string, number>();
    const addresses = new Map<string | null, CallsFrom>();
    for (const entry of this.#entries.sorted()) {
      // The events of a row may all be counted by the rows of other parts.
      if (entry.events === 0 || !names.add(entry)) continue;
      const { accessKey, address, events } = entry;
      if (addresses.size <= MOST_ADDRESSES)
        addresses.set(address, together(addresses.get(address), entry));
      if (accessKey !== null && keys.size <= MOST_KEYS)
        keys.set(accessKey, (keys.get(accessKey) ?? 0) + events);
    }
    this.#space.close();
    return {
      ...names.totals(),
      byKey: this.#bySource && keys.size <= MOST_KEYS ? keys : undefined,
      byAddress: this.#bySource && addresses.size <= MOST_ADDRESSES ? addresses : undefined,
    };
  }
}

/** Adds up entries in their order: those of one name follow each other. */
class NameTotals {
  #all = 0;
  #kept: Entry[] = [];
  #last: Entry | undefined;
  #corrected: ReadonlySet<string> | undefined;

  /** Whether the entry is counted. */
  add(entry: Entry): boolean {
    const known = this.#last && joined(this.#last, entry);
    if (known === undefined) {
      this.#keep();
      // Corrections sort last. One without another call of its name is of a call whose own record is missing.
      if (entry.isCorrection) {
        this.#corrected ??= new Set(this.#kept.map(({ name }) => nameOnly(name)));
        if (this.#corrected.has(nameOnly(entry.name))) return false;
      }
    }
    this.#last = known ?? entry;
    this.#all += entry.events;
    return true;
  }

  totals(): Pick<CallTotals, 'calls' | 'others'> {
    this.#keep();
    const calls = mostOf(this.#kept).map(({ name, events, first, last }): CountedCall => ({
      ...nameIn(name),
      events,
      first,
      last,
    }));
    return { calls, others: calls.reduce((left, { events }) => left - events, this.#all) };
  }

  #keep(): void {
    if (this.#last !== undefined) this.#kept.push(this.#last);
    this.#last = undefined;
    if (this.#kept.length > 2 * MOST_NAMES) this.#kept = mostOf(this.#kept);
  }
}

function mostOf(entries: readonly Entry[]): Entry[] {
  return entries
    .toSorted((a, b) => b.events - a.events || byCodePoint(a.name, b.name))
    .slice(0, MOST_NAMES);
}

function inOrder(a: Entry, b: Entry): number {
  return (
    byCodePoint(a.name, b.name) ||
    byCodePoint(a.accessKey ?? '', b.accessKey ?? '') ||
    byCodePoint(a.address ?? '', b.address ?? '')
  );
}

function together(known: CallsFrom | undefined, { events, first, last }: CallsFrom): CallsFrom {
  if (known === undefined) return { events, first, last };
  return {
    events: known.events + events,
    first: least(known.first, first),
    last: most(known.last, last),
  };
}

function joinedEntry(a: Entry, b: Entry): Entry | undefined {
  return a.accessKey === b.accessKey && a.address === b.address ? joined(a, b) : undefined;
}

/** Both as calls of one name, whatever their keys and addresses; undefined if they have different names. */
function joined(a: Entry, b: Entry): Entry | undefined {
  if (a.name !== b.name) return undefined;
  return {
    ...a,
    events: a.events + b.events,
    first: least(a.first, b.first),
    last: most(a.last, b.last),
  };
}

/** A text that is equal for calls that are counted together. It sorts as the text in the statement does (`statement/calls.ts`). */
export function callKey(call: CallName): string {
  return `${nameKey(call)} ${JSON.stringify([call.address, call.accessKey])}`;
}

type Name = Omit<CallName, 'accessKey' | 'address'>;

function nameKey({ correction, errorCode, mutating, eventName, eventSource }: Name): string {
  return JSON.stringify([correction, errorCode, mutating, eventName, eventSource]);
}

function nameOnly(key: string): string {
  const { eventName, eventSource } = nameIn(key);
  return JSON.stringify([eventName, eventSource]);
}

function nameIn(key: string): Name {
  const [correction, errorCode, mutating, eventName, eventSource] = JSON.parse(key) as [
    boolean,
    string | null,
    boolean,
    string | null,
    string | null,
  ];
  return { correction, eventSource, eventName, mutating, errorCode };
}

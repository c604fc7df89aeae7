/** Counts the calls of an answer by name. A hostile log may have any number of names, so the names are sorted on disk. */
import { byCodePoint } from '../cloudtrail/canonical.js';
import { ExternalSort } from '../spill/external-sort.js';
import { SpillSpace } from '../spill/spill-space.js';
import type { Call, CallName, EventsRow } from './row.js';

/** A number of calls with one name. */
export interface CountedCall extends Call {
  readonly events: number;
}

/** All calls that were counted. */
export interface CallTotals {
  /** At most 1,000 names, those with the most calls first, and then in the order of their names. */
  readonly calls: readonly CountedCall[];
  /** Calls with further names. */
  readonly others: number;
}

/** AWS has about 20,000 calls, and an account uses a small part of them. */
const MOST_NAMES = 1000;
/** How much of the names stays in memory, in UTF-16 units. */
const IN_MEMORY = 4 * 1024 * 1024;
/** About how much memory an entry takes in addition to its name, in the same unit. */
const ENTRY = 100;

interface Entry {
  readonly key: string;
  readonly events: number;
  readonly first: number | null;
  readonly last: number | null;
}

export class CallCounter {
  readonly #space = new SpillSpace(IN_MEMORY);
  readonly #entries = new ExternalSort<Entry>(
    { compare: (a, b) => byCodePoint(a.key, b.key), join: joinedEntry },
    this.#space,
  );

  /** Counts the events of a row. Throws a HuntError if the disk is full. */
  add({ call, events }: EventsRow): void {
    if (call === undefined) return;
    const key = callKey(call);
    const { first = null, last = null } = call;
    this.#entries.add({ key, events, first, last }, ENTRY + key.length);
  }

  /** To be called once, at the end. */
  totals(): CallTotals {
    let kept: Entry[] = [];
    let all = 0;
    let corrected: ReadonlySet<string> | undefined;
    for (const entry of this.#entries.sorted()) {
      // The events of a row may all be counted by the rows of other parts.
      if (entry.events === 0) continue;
      // Corrections sort last. One without another call of its name is of a call whose own record is missing.
      if (isCorrection(entry)) {
        corrected ??= new Set(kept.map(({ key }) => nameOnly(key)));
        if (corrected.has(nameOnly(entry.key))) continue;
      }
      all += entry.events;
      kept.push(entry);
      if (kept.length > 2 * MOST_NAMES) kept = mostOf(kept);
    }
    this.#space.close();
    const calls = mostOf(kept).map(({ key, events, first, last }): CountedCall => ({
      ...nameIn(key),
      events,
      first: first ?? undefined,
      last: last ?? undefined,
    }));
    return { calls, others: calls.reduce((left, { events }) => left - events, all) };
  }
}

function mostOf(entries: readonly Entry[]): Entry[] {
  return entries
    .toSorted((a, b) => b.events - a.events || byCodePoint(a.key, b.key))
    .slice(0, MOST_NAMES);
}

function joinedEntry(a: Entry, b: Entry): Entry | undefined {
  if (a.key !== b.key) return undefined;
  return {
    key: a.key,
    events: a.events + b.events,
    first: least(a.first, b.first),
    last: most(a.last, b.last),
  };
}

/** A text that is equal for calls that are counted together. It sorts as the text in the statement does (`statement/calls.ts`). */
export function callKey(call: CallName): string {
  const { correction, errorCode, mutating, eventName, eventSource } = call;
  return JSON.stringify([correction, errorCode, mutating, eventName, eventSource]);
}

function isCorrection({ key }: Entry): boolean {
  return key.startsWith('[true,');
}

function nameOnly(key: string): string {
  const { eventName, eventSource } = nameIn(key);
  return JSON.stringify([eventName, eventSource]);
}

function nameIn(key: string): CallName {
  const [correction, errorCode, mutating, eventName, eventSource] = JSON.parse(key) as [
    boolean,
    string | null,
    boolean,
    string | null,
    string | null,
  ];
  return { correction, eventSource, eventName, mutating, errorCode };
}

/** A call of two rows that are counted together. */
export function bothCalls(a: Call | undefined, b: Call | undefined): Call | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return {
    ...a,
    first: least(a.first ?? null, b.first ?? null) ?? undefined,
    last: most(a.last ?? null, b.last ?? null) ?? undefined,
  };
}

function least(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : Math.min(a, b);
}

function most(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : Math.max(a, b);
}

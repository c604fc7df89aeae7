/** A state that was begun at least once and is not ended, as `Pairing` holds it. */
import type { Ending } from './endings.js';

export interface OpenState {
  /** Where its beginnings at an earlier instant than `at` are stored. */
  readonly older: number[];
  /** Those at the instant `at`. */
  readonly newer: number[];
  at: number;
  /** The finding that last began it. */
  finding: number;
  /** The keys of the parts of the resource that are in this state. Removing one ends it. */
  readonly parts: string[];
}

/** Begins a new instant for the state. */
export function settle(open: OpenState, now: number): void {
  if (open.at === now) return;
  for (const slot of open.newer) open.older.push(slot);
  open.newer.length = 0;
  open.at = now;
}

/** Whether the state was there before this instant. */
export function isOlder({ at, older }: OpenState, now: number): boolean {
  return older.length > 0 || at < now;
}

/** A state whose resource has another name from now on. What stands there already is of something that had the name before. */
export function moved(open: OpenState, there: OpenState | undefined, now: number): OpenState {
  const target = there ?? { older: [], newer: [], at: now, finding: open.finding, parts: [] };
  settle(target, now);
  // As begun now: an end at this instant may be of what was there before.
  for (const slots of [open.older, open.newer]) for (const slot of slots) target.newer.push(slot);
  target.finding = open.finding;
  return target;
}

export interface OpenPlace {
  readonly key: string;
  readonly what: string;
}

export interface End extends OpenPlace {
  /** Without it, somebody takes the state back now. */
  readonly ending?: Ending;
}

/** A resource was deleted at this instant. */
export interface Removal {
  /** Whether it was there before, so that what begins now may be of a new resource with the same name. */
  isOld: boolean;
  /** The states of this instant that it ended. */
  readonly ended: Set<string>;
}

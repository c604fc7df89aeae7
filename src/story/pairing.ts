/**
 * Pairs opposite changes: one begins a state, a later one ends it or deletes the resource (`guard.ts`: what stays off then). Findings come in
 * the order of reports. Times are whole seconds, so the order within one instant means nothing: an end also ends what began then, if nothing is older.
 *
 * Never claims an end that did not happen. Where the order decides and is not known, the state counts as not ended.
 */
import type { State } from '../change/change.js';
import { DELETION } from '../change/request/subject.js';
import type { EndingEvent } from '../report/ending-event.js';
import type { Finding } from '../report/finding.js';
import { CARRIED_OUT, Endings, NOT_FOLLOWED, OPEN, PUT_BACK, type Ending } from './endings.js';
import { outlives } from './guard.js';
import {
  isOlder,
  moved,
  settle,
  type End,
  type OpenPlace,
  type OpenState,
  type Removal,
} from './open-state.js';
import { resourceKey, type PlacedFinding } from './place.js';
import { isPutBack } from './put-back.js';
import { distinct, keysOf, stateKey } from './state-key.js';

export type PairedFinding = PlacedFinding &
  Pick<Finding, 'outcome'> & {
    readonly change: Pick<
      NonNullable<Finding['change']>,
      'begins' | 'ends' | 'removes' | 'renames'
    > | null;
  };

export interface PairingLimits {
  /** States that are open at one time. */
  readonly open: number;
  /** The length of their texts together, in UTF-16 units. */
  readonly text: number;
  /** States that are begun. */
  readonly begun: number;
}

const LIMITS: PairingLimits = { open: 100_000, text: 16 * 1024 * 1024, begun: 1_000_000 };

const MOST_PARTS = 10;
const NO_FINDING = -1;

export class Pairing {
  readonly #limits: PairingLimits;
  /** By the key of the resource, then by `what`. */
  readonly #open = new Map<string, Map<string, OpenState>>();
  /** The states of each part, by the key of the part, then by the key of the state. */
  readonly #parts = new Map<string, Map<string, OpenPlace>>();
  #openStates = 0;
  #openText = 0;
  /** The beginnings of states that went on under another name. */
  #moves = 0;
  readonly #endings = new Endings();
  #now = NaN;
  /** What the finding that is taken ended by itself. */
  readonly #undone = new Set<string>();
  /** Ends at this instant that had nothing to end. */
  readonly #spareEnds = new Map<string, number>();
  /** Resources that were deleted at this instant. */
  readonly #removed = new Map<string, Removal>();

  constructor(limits: PairingLimits = LIMITS) {
    this.#limits = limits;
  }

  /**
   * Takes the next finding. `instant` is undefined for one without a time: it has no place in the order, so its states are
   * unknown. Gives the index of a finding whose state it ends.
   */
  add(finding: PairedFinding, instant: number | undefined): number | undefined {
    return this.#take(finding, instant, this.#endings.nextFinding());
  }

  /** Ends what an event ends that is no finding. It begins nothing. */
  end(event: EndingEvent): void {
    const { begins, removes } = event;
    const kept = keysOf(event, begins);
    const ends = event.ends.filter((state) =>
      [...keysOf(event, [state])].every((key) => !kept.has(key)),
    );
    const change = { begins, ends, removes };
    this.#take({ ...event, outcome: 'succeeded', change }, event.at, NO_FINDING);
  }

  #take(finding: PairedFinding, instant: number | undefined, index: number): number | undefined {
    const { change, outcome } = finding;
    if (change === null || outcome === 'failed' || instant === undefined) return undefined;
    this.#goTo(instant);
    this.#undone.clear();
    let partner: number | undefined;
    const spare: string[] = [];
    const ended: (OpenPlace & { readonly isOld: boolean })[] = [];
    for (const { resource, what } of distinct(change.ends)) {
      const key = resourceKey(finding, resource);
      const open = this.#open.get(key)?.get(what);
      if (open === undefined) spare.push(stateKey(key, what));
      else {
        partner ??= open.finding;
        this.#undone.add(stateKey(key, what));
        ended.push({ key, what, isOld: this.#end({ key, what }, open) });
      }
    }
    const removals = new Map<string, Removal>();
    const again = keysOf(finding, change.removes.length === 0 ? [] : change.begins);
    for (const id of change.removes) {
      const key = resourceKey(finding, id);
      const removal = this.#removed.get(key) ?? { isOld: false, ended: new Set() };
      // A deletion may say twice that the thing exists no longer.
      for (const one of ended)
        if (one.key === key)
          if (one.isOld) removal.isOld = true;
          else removal.ended.add(one.what);
      const began = [this.#remove(key, id, removal), this.#removePart(key, removal, again)];
      partner ??= began[0] ?? began[1];
      removals.set(key, removal);
    }
    for (const { resource, newResource } of change.renames ?? [])
      this.#rename(resourceKey(finding, resource), resourceKey(finding, newResource));
    for (const { resource, what } of change.begins)
      if (what === 'exists') this.#renew(resourceKey(finding, resource), resource);
    if (index !== NO_FINDING)
      for (const state of distinct(change.begins)) this.#begin(finding, state, index);
    // Only now: a change that replaces a state with an equal one does not end its own.
    for (const key of spare)
      if (this.#spareEnds.size < this.#limits.open)
        this.#spareEnds.set(key, (this.#spareEnds.get(key) ?? 0) + 1);
    for (const [key, removal] of removals)
      if (this.#removed.size < this.#limits.open) this.#removed.set(key, removal);
    return partner;
  }

  /** How the state of this number ended that a finding began. */
  endOf(finding: number, nth: number): Ending {
    return this.#endings.of(finding, nth);
  }

  #goTo(instant: number): void {
    if (instant === this.#now) return;
    this.#now = instant;
    this.#spareEnds.clear();
    this.#removed.clear();
  }

  #begin(finding: PlacedFinding, { resource, what, part }: State, index: number): void {
    if (this.#endings.states >= this.#limits.begun) return;
    const key = resourceKey(finding, resource);
    if (isPutBack(this.#undone, key, what)) {
      this.#endings.add(PUT_BACK);
      return;
    }
    const parts = part === undefined ? [] : [resourceKey(finding, part)];
    const states = this.#open.get(key);
    const open = states?.get(what);
    const already = open === undefined && this.#endedAlready(key, { resource, what });
    if (already !== false) {
      this.#endings.add(this.#endedNow(already === 'deleted' && what !== 'exists'));
      return;
    }
    const length = key.length + what.length;
    if (open === undefined && !this.#hasRoom(length)) {
      this.#endings.add(NOT_FOLLOWED);
      return;
    }
    const slot = this.#endings.add(OPEN);
    if (open !== undefined) {
      this.#addParts(open, parts, { key, what });
      settle(open, this.#now);
      open.newer.push(slot);
      open.finding = index;
      return;
    }
    const begun: OpenState = { older: [], newer: [slot], at: this.#now, finding: index, parts: [] };
    this.#put(key, what, begun);
    this.#addParts(begun, parts, { key, what });
  }

  #put(key: string, what: string, open: OpenState): void {
    this.#openStates += 1;
    this.#openText += key.length + what.length;
    const states = this.#open.get(key);
    if (states === undefined) this.#open.set(key, new Map([[what, open]]));
    else states.set(what, open);
  }

  /** How an end at this instant ended it, which stands before in the order of reports and may come after. */
  #endedAlready(key: string, { resource, what }: State): 'ended' | 'deleted' | false {
    const state = stateKey(key, what);
    const spare = this.#spareEnds.get(state) ?? 0;
    if (spare > 0) {
      this.#spareEnds.set(state, spare - 1);
      return 'ended';
    }
    const removal = this.#removed.get(key);
    if (removal === undefined || removal.isOld || removal.ended.has(what)) return false;
    if (outlives(resource, what)) return false;
    removal.ended.add(what);
    return 'deleted';
  }

  /** What waits to be deleted lets no other thing have its name: one that is made now has it because the old one is gone. */
  #renew(key: string, resource: string): void {
    const waiting = this.#open.get(key)?.get(DELETION);
    if (waiting === undefined) return;
    settle(waiting, this.#now);
    if (waiting.older.length > 0) this.#remove(key, resource, { isOld: false, ended: new Set() });
  }

  /** A state that is begun again and again has no end of parts; the first ones are kept. */
  #addParts(open: OpenState, parts: readonly string[], place: OpenPlace): void {
    for (const part of parts)
      if (open.parts.length < MOST_PARTS) {
        const places = this.#parts.get(part) ?? new Map<string, OpenPlace>();
        this.#parts.set(part, places.set(stateKey(place.key, place.what), place));
        open.parts.push(part);
        this.#openText += part.length;
      }
  }

  #hasRoom(length: number): boolean {
    const { open, text } = this.#limits;
    return this.#openStates < open && this.#openText + length <= text;
  }

  #endedNow(isDeletion: boolean): Ending {
    return { kind: 'ended', at: this.#now, isDeletion };
  }

  /** Ends a state: what is older than this instant; if nothing is, one beginning at this instant. Says whether it was older. */
  #end({ key, what, ending = this.#endedNow(false) }: End, open: OpenState): boolean {
    settle(open, this.#now);
    const isOld = open.older.length > 0;
    for (const slot of isOld ? open.older.splice(0) : open.newer.splice(0, 1))
      this.#endings.set(slot, ending);
    if (open.newer.length === 0) this.#forget(key, what);
    return isOld;
  }

  /** Ends the states of a resource, except that it was switched off. Gives the finding that began the first of them. */
  #remove(key: string, resource: string, removal: Removal): number | undefined {
    let partner: number | undefined;
    for (const [what, open] of this.#open.get(key) ?? []) {
      partner ??= open.finding;
      const ending = what === DELETION ? CARRIED_OUT : this.#endedNow(what !== 'exists');
      if (outlives(resource, what)) removal.isOld ||= isOlder(open, this.#now);
      else if (this.#end({ key, what, ending }, open)) removal.isOld = true;
      else removal.ended.add(what);
    }
    return partner;
  }

  /** Ends the states of a part of a resource, but for one that goes on. Gives the finding that began one of them. */
  #removePart(part: string, removal: Removal, again: ReadonlySet<string>): number | undefined {
    let partner: number | undefined;
    for (const [state, { key, what }] of this.#parts.get(part) ?? []) {
      const open = this.#open.get(key)?.get(what);
      if (open === undefined || again.has(state)) continue;
      partner ??= open.finding;
      if (this.#end({ key, what }, open)) removal.isOld = true;
      else removal.ended.add(what);
    }
    return partner;
  }

  /** From now on the states of a resource are those of its new name. Renames in a circle have no end, so the work is limited. */
  #rename(from: string, to: string): void {
    if (from === to) return;
    for (const [what, open] of this.#open.get(from) ?? []) {
      this.#moves += open.older.length + open.newer.length;
      if (this.#moves > this.#limits.begun) return;
      this.#forget(from, what);
      const there = this.#open.get(to)?.get(what);
      const state = moved(open, there, this.#now);
      if (there === undefined) this.#put(to, what, state);
      this.#addParts(state, open.parts, { key: to, what });
    }
  }

  #forget(key: string, what: string): void {
    const states = this.#open.get(key);
    const open = states?.get(what);
    if (states === undefined || open === undefined) return;
    states.delete(what);
    for (const part of open.parts) {
      const places = this.#parts.get(part);
      places?.delete(stateKey(key, what));
      if (places?.size === 0) this.#parts.delete(part);
      this.#openText -= part.length;
    }
    this.#openStates -= 1;
    this.#openText -= key.length + what.length;
    if (states.size === 0) this.#open.delete(key);
  }
}

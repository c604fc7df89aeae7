/**
 * Keys of sessions that were used from two addresses, or elsewhere than where they were issued: somebody may have taken the key from
 * the machine to which it was given.
 */
import type { KeyLink } from '../../../change/actor/issued-key.js';
import { isAddress, isInsideNetwork } from '../../../network/addresses.js';
import type { Finding } from '../../../report/finding.js';

/** Only a hostile log has more. */
const MOST_KEYS = 50_000;
const MOST_ROLES = 2000;
const MOST_MOVES = 64;

export interface Wandering {
  readonly key: string;
  readonly from: string;
  /** Whether the key was issued there, and not used. */
  readonly isIssued: boolean;
  readonly to: string;
  readonly eventID: string | null;
}

/** By key of a session: where it was issued, and what is known against it from the calls that issued keys. */
export interface Issued {
  readonly places: ReadonlyMap<string, string>;
  readonly wandering: ReadonlyMap<string, readonly Wandering[]>;
}

/** What a key issues after it has wandered is in the same hands. `links` are in order of time. */
export function issuedTo(links: readonly KeyLink[]): Issued {
  const places = new Map<string, string>();
  const wandering = new Map<string, readonly Wandering[]>();
  const uses = new Map<string, string>();
  for (const { by, issued, address, eventID } of links) {
    const to = address ?? '';
    if (!isAddress(to)) continue;
    const key = by.accessKey;
    if (key !== null) {
      const use = { key, to, eventID };
      const went = wentTo(use, { issuedAt: places.get(key), usedAt: uses.get(key) });
      const moves = withMoves(wandering.get(key) ?? [], went === undefined ? [] : [went]);
      if (!uses.has(key)) uses.set(key, to);
      if (moves.length > 0) for (const one of [key, issued.accessKey]) wandering.set(one, moves);
    }
    places.set(issued.accessKey, to);
  }
  return { places, wandering };
}

/** Each way from one address to another once: a harmless one must not hide the next. */
function withMoves(known: readonly Wandering[], more: readonly Wandering[]): readonly Wandering[] {
  const others = more.filter(
    ({ from, to }) => !known.some((one) => one.from === from && one.to === to),
  );
  return others.length === 0 ? known : [...known, ...others].slice(0, MOST_MOVES);
}

interface Before {
  readonly issuedAt: string | undefined;
  /** Its first use. */
  readonly usedAt: string | undefined;
}

/** Undefined if the key is where it was before. */
function wentTo(
  use: Pick<Wandering, 'key' | 'to' | 'eventID'>,
  { issuedAt, usedAt }: Before,
): Wandering | undefined {
  const { to } = use;
  if (usedAt !== undefined && usedAt !== to) return { ...use, from: usedAt, isIssued: false };
  // A machine may reach AWS by a private address for one service, and by a public one for another.
  const isElsewhere =
    issuedAt !== undefined && issuedAt !== to && isInsideNetwork(issuedAt) === isInsideNetwork(to);
  return isElsewhere ? { ...use, from: issuedAt, isIssued: true } : undefined;
}

export class KeyPlaces {
  readonly #issued: Issued;
  readonly #first = new Map<string, string>();
  readonly #wandering = new Map<string, readonly Wandering[]>();
  #isFull = false;

  constructor(issued: Issued) {
    this.#issued = issued;
  }

  /** Adds a use of a key by a role. Gives whether the key was elsewhere before. */
  add(
    role: string,
    { actor, sourceIPAddress, eventID }: Pick<Finding, 'actor' | 'sourceIPAddress' | 'eventID'>,
  ): boolean {
    const { accessKey: key, via } = actor;
    const to = sourceIPAddress ?? '';
    if (key === null || via !== null || !isAddress(to)) return false;
    const name = JSON.stringify([role, key]);
    const usedAt = this.#first.get(name);
    if (usedAt === undefined && this.#first.size < MOST_KEYS) this.#first.set(name, to);
    else if (usedAt === undefined) this.#isFull = true;
    const issuedAt = this.#issued.places.get(key);
    const went = wentTo({ key, to, eventID }, { issuedAt, usedAt });
    const moves = withMoves(
      this.#issued.wandering.get(key) ?? [],
      went === undefined ? [] : [went],
    );
    if (moves.length === 0) return false;
    const known = this.#wandering.get(role);
    if (known !== undefined || this.#wandering.size < MOST_ROLES)
      this.#wandering.set(role, withMoves(known ?? [], moves));
    return true;
  }

  /** Whether there were too many keys to look at all. */
  get isFull(): boolean {
    return this.#isFull;
  }

  /** By role: its keys that were elsewhere before, the first one of each two addresses. */
  get wandering(): ReadonlyMap<string, readonly Wandering[]> {
    return this.#wandering;
  }
}

/** One sentence, with the key and the event that shows it. */
export function wanderingText({ key, from, isIssued, to, eventID }: Wandering): string {
  const went = isIssued
    ? `was issued to ${from} and used from ${to}`
    : `was used from ${from} and then from ${to}`;
  return `a key of a session (${key}) ${went} (event ${eventID ?? 'without an ID'})`;
}

/** Keys of sessions that were used from two addresses: somebody may have taken the key from the machine to which it was given. */
import { isAddress } from '../../text/addresses.js';
import type { Finding } from '../../report/finding.js';

/** Only a hostile log has more. */
const MOST_KEYS = 50_000;
const MOST_ROLES = 2000;

export interface Wandering {
  readonly key: string;
  readonly from: string;
  readonly to: string;
  readonly eventID: string | null;
}

export class KeyPlaces {
  readonly #first = new Map<string, string>();
  readonly #wandering = new Map<string, Wandering>();
  #isFull = false;

  /** Adds a use of a key by a role. Gives whether the key was used from another address before. */
  add(
    role: string,
    { actor, sourceIPAddress, eventID }: Pick<Finding, 'actor' | 'sourceIPAddress' | 'eventID'>,
  ): boolean {
    const { accessKey: key, via } = actor;
    const address = sourceIPAddress ?? '';
    if (key === null || via !== null || !isAddress(address)) return false;
    const name = JSON.stringify([role, key]);
    const before = this.#first.get(name);
    if (before === undefined) {
      if (this.#first.size < MOST_KEYS) this.#first.set(name, address);
      else this.#isFull = true;
      return false;
    }
    if (before === address) return false;
    if (!this.#wandering.has(role) && this.#wandering.size < MOST_ROLES)
      this.#wandering.set(role, { key, from: before, to: address, eventID });
    return true;
  }

  /** Whether there were too many keys to look at all. */
  get isFull(): boolean {
    return this.#isFull;
  }

  /** By role: the first of its keys that was used from two addresses. */
  get wandering(): ReadonlyMap<string, Wandering> {
    return this.#wandering;
  }
}

export function wanderingText({ key, from, to, eventID }: Wandering): string {
  return `a key of a session (${key}) was used from ${from} and then from ${to} (event ${eventID ?? 'without an ID'})`;
}

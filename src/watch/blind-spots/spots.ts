/** Pairs what switches logs off with what switches them on again. */
import type { BlindSpotCause } from '../../report/completeness/completeness.js';
import type { Watched } from '../watched.js';

/** Whose logs are concerned: the account's alone, those of all accounts of its organization, or of these perhaps. */
export type Reach = 'own account' | 'organization' | 'perhaps organization';

/** A blind spot, before it is known whether there are records in between. */
export interface Spot {
  readonly cause: BlindSpotCause;
  readonly account: string | null;
  readonly region: string | null;
  readonly target: string;
  /** Undefined where it began before the logs that were read. */
  readonly begin: Watched | undefined;
  /** Undefined where nothing in these logs ended it. */
  readonly end: Watched | undefined;
  readonly unseen: string;
  readonly reach: Reach;
  /** When it was over, where no call undid it. */
  readonly until?: number | undefined;
  /** The keys of log files that were deleted. */
  readonly deleted?: readonly string[];
  /** Records of the account in the hour before its end show that there was none. */
  readonly mayBeNone?: true;
}

export class Spots {
  readonly #open = new Map<string, Spot>();
  readonly #closed: Spot[] = [];

  /** Begins a spot, unless it has begun: who switches off what is off changes nothing. */
  begin(key: string, spot: Omit<Spot, 'end'>): void {
    if (!this.#open.has(key)) this.#open.set(key, { ...spot, end: undefined });
  }

  isOpen(key: string): boolean {
    return this.#open.has(key);
  }

  end(key: string, end: Watched): void {
    const spot = this.#open.get(key);
    if (spot === undefined) return;
    this.#open.delete(key);
    this.#closed.push({ ...spot, end });
  }

  /** Of something that was off when the logs begin. */
  endedOnly(spot: Omit<Spot, 'begin'>): void {
    this.#closed.push({ ...spot, begin: undefined });
  }

  all(): readonly Spot[] {
    return [...this.#closed, ...this.#open.values()];
  }
}

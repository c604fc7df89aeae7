/** How the states ended that findings began. Each is packed into a number, so that a million of them fit into memory. */

export type Ending =
  | {
      readonly kind: 'ended';
      readonly at: number;
      /** Whether with its resource, and not because somebody took it back. That something exists is taken back by its deletion. */
      readonly isDeletion: boolean;
    }
  /** Its end was not seen. */
  | { readonly kind: 'open' }
  /** A deletion that waited was carried out: nobody undid it. */
  | { readonly kind: 'carried out' }
  /** Nothing began: the change only ended the opposite state. */
  | { readonly kind: 'put back' }
  | { readonly kind: 'not followed' };

export const OPEN: Ending = { kind: 'open' };
export const CARRIED_OUT: Ending = { kind: 'carried out' };
export const PUT_BACK: Ending = { kind: 'put back' };
export const NOT_FOLLOWED: Ending = { kind: 'not followed' };

/** Instants are whole milliseconds, so none of these is an instant. */
const CODES = { open: 0.1, 'carried out': 0.2, 'put back': 0.3, 'not followed': NaN } as const;

export class Endings {
  /** For each finding: where its first state is stored. */
  readonly #first: number[] = [];
  readonly #ended: number[] = [];
  readonly #deleted = new Set<number>();

  /** Begins the next finding. Gives its index. */
  nextFinding(): number {
    return this.#first.push(this.#ended.length) - 1;
  }

  /** How many states were begun. */
  get states(): number {
    return this.#ended.length;
  }

  /** Adds a state to the last finding. Gives where it is stored. */
  add(ending: Ending): number {
    const slot = this.#ended.length;
    this.#ended.push(NaN);
    this.set(slot, ending);
    return slot;
  }

  set(slot: number, ending: Ending): void {
    this.#ended[slot] = ending.kind === 'ended' ? ending.at : CODES[ending.kind];
    if (ending.kind === 'ended' && ending.isDeletion) this.#deleted.add(slot);
  }

  /** Of the state of this number that a finding began. */
  of(finding: number, nth: number): Ending {
    const slot = (this.#first[finding] ?? Infinity) + nth;
    if (slot >= (this.#first[finding + 1] ?? this.#ended.length)) return NOT_FOLLOWED;
    const at = this.#ended[slot];
    if (at === undefined || Number.isNaN(at)) return NOT_FOLLOWED;
    switch (at) {
      case CODES.open:
        return OPEN;
      case CODES['carried out']:
        return CARRIED_OUT;
      case CODES['put back']:
        return PUT_BACK;
      default:
        return { kind: 'ended', at, isDeletion: this.#deleted.has(slot) };
    }
  }
}

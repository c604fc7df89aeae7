/** Documents that are little more than a list of records, which is cut out of them element by element. */

import type { Place } from './unit.js';

/** What the elements of an envelope's list are. */
export type EnvelopeKind = 'record' | 'lookup' | 'skipped';

const LISTS: readonly { readonly key: Buffer; readonly kind: EnvelopeKind }[] = [
  { key: Buffer.from('Records'), kind: 'record' },
  { key: Buffer.from('Events'), kind: 'lookup' },
  // Of a digest and of an AWS Config snapshot: no events, and perhaps very long.
  { key: Buffer.from('logFiles'), kind: 'skipped' },
  { key: Buffer.from('configurationItems'), kind: 'skipped' },
];

/** What the elements of the list under a key are, or undefined where the list is like any other value. */
export function envelopeKind(key: Buffer | undefined): EnvelopeKind | undefined {
  return key && LISTS.find((list) => list.key.equals(key))?.kind;
}

/** An envelope without the elements of its lists: a value like any other, to be recognised. */
export class Shell {
  size = 0;
  /** Where the envelope stood. */
  place: Place = 'document';
  #pieces: Buffer[] = [];

  get isEmpty(): boolean {
    return this.#pieces.length === 0;
  }

  add(piece: Buffer, place: Place): void {
    this.place = place;
    this.#pieces.push(Buffer.from(piece));
    this.size += piece.length;
  }

  drop(): void {
    this.#pieces = [];
    this.size = 0;
  }

  close(last: Buffer): Buffer {
    const whole = Buffer.concat([...this.#pieces, last]);
    this.drop();
    return whole;
  }
}

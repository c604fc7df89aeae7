/** Bytes that are not yet done with: a stream's pieces joined where a unit spans them, without copying what need not be. */
export class Pending {
  /** The bytes at hand. Positions in it hold until the next `append`. */
  bytes: Buffer = Buffer.alloc(0);
  private store: Buffer = Buffer.alloc(0);
  private used = 0;

  /** Adds a piece and forgets everything before `from`; gives by how much positions have moved down. */
  append(piece: Buffer, from: number): number {
    const kept = Math.max(this.bytes.length - from, 0);
    if (kept === 0) {
      const moved = this.bytes.length;
      this.bytes = piece;
      this.used = 0;
      return moved;
    }
    this.keep(from, kept, kept + piece.length);
    piece.copy(this.store, kept);
    this.used = kept + piece.length;
    this.bytes = this.store.subarray(0, this.used);
    return from;
  }

  /** Moves the kept bytes to the front of a store with room for `needed`. */
  private keep(from: number, kept: number, needed: number): void {
    const own = this.used > 0;
    if (own && this.store.length >= needed) {
      if (from > 0) this.store.copyWithin(0, from, from + kept);
      return;
    }
    // Doubling keeps the copying linear however large one unit is.
    const store = Buffer.allocUnsafe(Math.max(needed, 2 * kept));
    this.bytes.copy(store, 0, from, from + kept);
    this.store = store;
  }
}

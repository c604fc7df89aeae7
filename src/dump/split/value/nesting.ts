/** The brackets that are open at a position of a JSON text. */

/** Deeper values are reported and skipped: no record of AWS comes near this depth, and functions for JSON overflow. */
export const MAX_DEPTH = 1000;
/** A skipped value that nests deeper than this is given up, so that memory stays bounded. */
const MAX_SKIPPED_DEPTH = 1 << 24;

export const LIST = 0;
export const OBJECT = 1;

export class Nesting {
  /** What each open bracket begins, `LIST` or `OBJECT`, from the outermost. */
  kinds = new Uint8Array(MAX_DEPTH + 1);

  /** Notes a bracket that opens inside `depth` others. Returns false if that is too deep. */
  open(depth: number, kind: number): boolean {
    if (depth >= MAX_SKIPPED_DEPTH) return false;
    if (depth >= this.kinds.length) {
      const larger = new Uint8Array(2 * this.kinds.length);
      larger.set(this.kinds);
      this.kinds = larger;
    }
    this.kinds[depth] = kind;
    return true;
  }
}

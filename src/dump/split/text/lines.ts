/**
 * Collects the text outside of JSON values and passes it on in pieces, whose borders do not depend on how the file was read.
 * Pieces overlap, so that an event in lines of its own is whole in one of them.
 */
import type { TextPiece } from '../candidate.js';

/** In bytes. Of a longer line, only the beginning is kept. */
const PIECE = 64 << 10;
const OVERLAP = 16 << 10;

interface Place {
  readonly line: number;
  /** Of the next value, or of the broken one. */
  readonly number: number;
}

export class TextLines {
  readonly #pieces: TextPiece[] = [];
  #lines: { readonly at: Place; readonly text: string }[] = [];
  #length = 0;
  /** How much of the collected text was in the piece before. */
  #overlap = 0;
  #broken: Buffer[] = [];
  #brokenLength = 0;

  /** Adds text that is no value. */
  add(bytes: Buffer, at: Place): void {
    if (bytes.length === 0) return;
    const text = bytes.toString('utf8', 0, PIECE);
    if (text.trim() === '') return;
    this.#lines.push({ at, text });
    this.#length += text.length;
    if (this.#length < PIECE) return;
    this.flush();
    let first = this.#lines.length;
    for (let kept = 0; first > 0; first--) {
      kept += this.#lines[first - 1]?.text.length ?? 0;
      if (kept > OVERLAP) break;
    }
    this.#lines = this.#lines.slice(first);
    this.#length = this.#lines.reduce((sum, { text: one }) => sum + one.length, 0);
    this.#overlap = this.#length;
  }

  /** Adds bytes of a broken value. */
  addBroken(bytes: Buffer): void {
    const kept = bytes.subarray(0, PIECE - this.#brokenLength);
    if (kept.length === 0) return;
    this.#broken.push(Buffer.from(kept));
    this.#brokenLength += kept.length;
  }

  /** Makes a piece of the broken value. */
  endBroken({ line, number }: Place): void {
    const text = Buffer.concat(this.#broken).toString();
    this.#broken = [];
    this.#brokenLength = 0;
    if (text !== '') this.#pieces.push({ kind: 'text', line, number, text, isBroken: true });
  }

  /** Makes a piece of the text so far. */
  flush(): void {
    const [first] = this.#lines;
    if (first === undefined || this.#length === this.#overlap) return;
    const text = this.#lines.map((one) => one.text).join('');
    this.#pieces.push({ kind: 'text', ...first.at, text, isBroken: false });
    this.#overlap = this.#length;
  }

  /** The next piece. */
  take(): TextPiece | undefined {
    return this.#pieces.shift();
  }
}

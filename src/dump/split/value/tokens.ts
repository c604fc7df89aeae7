/** Checks the tokens that the scanner passes over quickly: escapes in strings, numbers and literals. */
import { ESCAPE, HEX, U } from '../bytes.js';

// How far an escape is: not begun, the byte after the backslash is due, or the first to the fourth hexadecimal digit.
const NONE = 0;
const AFTER_BACKSLASH = 1;
const FIRST_DIGIT = 2;
const LAST_DIGIT = 5;

/** An escape in a string, which may span chunks. */
export class Escape {
  #state = NONE;

  get isOpen(): boolean {
    return this.#state !== NONE;
  }

  reset(): void {
    this.#state = NONE;
  }

  /** After a backslash. */
  begin(): void {
    this.#state = AFTER_BACKSLASH;
  }

  /** Takes the next byte of the escape. Returns whether it is allowed there. */
  take(byte: number): boolean {
    if (this.#state === AFTER_BACKSLASH) {
      this.#state = byte === U ? FIRST_DIGIT : NONE;
      return ESCAPE[byte] === 1;
    }
    if (HEX[byte] === 1) {
      this.#state = this.#state === LAST_DIGIT ? NONE : this.#state + 1;
      return true;
    }
    this.#state = NONE;
    return false;
  }
}

/** Longer numbers are left to `JSON.parse`. In bytes. */
const MAX_LENGTH = 400;
const VALID = /^(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)$/;

/** Whether these bytes are known to be a number, `true`, `false` or `null`. */
export function isNumberOrLiteral(bytes: Buffer, from: number, to: number): boolean {
  return to - from <= MAX_LENGTH && VALID.test(bytes.toString('latin1', from, to));
}

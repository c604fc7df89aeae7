/**
 * Finds where to continue after a break: at the first line that begins with a bracket, either in the first column or as far
 * indented as the broken value (in a pretty-printed list, that is the next record). Works across chunks.
 */
import { afterBlanks, NEWLINE, OPEN_LIST, OPEN_OBJECT, SPACE, TAB } from './bytes.js';

/**
 * After a break, reading continues inside the broken value if possible, so that its bytes are read again. A file may have
 * as many bytes read again as it has, plus this many; after that, reading continues behind the break.
 */
export const MAX_REREAD = 256 << 20;

export class Recovery {
  /** How much white space the current line has begun with; -1 after anything else. */
  indent = -1;

  /** The indentation of the line that the broken value began on. */
  #valueIndent = 0;
  #mayReread: number;

  /** `maxReread`: see `MAX_REREAD`. */
  constructor(maxReread: number) {
    this.#mayReread = maxReread;
  }

  begin(valueIndent: number): void {
    this.indent = -1;
    this.#valueIndent = valueIndent;
  }

  /** Counts bytes that were read for the first time. */
  countRead(length: number): void {
    this.#mayReread += length;
  }

  /** Whether this many bytes may be read again. A limit keeps the time linear in the length of the file. */
  mayReread(length: number): boolean {
    if (length > this.#mayReread) return false;
    this.#mayReread -= length;
    return true;
  }

  /** The position of the bracket that begins the next value, or `end` if there is none. */
  find(bytes: Buffer, from: number, end: number): number {
    let pos = from;
    while (pos < end) {
      if (this.indent < 0) {
        const newline = bytes.indexOf(NEWLINE, pos);
        if (newline < 0 || newline >= end) return end;
        pos = newline + 1;
        this.indent = 0;
        continue;
      }
      const byte = bytes[pos];
      if (byte === OPEN_OBJECT || byte === OPEN_LIST) {
        if (this.indent === 0 || this.indent === this.#valueIndent) return pos;
        this.indent = -1;
      } else if (byte === NEWLINE) this.indent = 0;
      else if (byte === SPACE || byte === TAB) {
        const after = afterBlanks(bytes, pos, end);
        this.indent += after - pos;
        pos = after;
        continue;
      } else this.indent = -1;
      pos++;
    }
    return end;
  }
}

/** Whether a line between two positions begins with a bracket. */
export function hasLineWithValue(bytes: Buffer, from: number, to: number): boolean {
  return ['\n{', '\n['].some((start) => {
    const at = bytes.indexOf(start, from);
    return at >= 0 && at < to;
  });
}

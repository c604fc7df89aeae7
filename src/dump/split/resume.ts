/**
 * Where reading goes on behind a break: the first line that begins with a bracket, or that begins as deep as the
 * broken value's own line did (a pretty-printed list has its records there). Works across chunks.
 */
import { NEWLINE, OPEN_LIST, OPEN_OBJECT, SPACE, TAB } from './bytes.js';

/**
 * Bytes that may be read again after breaks, besides as many as were read: beyond these, reading goes on behind a break
 * instead of inside it.
 */
const MAX_REREAD = 256 << 20;

export class Resume {
  /** White space seen since the line began; -1 within a line. */
  blanks = -1;

  #indent = 0;
  #mayReread = MAX_REREAD;

  begin(indent: number): void {
    this.blanks = -1;
    this.#indent = indent;
  }

  /** As many bytes were read. */
  read(length: number): void {
    this.#mayReread += length;
  }

  /** Whether as many bytes may be read again: no file may make reading it quadratic. */
  mayReread(length: number): boolean {
    if (length > this.#mayReread) return false;
    this.#mayReread -= length;
    return true;
  }

  /** The position of the bracket that begins the next value, or `end`. */
  find(bytes: Buffer, from: number, end: number): number {
    let pos = from;
    while (pos < end) {
      if (this.blanks < 0) {
        const newline = bytes.indexOf(NEWLINE, pos);
        if (newline < 0 || newline >= end) return end;
        pos = newline + 1;
        this.blanks = 0;
        continue;
      }
      const byte = bytes[pos];
      if (byte === OPEN_OBJECT || byte === OPEN_LIST) {
        if (this.blanks === 0 || this.blanks === this.#indent) return pos;
        this.blanks = -1;
      } else if (byte === NEWLINE) this.blanks = 0;
      else if (byte === SPACE || byte === TAB) this.blanks++;
      else this.blanks = -1;
      pos++;
    }
    return end;
  }
}

/** How many lines begin in a stretch of bytes. */
export function countLines(bytes: Buffer, from: number, to: number): number {
  let lines = 0;
  for (let pos = bytes.indexOf(NEWLINE, from); pos >= 0 && pos < to; lines++)
    pos = bytes.indexOf(NEWLINE, pos + 1);
  return lines;
}

/** Whether a line in a stretch of bytes begins a value. */
export function holdsValues(bytes: Buffer, from: number, to: number): boolean {
  return ['\n{', '\n['].some((start) => {
    const at = bytes.indexOf(start, from);
    return at >= 0 && at < to;
  });
}

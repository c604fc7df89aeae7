/** Where a text is read: the number of the line, and the white space that the line has begun with. */
import { afterBlanks, NEWLINE, RETURN, SPACE, TAB } from './bytes.js';

/** A place in a text, as far as its line tells. */
export interface LinePlace {
  /** The number of the line, from 1. */
  readonly number: number;
  /** How many spaces and tabs the line has before the place; -1 if the line also has other text there. */
  readonly indent: number;
}

export class CurrentLine implements LinePlace {
  number = 1;
  indent = 0;

  get place(): LinePlace {
    return { number: this.number, indent: this.indent };
  }

  /** Passes white space. Gives the position of the first other byte, or `end`. */
  passSpace(bytes: Buffer, from: number, end: number): number {
    let at = from;
    while (at < end) {
      const byte = bytes[at];
      if (byte === SPACE || byte === TAB) {
        const after = afterBlanks(bytes, at, end);
        if (this.indent >= 0) this.indent += after - at;
        at = after;
        continue;
      }
      if (byte === NEWLINE) {
        this.number++;
        this.indent = 0;
      } else if (byte !== RETURN) return at;
      at++;
    }
    return end;
  }

  /** Passes text. Lines may end in it. Its last line must have more than white space. */
  passText(bytes: Buffer, from: number, to: number): void {
    this.number += countLines(bytes, from, to);
    this.indent = -1;
  }
}

/** How many line feeds are between two positions. */
export function countLines(bytes: Buffer, from: number, to: number): number {
  let lines = 0;
  for (let pos = bytes.indexOf(NEWLINE, from); pos >= 0 && pos < to; lines++)
    pos = bytes.indexOf(NEWLINE, pos + 1);
  return lines;
}

/** A position in a regular expression, for reading on and for errors. */
import { HuntError, type SourcePosition } from '../../errors.js';
import { truncate } from '../../text/width.js';

/** In columns. A list, or a parameter, may have many expressions, so an error quotes the one that it is about. */
const LONGEST_QUOTE = 60;

export class Cursor {
  private next = 0;
  private readonly source: string;
  private readonly at: SourcePosition | undefined;

  constructor(source: string, at: SourcePosition | undefined) {
    this.source = source;
    this.at = at;
  }

  get rest(): string {
    return this.source.slice(this.next);
  }

  get atEnd(): boolean {
    return this.next >= this.source.length;
  }

  take(text: string): boolean {
    const found = this.source.startsWith(text, this.next);
    if (found) this.next += text.length;
    return found;
  }

  /** `length` is in UTF-16 units. */
  skip(length: number): void {
    this.next += length;
  }

  /** Throws a HuntError: the construct at this position is not supported. */
  fail(construct: string, advice = 'hunt supports only what both engines read alike'): never {
    throw new HuntError(
      'RULE',
      `regular expression ${JSON.stringify(truncate(this.source, LONGEST_QUOTE))}, character ${this.next + 1}: ${construct} is not supported: ${advice}`,
      this.at === undefined ? {} : { at: this.at },
    );
  }
}

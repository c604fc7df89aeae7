/**
 * Just enough of JSON's grammar to notice a text that was cut short: which token may follow which, and which bracket
 * closes which. What passes is then parsed in full.
 */
export const QUOTE = 0x22;
export const BACKSLASH = 0x5c;
export const COMMA = 0x2c;
export const COLON = 0x3a;
export const OPEN_BRACE = 0x7b;
export const CLOSE_BRACE = 0x7d;
export const OPEN_BRACKET = 0x5b;
export const CLOSE_BRACKET = 0x5d;
export const LINE_FEED = 0x0a;

/** How deep brackets are told apart. */
const MAX_DEPTH = 1000;

/** What the last token was: an opening bracket, comma or colon by its byte, else one of these. */
const NOTHING = 0;
const VALUE = 1;
const SCALAR = 2;

export class Tokens {
  /** How many brackets are open. */
  depth = 0;
  deepest = 0;
  private last = NOTHING;
  private readonly brackets = new Uint8Array(MAX_DEPTH);

  /** Before a value; or, inside an object, before its next key. */
  reset(insideObject: boolean): void {
    this.depth = insideObject ? 1 : 0;
    this.deepest = this.depth;
    this.brackets[0] = OPEN_BRACE;
    this.last = insideObject ? COMMA : NOTHING;
  }

  /** Whether a whole value has been read. */
  get isComplete(): boolean {
    return this.depth === 0 && this.last === VALUE;
  }

  /** Whether a number or word by itself ends before this byte. */
  endsBefore(byte: number): boolean {
    return this.depth === 0 && this.last === SCALAR && (byte === COMMA || byte === CLOSE_BRACKET);
  }

  /** Whether the innermost bracket is the outermost brace: where an envelope's keys stand. */
  get inOuterObject(): boolean {
    return this.depth === 1 && this.brackets[0] === OPEN_BRACE;
  }

  private get wantsValue(): boolean {
    return (
      this.last === COMMA ||
      this.last === COLON ||
      this.last === OPEN_BRACKET ||
      this.last === NOTHING
    );
  }

  /** Whether the value of a key is what comes next. */
  get wantsMember(): boolean {
    return this.last === COLON;
  }

  /** Whether a key is what comes next. */
  get wantsKey(): boolean {
    return this.last === OPEN_BRACE || this.last === COMMA;
  }

  /** A string begins; gives a reason where none can stand. */
  string(): string | undefined {
    if (!this.wantsValue && this.last !== OPEN_BRACE) return 'a string where none can stand';
    this.last = VALUE;
    return undefined;
  }

  open(byte: number): string | undefined {
    if (!this.wantsValue) return 'a bracket where none can stand';
    if (this.depth < MAX_DEPTH) this.brackets[this.depth] = byte;
    this.depth += 1;
    if (this.depth > this.deepest) this.deepest = this.depth;
    this.last = byte;
    return undefined;
  }

  close(byte: number): string | undefined {
    const open = byte === CLOSE_BRACE ? OPEN_BRACE : OPEN_BRACKET;
    if (this.depth === 0) return 'a bracket too many';
    if (this.depth <= MAX_DEPTH && this.brackets[this.depth - 1] !== open)
      return 'brackets that do not match';
    if (this.last === COMMA || this.last === COLON) return 'a value is missing';
    this.depth -= 1;
    this.last = VALUE;
    return undefined;
  }

  /** A comma or colon. */
  separator(byte: number): string | undefined {
    if (this.wantsValue || this.last === OPEN_BRACE) return 'a value is missing';
    this.last = byte;
    return undefined;
  }

  /** A byte of a number or a word. */
  scalar(): string | undefined {
    if (this.last === SCALAR) return undefined;
    if (!this.wantsValue) return 'something where nothing can stand';
    this.last = SCALAR;
    return undefined;
  }

  /** White space: a word does not go on after it. */
  space(): void {
    if (this.last === SCALAR) this.last = VALUE;
  }
}

/** White space of JSON, and the record separator of JSON text sequences. */
export function isSpace(byte: number): boolean {
  return byte === 0x20 || byte === LINE_FEED || byte === 0x0d || byte === 0x09 || byte === 0x1e;
}

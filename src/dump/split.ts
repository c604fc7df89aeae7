/**
 * Cuts a stream of JSON text into the units that may be events: documents one after the other, the elements of lists,
 * and the elements of the lists in envelopes such as `{"Records": […]}`, however large the whole is. It keeps no more
 * than one unit in memory. What is broken is named, and reading goes on at the next line that begins a document after
 * the broken unit's start.
 */
import { Pending } from './pending.js';
import * as token from './tokens.js';

export type ListKind = 'list' | 'Records' | 'Events' | 'digest' | 'AWS Config';

/** The lists that are worth streaming, by the key they stand under in a document. */
const ENVELOPES: ReadonlyMap<string, ListKind> = new Map([
  ['Records', 'Records'],
  ['Events', 'Events'],
  ['logFiles', 'digest'],
  ['configurationItems', 'AWS Config'],
]);
const LONGEST_KEY = 'configurationItems'.length;

export interface SplitSink {
  /** One unit's text, the list it stood in (none is a document by itself), and how deep its brackets go. */
  unit(text: string, list: ListKind | undefined, line: number, depth: number): void;
  /** A list of this kind begins. */
  list(kind: ListKind): void;
  broken(reason: string, line: number): void;
}

const MEGABYTE = 1024 * 1024;
const MAX_UNIT = 64 * MEGABYTE;
/** How much may be read again after breaks, so that no file can make reading it quadratic. */
const MAX_REREAD = 128 * MEGABYTE;

export class Splitter {
  private readonly sink: SplitSink;
  private readonly pending = new Pending();
  private readonly tokens = new token.Tokens();
  /** Where the next byte to look at is. */
  private at = 0;
  private line = 1;
  private state: 'between' | 'unit' | 'seeking' | 'over' = 'between';
  /** What encloses the place between units; `tail` is an envelope after its list. */
  private readonly enclosures: (ListKind | 'tail')[] = [];
  private reread = 0;
  // Of the unit being read:
  private start = 0;
  private startLine = 1;
  private inString = false;
  private stringStart = 0;
  private isKey = false;
  private key: string | undefined;
  /** It is the rest of an envelope, and no event. */
  private isTail = false;
  private isTooLarge = false;

  constructor(sink: SplitSink) {
    this.sink = sink;
  }

  push(piece: Buffer): void {
    const keepFrom = this.state === 'unit' ? this.start : this.at;
    const moved = this.pending.append(piece, Math.min(keepFrom, this.at));
    this.at -= moved;
    this.start -= moved;
    this.stringStart -= moved;
    this.run(false);
  }

  /** No more text follows. */
  end(): void {
    this.run(true);
    while (this.state === 'unit') {
      this.fail('the text ends in the middle of it');
      this.run(true);
    }
    if (this.enclosures.length > 0 && this.state === 'between')
      this.sink.broken('the text ends in the middle of a list', this.line);
  }

  private run(isEnd: boolean): void {
    const { length } = this.pending.bytes;
    while (this.at < length) {
      const before = this.at;
      const { state } = this;
      if (state === 'between') this.between();
      else if (state === 'unit') this.inside();
      else if (state === 'seeking') this.seek(isEnd);
      else this.at = length;
      if (this.at === before && this.state === state) return;
    }
  }

  /** Reads white space and punctuation up to the next unit. */
  private between(): void {
    const { bytes } = this.pending;
    for (; this.at < bytes.length; this.at += 1) {
      const byte = bytes[this.at] ?? 0;
      const enclosure = this.enclosures.at(-1);
      if (byte === token.LINE_FEED) this.line += 1;
      else if (byte === token.COMMA || token.isSpace(byte)) continue;
      else if (closes(byte, enclosure)) this.enclosures.pop();
      else if (byte === token.OPEN_BRACKET && enclosure === undefined) this.enter('list');
      else return this.begin(byte, enclosure);
    }
    return undefined;
  }

  private enter(kind: ListKind): void {
    this.enclosures.push(kind);
    this.sink.list(kind);
  }

  private begin(byte: number, enclosure: ListKind | 'tail' | undefined): void {
    this.state = 'unit';
    this.start = this.at;
    this.startLine = this.line;
    this.inString = false;
    this.key = undefined;
    this.isTooLarge = false;
    this.isTail = enclosure === 'tail';
    if (this.isTail) this.enclosures.pop();
    this.tokens.reset(this.isTail);
    if (enclosure === undefined && byte !== token.OPEN_BRACE) this.fail('no JSON document');
  }

  /** Reads on inside a unit, to its end or the end of what is at hand. */
  private inside(): void {
    const { bytes } = this.pending;
    const { tokens } = this;
    while (this.at < bytes.length) {
      const byte = bytes[this.at] ?? 0;
      if (this.inString) {
        const reason = this.passString(bytes);
        if (reason !== undefined) return this.fail(reason);
      } else {
        if (tokens.endsBefore(byte)) return this.finish();
        const reason = this.take(byte);
        if (reason !== undefined) return this.fail(reason);
        if (this.state !== 'unit') return undefined;
      }
      if (!this.inString && tokens.isComplete) return this.finish();
    }
    if (this.at - this.start > MAX_UNIT) {
      this.isTooLarge = true;
      this.start = this.at;
    }
    return undefined;
  }

  /** Takes one byte outside strings; gives a reason where it cannot stand there. */
  private take(byte: number): string | undefined {
    const { tokens } = this;
    let reason: string | undefined;
    switch (byte) {
      case token.QUOTE:
        this.isKey = tokens.inOuterObject && tokens.wantsKey;
        reason = tokens.string();
        this.inString = true;
        this.stringStart = this.at;
        break;
      case token.OPEN_BRACE:
      case token.OPEN_BRACKET:
        if (byte === token.OPEN_BRACKET && this.openEnvelope()) return undefined;
        reason = tokens.open(byte);
        break;
      case token.CLOSE_BRACE:
      case token.CLOSE_BRACKET:
        reason = tokens.close(byte);
        break;
      case token.COMMA:
      case token.COLON:
        reason = tokens.separator(byte);
        break;
      default:
        if (!token.isSpace(byte)) reason = tokens.scalar();
        else if (byte === token.LINE_FEED) this.line += 1;
        if (token.isSpace(byte)) tokens.space();
    }
    this.at += 1;
    return reason;
  }

  /** At `[`: whether it opens the list of an envelope, whose elements are units of their own. */
  private openEnvelope(): boolean {
    const enclosure = this.enclosures.at(-1);
    const isDocument = enclosure === undefined || enclosure === 'list';
    if (!isDocument || !this.tokens.inOuterObject || !this.tokens.wantsMember) return false;
    const kind = ENVELOPES.get(this.key ?? '');
    if (kind === undefined) return false;
    this.enclosures.push('tail');
    this.enter(kind);
    this.state = 'between';
    this.at += 1;
    return true;
  }

  /** Reads on inside a string, past its end or to the end of what is at hand. */
  private passString(bytes: Buffer): string | undefined {
    let { at } = this;
    if (at === this.stringStart) at += 1;
    while (at < bytes.length) {
      const byte = bytes[at] ?? 0;
      if (byte === token.QUOTE) {
        this.inString = false;
        if (this.isKey && at - this.stringStart <= LONGEST_KEY + 1)
          this.key = bytes.toString('latin1', this.stringStart + 1, at);
        else if (this.isKey) this.key = undefined;
        this.at = at + 1;
        return undefined;
      }
      // The byte after a backslash may be the first of the next piece.
      if (byte === token.BACKSLASH) at += 1;
      else if (byte < 0x20) return 'a string that does not end';
      at += 1;
    }
    this.at = at;
    return undefined;
  }

  private finish(): void {
    this.state = 'between';
    const list = this.enclosures.at(-1);
    if (this.isTail || list === 'tail' || list === 'digest' || list === 'AWS Config') return;
    if (this.isTooLarge) this.sink.broken('a record of more than 64 MB', this.startLine);
    else {
      const text = this.pending.bytes.toString('utf8', this.start, this.at);
      this.sink.unit(text, list, this.startLine, this.tokens.deepest);
    }
  }

  private fail(reason: string): void {
    this.sink.broken(reason, this.startLine);
    this.reread += this.at - this.start;
    this.enclosures.length = 0;
    this.at = Math.min(this.start, this.at);
    this.line = this.startLine;
    this.state = this.reread > MAX_REREAD ? 'over' : 'seeking';
    if (this.state === 'over') this.sink.broken('too much is broken to read on', this.line);
  }

  /** Looks for a line that begins with a bracket. */
  private seek(isEnd: boolean): void {
    const { bytes } = this.pending;
    for (;;) {
      const end = bytes.indexOf(token.LINE_FEED, this.at);
      if (end === -1 || (end === bytes.length - 1 && !isEnd)) {
        this.at = end === -1 ? bytes.length : end;
        return;
      }
      this.at = end + 1;
      this.line += 1;
      const next = bytes[this.at];
      if (next === token.OPEN_BRACE || next === token.OPEN_BRACKET) {
        this.state = 'between';
        return;
      }
    }
  }
}

function closes(byte: number, enclosure: ListKind | 'tail' | undefined): boolean {
  if (enclosure === undefined) return false;
  return byte === (enclosure === 'tail' ? token.CLOSE_BRACE : token.CLOSE_BRACKET);
}

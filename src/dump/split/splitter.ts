/**
 * Splits JSON text into the values that may be records: documents one after the other, the elements of lists, and the
 * elements of the lists in envelopes (`{"Records": […]}`). Memory holds one value at a time, so the text may be of any
 * length. At a break, the value around it is lost, and reading continues at the next line that begins a value.
 */
import * as byte from './bytes.js';
import {
  CUT_SHORT,
  EMPTY_LIST,
  NO_JSON,
  type Break,
  type Candidate,
  type Context,
  type Taken,
} from './candidate.js';
import { EnvelopeShell, envelopeKind, stopsAtIn, type EnvelopeKind } from './envelope.js';
import { CurrentLine, type LinePlace } from './line.js';
import { ListGrammar } from './list-grammar.js';
import { tooLarge, tooLong } from './value/limits.js';
import type { Members } from './value/members.js';
import { notationOf } from './notation.js';
import { RecordTaker, type TakeRecords } from './record-taker.js';
import { hasLineWithValue, MAX_REREAD, Recovery } from './recovery.js';
import { Scanner } from './value/scanner.js';
import { ValueBuffer } from './value/buffer.js';

type State = 'between values' | 'in a value' | 'after a break';

export interface SplitterOptions {
  readonly take?: TakeRecords | undefined;
  readonly maxReread?: number;
}

export class Splitter {
  readonly #scanner = new Scanner();
  readonly #buffer = new ValueBuffer();
  readonly #grammar = new ListGrammar();
  readonly #line = new CurrentLine();
  readonly #recovery: Recovery;
  readonly #taker: RecordTaker;
  #state: State = 'between values';
  #pos = 0;
  #isFinished = false;
  /** What the elements of the envelope's list are, while it is read. */
  #envelope: EnvelopeKind | undefined;
  readonly #shell = new EnvelopeShell();
  // The value that is being read, or was read last.
  #context: Context | 'skipped' = 'document';
  #start = 0;
  #valueAt: LinePlace = this.#line.place;
  /** Whether the value's bytes are kept. A value that is skipped or too large is read without keeping them. */
  #isBuffered = true;
  #number = 0;

  /** `maxReread` is how many bytes may be read again after breaks, besides as many as the text has. */
  constructor({ take, maxReread = MAX_REREAD }: SplitterOptions = {}) {
    this.#taker = new RecordTaker(take);
    this.#recovery = new Recovery(maxReread);
  }

  /** The members of the latest candidate, if it is an object. */
  get members(): Members {
    return this.#scanner.members;
  }

  /** How many bytes of an unfinished value are in memory. */
  get unfinishedBytes(): number {
    return this.#state === 'in a value' && this.#isBuffered ? this.#pos - this.#start : 0;
  }

  /** Adds text. To be called when `next` has returned undefined. */
  feed(chunk: Buffer): void {
    this.#recovery.countRead(chunk.length);
    this.#taker.countRead(chunk.length);
    const isUnfinished = this.#state === 'in a value' && this.#isBuffered;
    const moved = this.#buffer.append(chunk, isUnfinished ? this.#start : this.#pos);
    this.#pos -= moved;
    this.#start -= moved;
  }

  /** No more text will follow. */
  finish(): void {
    this.#isFinished = true;
  }

  /**
   * Returns the next candidate or break, or says that records were taken. Returns undefined where it needs more text, or, after
   * `finish`, at the end of the text.
   */
  next(): Candidate | Break | Taken | undefined {
    for (;;) {
      let found: Candidate | Break | Taken | undefined;
      if (this.#state === 'in a value') found = this.#readValue();
      else if (this.#state === 'after a break') this.#findNextValue();
      else found = this.#readBetween();
      if (found) return found;
      if (this.#pos < this.#buffer.end) continue;
      if (!this.#isFinished || this.#state === 'after a break') return undefined;
      if (this.#state === 'between values' && this.#grammar.isTop) return undefined;
      const last = this.#readEnd();
      if (last) return last;
    }
  }

  #readBetween(): Candidate | Break | Taken | undefined {
    const { bytes, end } = this.#buffer;
    for (;;) {
      this.#pos = this.#line.passSpace(bytes, this.#pos, end);
      if (this.#pos === end) return undefined;
      const next = bytes[this.#pos] as number;
      switch (this.#grammar.take(next)) {
        case 'value':
          this.#begin(this.#contextHere());
          return this.#takeRecords();
        case 'empty list':
          return this.#emptyList();
        case 'envelope list end':
          return this.#returnToEnvelope();
        case 'unexpected':
          return this.#breakHere(byte.unexpected(next));
        default:
          this.#line.indent = -1;
          this.#pos++;
      }
    }
  }

  #begin(context: Context | 'skipped'): undefined {
    this.#state = 'in a value';
    this.#context = context;
    this.#start = this.#pos;
    this.#valueAt = this.#line.place;
    this.#isBuffered = context !== 'skipped';
    if (context !== 'skipped') this.#number++;
    this.#scanner.begin(this.#line.number);
  }

  /** The context of a value that begins at the current position. */
  #contextHere(): Context | 'skipped' {
    return this.#envelope ?? (this.#grammar.isTop ? 'document' : 'element');
  }

  /** Lets a faster reader take records from the value on that has just begun. */
  #takeRecords(): Taken | undefined {
    const { bytes, end } = this.#buffer;
    if (this.#context === 'skipped' || bytes[this.#start] !== byte.OPEN_OBJECT) return undefined;
    const first = { line: this.#line.number, number: this.#number };
    const taken = this.#taker.take(bytes.subarray(this.#start, end), this.#context, first);
    if (taken === undefined) return undefined;
    this.#pos += taken.bytes;
    this.#line.passText(bytes, this.#start, this.#pos);
    this.#number += taken.records - 1;
    this.#endElement();
    return { kind: 'taken' };
  }

  #emptyList(): Candidate {
    const number = this.#number;
    this.#begin('document');
    this.#state = 'between values';
    this.#number = number;
    this.#pos++;
    return this.#candidate(EMPTY_LIST);
  }

  /** Continues with the envelope. The `]` of its list becomes the next byte of its shell. */
  #returnToEnvelope(): undefined {
    this.#state = 'in a value';
    this.#context = this.#shell.context;
    this.#envelope = undefined;
    this.#start = this.#pos;
    this.#isBuffered = true;
    this.#scanner.resumeAfterList(this.#line.number);
    this.#pos++;
  }

  #readValue(): Candidate | Break | undefined {
    const { bytes, end } = this.#buffer;
    const scanner = this.#scanner;
    // A value that is read without being kept was reported when it became too large.
    const isReported = !this.#isBuffered && this.#context !== 'skipped';
    this.#pos = scanner.scan({
      bytes,
      from: this.#pos,
      end,
      start: this.#start,
      stopsAt: this.#isBuffered ? stopsAtIn(this.#envelope) : 'no list',
    });
    // A value that is too long and spans lines that begin values was cut short; those lines are values of their own.
    const isLong = this.#isBuffered && tooLong(this.#pos - this.#start, scanner) !== undefined;
    if (isLong && scanner.outcome === 'more' && hasLineWithValue(bytes, this.#start, this.#pos))
      return this.#breakInValue(CUT_SHORT);
    const dropped = this.#isBuffered ? this.#dropIfTooLarge() : undefined;
    if (scanner.outcome === 'more') return dropped;
    this.#line.number = scanner.line;
    if (scanner.outcome !== 'failed') {
      const found = scanner.outcome === 'ended' ? this.#endValue() : this.#openEnvelope();
      return dropped ?? found;
    }
    const isNoJson = this.#context === 'document' && this.#pos === this.#start;
    const notation = this.#isBuffered ? notationOf(bytes, this.#start, this.#pos) : undefined;
    const broken = this.#breakInValue(isNoJson ? NO_JSON : (notation ?? scanner.reason));
    return dropped ?? (isReported ? undefined : broken);
  }

  /** Stops keeping the bytes of a value that is too large; it is still read to its end. */
  #dropIfTooLarge(): Break | undefined {
    const from = this.#envelope === undefined ? this.#start - this.#shell.size : this.#start;
    const reason = tooLarge(this.#pos - from, this.#scanner);
    if (reason === undefined) return undefined;
    this.#isBuffered = false;
    if (this.#envelope === undefined) this.#shell.drop();
    return { kind: 'break', line: this.#valueAt.number, number: this.#number, reason };
  }

  #endElement(): void {
    this.#line.indent = -1;
    this.#state = 'between values';
    this.#grammar.endValue();
  }

  #endValue(): Candidate | Break | undefined {
    this.#endElement();
    if (!this.#isBuffered || this.#context === 'skipped') return undefined;
    const value = this.#buffer.bytes.subarray(this.#start, this.#pos);
    if (this.#envelope === undefined && !this.#shell.isEmpty)
      return this.#candidate(this.#shell.close(value));
    const isNoJson = !this.#scanner.isParseable && value[0] !== byte.OPEN_OBJECT;
    return this.#grammar.isTop && isNoJson ? this.#breakAtStart(NO_JSON) : this.#candidate(value);
  }

  #candidate(bytes: Buffer): Candidate {
    return {
      kind: 'candidate',
      context: this.#context as Context,
      bytes,
      line: this.#valueAt.number,
      number: this.#number,
      isParseable: this.#scanner.isParseable,
      list: this.#grammar.list,
    };
  }

  #openEnvelope(): Break | undefined {
    // A list of records inside a record belongs to the next document: the document before was cut short.
    if (this.#envelope) return this.#breakAtStart(CUT_SHORT);
    // An envelope is not a record, so its first record gets the envelope's number.
    if (this.#shell.isEmpty) this.#number--;
    const { bytes } = this.#buffer;
    this.#shell.add(bytes.subarray(this.#start, this.#pos), this.#context as Context);
    this.#envelope = envelopeKind(this.#scanner.members.latestKey(bytes, this.#start));
    this.#state = 'between values';
    this.#grammar.beginEnvelopeList();
    this.#line.indent = -1;
    return undefined;
  }

  /** At the end of the text, with a value or a list unfinished. */
  #readEnd(): Candidate | Break | undefined {
    if (this.#state !== 'in a value') return this.#breakHere(CUT_SHORT);
    if (this.#scanner.endsWithInput()) {
      this.#scanner.endBare(this.#buffer.bytes, this.#start, this.#pos);
      return this.#endValue();
    }
    if (this.#isBuffered || this.#context === 'skipped') return this.#breakInValue(CUT_SHORT);
    // The value was reported when it became too large.
    this.#resetAfterBreak('between values');
    return undefined;
  }

  /** A break at the beginning of the latest value, which is not a value. */
  #breakAtStart(reason: string): Break {
    this.#pos = this.#start;
    this.#line.number = this.#valueAt.number;
    this.#number--;
    return this.#breakHere(reason);
  }

  /** A break between values. */
  #breakHere(reason: string): Break {
    const { bytes, end } = this.#buffer;
    const next = this.#pos < end ? bytes[this.#pos] : undefined;
    const isValue = next === byte.OPEN_OBJECT || next === byte.OPEN_LIST;
    this.#resetAfterBreak(isValue ? 'between values' : 'after a break');
    if (!isValue) this.#recovery.begin(-1);
    return { kind: 'break', line: this.#line.number, number: this.#number + 1, reason };
  }

  /** A break in the value that is being read. Reading continues inside it, if its bytes may be read again. */
  #breakInValue(reason: string): Break {
    const found: Break = { kind: 'break', line: this.#line.number, number: this.#number, reason };
    this.#resetAfterBreak('after a break');
    this.#recovery.begin(this.#valueAt.indent);
    if (this.#isBuffered && this.#recovery.mayReread(this.#pos - this.#start)) {
      this.#pos = this.#start + 1;
      this.#line.number = this.#valueAt.number;
    }
    return found;
  }

  #resetAfterBreak(state: State): void {
    this.#state = state;
    this.#shell.drop();
    this.#envelope = undefined;
    this.#grammar.resetAfterBreak();
  }

  #findNextValue(): void {
    const { bytes, end } = this.#buffer;
    const next = this.#recovery.find(bytes, this.#pos, end);
    this.#line.passText(bytes, this.#pos, next);
    this.#pos = next;
    if (next < end) {
      this.#state = 'between values';
      this.#line.indent = this.#recovery.indent;
    }
  }
}

/**
 * Splits a log that has text before its JSON, as `aws logs tail`, the export tasks of CloudWatch Logs, fluentd and syslog
 * write it: `2026-02-01T10:11:12Z stream {…}`. A value begins at the first `{` of a line that a key follows, and may span
 * lines. Everything else is text. It is passed on in pieces, because it may hold events in a form that is no JSON.
 */
import { CLOSE_LIST, CLOSE_OBJECT, NEWLINE, OPEN_OBJECT, RETURN, SPACE, TAB } from '../bytes.js';
import type { Break, Candidate, Found } from '../candidate.js';
import { countLines } from '../line.js';
import { tooLarge } from '../value/limits.js';
import type { Members } from '../value/members.js';
import { MAX_REREAD, Recovery } from '../recovery.js';
import { Scanner } from '../value/scanner.js';
import { TextLines } from './lines.js';
import { ValueBuffer } from '../value/buffer.js';

/** Text before a value is kept in memory until the value begins. In bytes. */
const MAX_PREFIX = 64 << 10;

/** In a line, in a value, or in the rest of a broken value: to the end of its line, and the indented lines after it. */
type State = 'line' | 'value' | 'rest';
/** What a step found. Undefined: nothing yet; 'more': it needs more text. */
type Step = Candidate | Break | 'more' | undefined;

export class TextSplitter {
  readonly #scanner = new Scanner();
  readonly #buffer = new ValueBuffer();
  readonly #lines = new TextLines();
  readonly #recovery = new Recovery(MAX_REREAD);
  #state: State = 'line';
  #pos = 0;
  /** Where the text begins that is not passed on yet, and its line. */
  #from = 0;
  #line = 1;
  /** Where the value begins, and its line. */
  #start = 0;
  #valueLine = 1;
  /** Whether the value was reported as too large. It is read to its end without being kept. */
  #isDropped = false;
  /** The position of the next `{`, or of the end; -1 if it is unknown. */
  #bracket = -1;
  #number = 1;
  #isFinished = false;

  /** The members of the latest candidate. */
  get members(): Members {
    return this.#scanner.members;
  }

  /** How many bytes of an unfinished value are in memory. */
  get unfinishedBytes(): number {
    return this.#state === 'value' && !this.#isDropped ? this.#pos - this.#start : 0;
  }

  /** Adds text. To be called when `next` has returned undefined. */
  feed(chunk: Buffer): void {
    this.#recovery.countRead(chunk.length);
    const moved = this.#buffer.append(chunk, this.#from);
    this.#pos -= moved;
    this.#from -= moved;
    this.#start -= moved;
    this.#bracket = -1;
  }

  /** No more text will follow. */
  finish(): void {
    this.#isFinished = true;
  }

  /** The next value, break or piece of text. Undefined if more text is needed or, after `finish`, none is left. */
  next(): Found | undefined {
    for (;;) {
      const piece = this.#lines.take();
      if (piece) return piece;
      const step = this.#step();
      if (step === 'more') {
        if (!this.#isFinished) return undefined;
        if (this.#from < this.#buffer.end) this.#readEnd();
        else {
          this.#lines.flush();
          return this.#lines.take();
        }
      } else if (step) return step;
    }
  }

  #step(): Step {
    if (this.#pos >= this.#buffer.end) return 'more';
    if (this.#state === 'line') return this.#readLine();
    return this.#state === 'value' ? this.#readValue() : this.#readRest();
  }

  #readLine(): Step {
    const { end } = this.#buffer;
    const newline = positionOf(NEWLINE, this.#buffer, this.#pos);
    if (this.#bracket < this.#pos) this.#bracket = positionOf(OPEN_OBJECT, this.#buffer, this.#pos);
    const limit = this.#from + MAX_PREFIX;
    if (this.#bracket < Math.min(newline, limit)) return this.#readPrefix(this.#bracket);
    if (newline < Math.min(end, limit)) {
      this.#passText(newline + 1);
      this.#line++;
    } else if (end >= limit) this.#passText(limit);
    else {
      this.#pos = end;
      return 'more';
    }
    return undefined;
  }

  /** Reads the text before a bracket. */
  #readPrefix(bracket: number): undefined {
    const prefix = this.#buffer.bytes.subarray(this.#from, bracket);
    // An object inside of a value is no value by itself: anybody may have written what is in the parameters of a request.
    const isInValue = prefix.includes('":') || prefix.includes("'");
    this.#valueLine = this.#line;
    if (isInValue) {
      this.#state = 'rest';
      return;
    }
    this.#passText(bracket);
    this.#state = 'value';
    this.#start = bracket;
    this.#scanner.begin(this.#line);
  }

  #readValue(): Step {
    const { bytes, end } = this.#buffer;
    const scanner = this.#scanner;
    const range = { bytes, from: this.#pos, end, start: this.#start };
    this.#pos = scanner.scan({ ...range, stopsAt: 'no list' });
    const reason = this.#isDropped ? undefined : tooLarge(this.#pos - this.#start, scanner);
    if (reason !== undefined) this.#isDropped = true;
    if (this.#isDropped) this.#from = this.#pos;
    let found: Step = 'more';
    if (scanner.outcome === 'ended') found = this.#endValue();
    else if (scanner.outcome === 'failed') this.#breakValue();
    if (reason !== undefined)
      return { kind: 'break', line: this.#valueLine, number: this.#number++, reason };
    return scanner.outcome === 'failed' ? undefined : found;
  }

  #endValue(): Candidate | undefined {
    const isLost = this.#isDropped;
    this.#isDropped = false;
    this.#state = 'line';
    this.#from = this.#pos;
    this.#line = this.#scanner.line;
    if (isLost) return undefined;
    return {
      kind: 'candidate',
      context: 'document',
      bytes: this.#buffer.bytes.subarray(this.#start, this.#pos),
      line: this.#valueLine,
      number: this.#number++,
      isParseable: this.#scanner.isParseable,
    };
  }

  /** The value is broken, or its bracket does not begin a value. */
  #breakValue(): void {
    if (this.#isDropped) {
      this.#state = 'rest';
      this.#line = this.#scanner.line;
    } else if (isBlank(this.#buffer.bytes, this.#start + 1, this.#pos)) {
      this.#state = 'line';
      this.#pos = this.#start + 1;
    } else {
      this.#state = 'rest';
      // Later lines are read again, because only this one may be broken.
      if (this.#recovery.mayReread(this.#pos - this.#start)) this.#pos = this.#start;
    }
  }

  #readRest(): Step {
    const { bytes, end } = this.#buffer;
    const newline = positionOf(NEWLINE, this.#buffer, this.#pos);
    const next = newline + 1;
    this.#passBroken(next < end ? next : newline);
    if (next >= end) return 'more';
    if (!isContinued(bytes[next] as number)) this.#endRest();
    return undefined;
  }

  #readEnd(): void {
    const { end } = this.#buffer;
    if (this.#state === 'line') this.#passText(end);
    else if (this.#state === 'rest') {
      this.#passBroken(end);
      this.#endRest();
    } else if (this.#isDropped) {
      this.#isDropped = false;
      this.#state = 'line';
      this.#from = end;
    } else this.#breakValue();
  }

  #endRest(): void {
    if (!this.#isDropped) this.#lines.endBroken({ line: this.#valueLine, number: this.#number++ });
    this.#isDropped = false;
    this.#state = 'line';
  }

  #passText(to: number): void {
    const text = this.#buffer.bytes.subarray(this.#from, to);
    this.#lines.add(text, { line: this.#line, number: this.#number });
    this.#from = to;
    this.#pos = to;
  }

  #passBroken(to: number): void {
    const { bytes } = this.#buffer;
    if (!this.#isDropped) this.#lines.addBroken(bytes.subarray(this.#from, to));
    this.#line += countLines(bytes, this.#from, to);
    this.#from = to;
    this.#pos = to;
  }
}

/** The position of the first such byte, or of the end. */
function positionOf(byte: number, { bytes, end }: ValueBuffer, from: number): number {
  const at = bytes.indexOf(byte, from);
  return at < 0 || at > end ? end : at;
}

function isBlank(bytes: Buffer, from: number, to: number): boolean {
  return /^\s*$/.test(bytes.toString('latin1', from, to));
}

/** Whether a line that begins with this byte continues a broken value. */
function isContinued(byte: number): boolean {
  return [SPACE, TAB, RETURN, CLOSE_OBJECT, CLOSE_LIST].includes(byte);
}

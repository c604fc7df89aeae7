/**
 * Cuts JSON text into the values that may be records: documents one behind the other, elements of lists, elements
 * of the lists in envelopes (`{"Records": […]}`). Holds one value at a time, so that the text may be of any length.
 * A break costs the value it is in: reading goes on at the next line that begins one.
 */
import * as byte from './bytes.js';
import { envelopeKind, Shell, type EnvelopeKind } from './envelope.js';
import { HeldBytes } from './held.js';
import type { Members } from './members.js';
import { countLines, holdsValues, Resume } from './resume.js';
import { Scanner } from './scanner.js';
import { tooLong, tooMuch } from './too-much.js';
import { CUT_SHORT, EMPTY, MAX_LISTS, NO_JSON, type Break, type Place, type Unit } from './unit.js';

// Where reading is: between documents, elements of a list or of an envelope's list, in a value, or behind a break.
const TOP = 0;
const LIST = 1;
const ENVELOPE = 2;
const UNIT = 3;
const LOST = 4;

// What a list may go on with: anything, a value, or a comma or its end.
const FIRST = 0;
const NEXT = 1;
const AFTER = 2;

export class Splitter {
  readonly #scanner = new Scanner();
  readonly #held = new HeldBytes();
  readonly #resume = new Resume();
  #pos = 0;
  #line = 1;
  #finished = false;
  #level = TOP;
  #expect = FIRST;
  /** How many lists are open, one in the other. */
  #lists = 0;
  /** After a break, the closing brackets of what it broke may follow. */
  #lenient = false;
  /** White space that the line began with; -1 behind anything else. */
  #indent = 0;
  /** The envelope whose list is being read. */
  #envelope: EnvelopeKind | undefined;
  readonly #shell = new Shell();
  #place: Place | 'skipped' = 'document';
  #start = 0;
  #unitLine = 1;
  #unitIndent = -1;
  #isHeld = true;
  #number = 0;

  /** The members of the latest unit, where it is an object. */
  get members(): Members {
    return this.#scanner.members;
  }

  /** How many bytes of an unfinished value are held. */
  get held(): number {
    return this.#level === UNIT && this.#isHeld ? this.#pos - this.#start : 0;
  }

  /** Adds text. To be called when `next` has given all that it can. */
  feed(chunk: Buffer): void {
    this.#resume.read(chunk.length);
    const from = this.#level === UNIT && this.#isHeld ? this.#start : this.#pos;
    const moved = this.#held.append(chunk, from);
    this.#pos -= moved;
    this.#start -= moved;
  }

  /** No more text will follow. */
  finish(): void {
    this.#finished = true;
  }

  /** The next value or break, or undefined where more text is needed (or, finished, none is left). */
  next(): Unit | Break | undefined {
    for (;;) {
      let found: Unit | Break | undefined;
      if (this.#level === UNIT) found = this.#inside();
      else if (this.#level === LOST) this.#seek();
      else found = this.#between();
      if (found) return found;
      if (this.#pos < this.#held.end) continue;
      if (!this.#finished) return undefined;
      if (this.#level === TOP || this.#level === LOST) return undefined;
      const last = this.#atEnd();
      if (last) return last;
    }
  }

  #between(): Unit | Break | undefined {
    const { bytes, end } = this.#held;
    while (this.#pos < end) {
      const next = bytes[this.#pos] as number;
      if (next === byte.NEWLINE) {
        this.#line++;
        this.#indent = 0;
      } else if (next === byte.SPACE || next === byte.TAB) {
        if (this.#indent >= 0) this.#indent++;
      } else if (next !== byte.RETURN) {
        const stop = this.#level === TOP ? this.#atTop(next) : this.#atElement(next);
        if (stop !== true) return stop;
        if (this.#level === UNIT) return undefined;
        this.#indent = -1;
      }
      this.#pos++;
    }
    return undefined;
  }

  /** A byte between documents: true where reading goes on. */
  #atTop(next: number): Break | true {
    const closes = next === byte.CLOSE_LIST || next === byte.CLOSE_OBJECT;
    if (closes && !this.#lenient) return this.#lose(byte.unexpected(next));
    if (next === byte.OPEN_LIST) this.#openList();
    else if (!closes && byte.BETWEEN[next] === 0) this.#begin('document');
    return true;
  }

  /** A byte between the elements of a list: true where reading goes on. */
  #atElement(next: number): Unit | Break | true {
    if (next === byte.CLOSE_LIST && this.#expect !== NEXT) return this.#closeList();
    const isComma = next === byte.COMMA;
    if (
      isComma !== (this.#expect === AFTER) ||
      next === byte.CLOSE_LIST ||
      next === byte.CLOSE_OBJECT
    )
      return this.#lose(byte.unexpected(next));
    if (isComma) this.#expect = NEXT;
    else if (next === byte.OPEN_LIST && this.#level === LIST && this.#lists < MAX_LISTS)
      this.#openList();
    else this.#begin(this.#level === LIST ? 'element' : (this.#envelope ?? 'skipped'));
    return true;
  }

  #openList(): void {
    this.#lists++;
    this.#level = LIST;
    this.#expect = FIRST;
  }

  #closeList(): Unit | true {
    if (this.#level === LIST) {
      const isEmpty = this.#expect === FIRST;
      if (isEmpty) this.#begin('document');
      this.#lists--;
      this.#level = this.#lists > 0 ? LIST : TOP;
      this.#expect = AFTER;
      if (!isEmpty) return true;
      this.#number--;
      this.#pos++;
      return this.#unit(EMPTY);
    }
    // Back in the envelope, whose `]` is the next byte of its shell.
    this.#level = UNIT;
    this.#place = this.#shell.place;
    this.#envelope = undefined;
    this.#start = this.#pos;
    this.#isHeld = true;
    this.#scanner.resumeAfterList(this.#line);
    this.#pos++;
    return true;
  }

  #begin(place: Place | 'skipped'): void {
    this.#level = UNIT;
    this.#place = place;
    this.#start = this.#pos;
    this.#unitLine = this.#line;
    this.#unitIndent = this.#indent;
    this.#isHeld = place !== 'skipped';
    if (place !== 'skipped') this.#number++;
    this.#scanner.begin(this.#line);
  }

  #inside(): Unit | Break | undefined {
    const { bytes, end } = this.#held;
    const scanner = this.#scanner;
    // What was let go is named already.
    const isNamed = !this.#isHeld && this.#place !== 'skipped';
    this.#pos = scanner.scan(bytes, this.#pos, end, this.#start, this.#isHeld);
    // Too much, and over lines that begin values: it was cut short, and they are others.
    const isLong = this.#isHeld && tooLong(this.#pos - this.#start, scanner) !== undefined;
    if (isLong && scanner.outcome === 'more' && holdsValues(bytes, this.#start, this.#pos))
      return this.#lose(CUT_SHORT, true);
    const letGo = this.#isHeld ? this.#tooMuch() : undefined;
    if (scanner.outcome === 'more') return letGo;
    this.#line = scanner.line;
    if (scanner.outcome !== 'failed') {
      const found = scanner.outcome === 'ended' ? this.#ended() : this.#openEnvelope();
      return letGo ?? found;
    }
    const isNone = this.#place === 'document' && this.#pos === this.#start;
    const lost = this.#lose(isNone ? NO_JSON : scanner.reason, true);
    return letGo ?? (isNamed ? undefined : lost);
  }

  /** Lets go of a value that is too much to hold: it is read to its end, and forgotten. */
  #tooMuch(): Break | undefined {
    const from = this.#envelope === undefined ? this.#start - this.#shell.size : this.#start;
    const reason = tooMuch(this.#pos - from, this.#scanner);
    if (reason === undefined) return undefined;
    this.#isHeld = false;
    if (this.#envelope === undefined) this.#shell.drop();
    return { kind: 'break', line: this.#unitLine, number: this.#number, reason };
  }

  #ended(): Unit | Break | undefined {
    this.#indent = -1;
    this.#expect = AFTER;
    this.#level = this.#envelope ? ENVELOPE : this.#lists > 0 ? LIST : TOP;
    if (!this.#isHeld || this.#place === 'skipped') return undefined;
    const unit = this.#held.bytes.subarray(this.#start, this.#pos);
    if (this.#envelope === undefined && !this.#shell.isEmpty)
      return this.#unit(this.#shell.close(unit));
    const isScrap = !this.#scanner.sound && unit[0] !== byte.OPEN_OBJECT;
    return this.#level === TOP && isScrap ? this.#loseWhole(NO_JSON) : this.#unit(unit);
  }

  #unit(bytes: Buffer): Unit {
    return {
      kind: 'unit',
      place: this.#place as Place,
      bytes,
      line: this.#unitLine,
      number: this.#number,
      sound: this.#scanner.sound,
    };
  }

  #openEnvelope(): Break | undefined {
    // A list of records inside a record is the next document, behind one that was cut short.
    if (this.#envelope) return this.#loseWhole(CUT_SHORT);
    // An envelope is no record, and its number goes to the next.
    if (this.#shell.isEmpty) this.#number--;
    const { bytes } = this.#held;
    this.#shell.add(bytes.subarray(this.#start, this.#pos), this.#place as Place);
    this.#envelope = envelopeKind(this.#scanner.members.latestKey(bytes, this.#start));
    this.#level = ENVELOPE;
    this.#expect = FIRST;
    this.#indent = -1;
    return undefined;
  }

  #atEnd(): Unit | Break | undefined {
    if (this.#level === UNIT && this.#scanner.endsWithInput()) {
      this.#scanner.endBare(this.#held.bytes, this.#start, this.#pos);
      return this.#ended();
    }
    if (this.#level === UNIT && !this.#isHeld && this.#place !== 'skipped') {
      this.#level = TOP;
      return undefined;
    }
    return this.#lose(CUT_SHORT, this.#level === UNIT);
  }

  /** The value just read is none: names a break where it began. */
  #loseWhole(reason: string): Break {
    this.#pos = this.#start;
    this.#line = this.#unitLine;
    this.#number--;
    return this.#lose(reason);
  }

  /** Names a break, and prepares to go on behind it. */
  #lose(reason: string, inUnit = false): Break {
    const { bytes, end } = this.#held;
    const number = inUnit ? this.#number : this.#number + 1;
    const found: Break = { kind: 'break', line: this.#line, number, reason };
    const next = this.#pos < end ? bytes[this.#pos] : undefined;
    this.#shell.drop();
    this.#envelope = undefined;
    this.#lists = 0;
    this.#lenient = true;
    if (!inUnit && (next === byte.OPEN_OBJECT || next === byte.OPEN_LIST)) {
      this.#level = TOP;
      return found;
    }
    this.#level = LOST;
    this.#resume.begin(inUnit ? this.#unitIndent : -1);
    if (inUnit && this.#isHeld && this.#resume.mayReread(this.#pos - this.#start)) {
      this.#pos = this.#start + 1;
      this.#line = this.#unitLine;
    }
    return found;
  }

  #seek(): void {
    const { bytes, end } = this.#held;
    const to = this.#resume.find(bytes, this.#pos, end);
    this.#line += countLines(bytes, this.#pos, to);
    this.#pos = to;
    if (to < end) {
      this.#level = TOP;
      this.#indent = this.#resume.blanks;
    }
  }
}

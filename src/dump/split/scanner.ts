/**
 * Walks one JSON value byte by byte, across chunks, to find where it ends. It checks the grammar as it goes: a
 * value that cannot go on is a failure at once, so that a line cut short does not swallow the lines after it; a
 * value that ends but is not sound (a bad escape, `tru`) is left to `JSON.parse` to refuse. It notes where the
 * value's own members stand, so that a record nobody asks for need not be parsed.
 */
import * as ascii from './bytes.js';
import { envelopeKind } from './envelope.js';
import { Members } from './members.js';

/** What a scan came to: more bytes are needed, the value has ended, a list that holds records opened, or it broke. */
export type ScanOutcome = 'more' | 'ended' | 'list' | 'failed';

/** Deeper values are named and skipped: no record of AWS comes near, and JSON functions overflow on some. */
export const MAX_DEPTH = 1000;
/** Brackets that a skipped value may open before the rest of it is given up. */
const MAX_SKIPPED_DEPTH = 1 << 24;

const VALUE = 0;
const VALUE_OR_END = 1;
const KEY_OR_END = 2;
const KEY = 3;
const COLON = 4;
const AFTER = 5;
const BARE = 6;
const STRING = 7;
const KEY_STRING = 8;

const LIST = 0;
const OBJECT = 1;

const bareValue = /^(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)$/;

export class Scanner {
  outcome: ScanOutcome = 'more';
  /** Why the value failed. */
  reason = '';
  /** The line that the scan is on. */
  line = 1;
  /** Whether `JSON.parse` will take the value. */
  sound = true;
  /** Whether the value went deeper than `MAX_DEPTH`. */
  tooDeep = false;
  /** How many values stand in the value, itself among them. */
  values = 0;
  /** Of the value, where it is an object. */
  readonly members = new Members();

  #state = VALUE;
  #depth = 0;
  #stack = new Uint8Array(MAX_DEPTH + 1);
  /** 1 after a backslash, 2 to 5 while hexadecimal digits of a `\u` are due. */
  #escape = 0;
  /** Where the string or bare word began, from the value's start. */
  #token = 0;
  #tokenEscaped = false;

  /** Begins a new value on a line. */
  begin(line: number): void {
    this.line = line;
    this.sound = true;
    this.tooDeep = false;
    this.values = 0;
    this.members.reset(true);
    this.#state = VALUE;
    this.#depth = 0;
    this.#escape = 0;
  }

  /** Begins again inside an object, behind the list that was one of its members. */
  resumeAfterList(line: number): void {
    this.begin(line);
    this.members.reset(false);
    this.#stack[0] = OBJECT;
    this.#depth = 1;
    this.#state = AFTER;
  }

  /** Whether the value may end here, the input being over: a bare number or literal. */
  endsWithInput(): boolean {
    return this.#state === BARE && this.#depth === 0;
  }

  /** Ends the value as a bare number or literal, the input being over. */
  endBare(bytes: Buffer, start: number, end: number): void {
    this.#checkBare(bytes, start, end);
  }

  /**
   * Scans on from `from` and returns where it stopped; `outcome` says why. `start` is the value's first byte in
   * `bytes`; it may be negative where that byte is no longer held. With `lists`, a member that is an envelope's list
   * stops the scan behind its `[`.
   */
  scan(bytes: Buffer, from: number, end: number, start: number, lists: boolean): number {
    let pos = from;
    let state = this.#state;
    let depth = this.#depth;
    let { values } = this;
    let outcome: ScanOutcome = 'more';
    // An import is looked up anew for each byte.
    const special = ascii.SPECIAL;

    while (pos < end) {
      if (state >= STRING) {
        if (this.#escape !== 0) {
          this.#takeEscape(bytes[pos++] as number);
          continue;
        }
        while (pos < end && special[bytes[pos] as number] === 0) pos++;
        if (pos >= end) break;
        const byte = bytes[pos] as number;
        if (byte === ascii.QUOTE) {
          if (depth === 1) {
            const { members } = this;
            if (state === KEY_STRING) members.key(this.#token, pos - start, this.#tokenEscaped);
            else members.text(this.#token, pos - start, this.#tokenEscaped);
          }
          pos++;
          state = state === KEY_STRING ? COLON : AFTER;
          if (depth === 0) {
            outcome = 'ended';
            break;
          }
        } else if (byte === ascii.BACKSLASH) {
          this.#tokenEscaped = true;
          const next = pos + 1 < end ? (bytes[pos + 1] as number) : ascii.U;
          if (next !== ascii.U && ascii.ESCAPE[next] === 1) pos += 2;
          else {
            this.#escape = 1;
            pos++;
          }
        } else if (byte === ascii.NEWLINE || byte === ascii.RETURN) {
          outcome = this.#fail('a line break inside a string');
          break;
        } else {
          this.sound = false;
          pos++;
        }
        continue;
      }

      if (state === BARE) {
        while (pos < end && ascii.DELIMITER[bytes[pos] as number] === 0) pos++;
        if (pos >= end) break;
        this.#checkBare(bytes, start, pos);
        state = AFTER;
        if (depth === 0) {
          outcome = 'ended';
          break;
        }
        continue;
      }

      const byte = bytes[pos] as number;
      if (byte <= 0x20) {
        if (byte === ascii.NEWLINE) this.line++;
        else if (byte !== 0x20 && byte !== 0x09 && byte !== ascii.RETURN) {
          outcome = this.#fail(ascii.unexpected(byte));
          break;
        }
        pos++;
        continue;
      }

      if (state === AFTER) {
        if (byte === ascii.COMMA) {
          state = this.#stack[depth - 1] === OBJECT ? KEY : VALUE;
        } else if (
          byte === (this.#stack[depth - 1] === OBJECT ? ascii.CLOSE_OBJECT : ascii.CLOSE_LIST)
        ) {
          depth--;
          if (depth === 0) {
            pos++;
            outcome = 'ended';
            break;
          }
        } else {
          outcome = this.#fail(ascii.unexpected(byte));
          break;
        }
        pos++;
        continue;
      }

      if (state === COLON) {
        if (byte !== 0x3a) {
          outcome = this.#fail(ascii.unexpected(byte));
          break;
        }
        state = VALUE;
        pos++;
        continue;
      }

      if (byte === ascii.QUOTE) {
        pos++;
        this.#token = pos - start;
        this.#tokenEscaped = false;
        if (state === KEY || state === KEY_OR_END) state = KEY_STRING;
        else {
          state = STRING;
          values++;
        }
        continue;
      }

      if (
        (state === KEY_OR_END && byte === ascii.CLOSE_OBJECT) ||
        (state === VALUE_OR_END && byte === ascii.CLOSE_LIST)
      ) {
        pos++;
        depth--;
        state = AFTER;
        if (depth === 0) {
          outcome = 'ended';
          break;
        }
        continue;
      }

      if (state === KEY || state === KEY_OR_END) {
        outcome = this.#fail(ascii.unexpected(byte));
        break;
      }

      if (byte === ascii.OPEN_OBJECT || byte === ascii.OPEN_LIST) {
        pos++;
        if (byte === ascii.OPEN_LIST && depth === 1 && lists && this.#isList(bytes, start)) {
          outcome = 'list';
          break;
        }
        if (!this.#open(depth, byte === ascii.OPEN_OBJECT ? OBJECT : LIST)) {
          outcome = this.#fail('nested too deeply');
          break;
        }
        depth++;
        values++;
        state = byte === ascii.OPEN_OBJECT ? KEY_OR_END : VALUE_OR_END;
        continue;
      }

      if (ascii.DELIMITER[byte] === 1) {
        outcome = this.#fail(ascii.unexpected(byte));
        break;
      }
      this.#token = pos - start;
      state = BARE;
      values++;
    }

    this.#state = state;
    this.#depth = depth;
    this.values = values;
    this.outcome = outcome;
    return pos;
  }

  #fail(reason: string): ScanOutcome {
    this.reason = reason;
    return 'failed';
  }

  #takeEscape(byte: number): void {
    if (this.#escape === 1) {
      if (ascii.ESCAPE[byte] === 0) this.sound = false;
      this.#escape = byte === ascii.U ? 2 : 0;
    } else if (ascii.HEX[byte] === 1) {
      this.#escape = this.#escape === 5 ? 0 : this.#escape + 1;
    } else {
      this.sound = false;
      this.#escape = 0;
    }
  }

  #isList(bytes: Buffer, start: number): boolean {
    const key = this.#stack[0] === OBJECT ? this.members.latestKey(bytes, start) : undefined;
    return envelopeKind(key) !== undefined;
  }

  #open(depth: number, kind: number): boolean {
    if (depth >= MAX_DEPTH) this.tooDeep = true;
    if (depth >= MAX_SKIPPED_DEPTH) return false;
    if (depth >= this.#stack.length) {
      const larger = new Uint8Array(2 * this.#stack.length);
      larger.set(this.#stack);
      this.#stack = larger;
    }
    this.#stack[depth] = kind;
    return true;
  }

  #checkBare(bytes: Buffer, start: number, end: number): void {
    const from = start + this.#token;
    // Where its first bytes are no longer held the value is skipped anyway.
    if (from < 0 || !this.sound) return;
    if (end - from > 400 || !bareValue.test(bytes.toString('latin1', from, end)))
      this.sound = false;
  }
}

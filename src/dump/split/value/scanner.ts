/**
 * Scans one JSON value byte by byte, across chunks, to find where it ends. It checks the grammar at the same time: a wrong
 * byte is a failure at once, so that a line that is cut short does not swallow the lines after it. Invalid tokens (a bad
 * escape, `tru`) do not stop it; `JSON.parse` rejects them later. It notes the positions of the value's own members, so that
 * a record that no rule can match need not be parsed.
 */
import * as ascii from '../bytes.js';
import { envelopeKind, type StopsAt } from '../envelope.js';
import { Members } from './members.js';
import { LIST, MAX_DEPTH, Nesting, OBJECT } from './nesting.js';
import { Escape, isNumberOrLiteral } from './tokens.js';

/** Why a scan stopped: more bytes are needed, the value has ended, an envelope's list began, or a byte is wrong. */
export type ScanOutcome = 'more' | 'ended' | 'list' | 'failed';

// What may come next: a value, the end of an empty list, a key, …; or the token that the scan is in.
const VALUE = 0;
const VALUE_OR_END = 1;
const KEY_OR_END = 2;
const KEY = 3;
const COLON = 4;
const AFTER = 5;
const BARE = 6;
const STRING = 7;
const KEY_STRING = 8;

export interface ScanRange {
  readonly bytes: Buffer;
  readonly from: number;
  readonly end: number;
  /** The position of the value's first byte; negative if it is no longer in memory. */
  readonly start: number;
  /** The scan stops after the `[` of a member that is such a list. */
  readonly stopsAt: StopsAt;
}

export class Scanner {
  outcome: ScanOutcome = 'more';
  /** Why the value failed. */
  reason = '';
  /** The line that the scan has reached. */
  line = 1;
  /** Whether `JSON.parse` is known to accept the value, once it has ended. */
  isParseable = true;
  /** Whether the value is nested deeper than `MAX_DEPTH`. */
  isTooDeep = false;
  /** How many values are in the value, including itself. */
  values = 0;
  /** The members of the value, if it is an object. */
  readonly members = new Members();

  #state = VALUE;
  #depth = 0;
  readonly #nesting = new Nesting();
  readonly #escape = new Escape();
  /** Where the string, number or literal began, relative to the value's start. */
  #token = 0;
  #tokenHasEscapes = false;

  /** Begins a new value on a line. */
  begin(line: number): void {
    this.line = line;
    this.isParseable = true;
    this.isTooDeep = false;
    this.values = 0;
    this.members.reset(true);
    this.#state = VALUE;
    this.#depth = 0;
    this.#escape.reset();
  }

  /** Continues inside an envelope, after the list that was one of its members. */
  resumeAfterList(line: number): void {
    this.begin(line);
    this.members.reset(false);
    this.#nesting.kinds[0] = OBJECT;
    this.#depth = 1;
    this.#state = AFTER;
  }

  /** Whether the value ends where the text ends: a number or literal by itself. */
  endsWithInput(): boolean {
    return this.#state === BARE && this.#depth === 0;
  }

  /** Ends a number or literal at the end of the text. */
  endBare(bytes: Buffer, start: number, end: number): void {
    this.#checkBare(bytes, start, end);
  }

  /** Scans from `from` to `end` and returns where it stopped; `outcome` says why. */
  scan({ bytes, from, end, start, stopsAt }: ScanRange): number {
    let pos = from;
    let state = this.#state;
    let depth = this.#depth;
    let { values } = this;
    let outcome: ScanOutcome = 'more';
    // Local, because in the tests an imported name is looked up for each byte.
    const special = ascii.SPECIAL;
    const escape = this.#escape;

    while (pos < end) {
      if (state >= STRING) {
        if (escape.isOpen) {
          if (!escape.take(bytes[pos++] as number)) this.isParseable = false;
          continue;
        }
        while (pos < end && special[bytes[pos] as number] === 0) pos++;
        if (pos >= end) break;
        const byte = bytes[pos] as number;
        if (byte === ascii.QUOTE) {
          if (depth === 1) {
            const { members } = this;
            if (state === KEY_STRING)
              members.addKey(this.#token, pos - start, this.#tokenHasEscapes);
            else members.addString(this.#token, pos - start, this.#tokenHasEscapes);
          }
          pos++;
          state = state === KEY_STRING ? COLON : AFTER;
          if (depth === 0) {
            outcome = 'ended';
            break;
          }
        } else if (byte === ascii.BACKSLASH) {
          this.#tokenHasEscapes = true;
          const next = pos + 1 < end ? (bytes[pos + 1] as number) : ascii.U;
          if (next !== ascii.U && ascii.ESCAPE[next] === 1) pos += 2;
          else {
            escape.begin();
            pos++;
          }
        } else if (byte === ascii.NEWLINE || byte === ascii.RETURN) {
          outcome = this.#fail('a line break inside a string');
          break;
        } else {
          this.isParseable = false;
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
          state = this.#nesting.kinds[depth - 1] === OBJECT ? KEY : VALUE;
        } else if (
          byte ===
          (this.#nesting.kinds[depth - 1] === OBJECT ? ascii.CLOSE_OBJECT : ascii.CLOSE_LIST)
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
        this.#tokenHasEscapes = false;
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
        if (byte === ascii.OPEN_LIST && depth === 1 && this.#isList(bytes, start, stopsAt)) {
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

  #isList(bytes: Buffer, start: number, stopsAt: StopsAt): boolean {
    if (stopsAt === 'no list' || this.#nesting.kinds[0] !== OBJECT) return false;
    const kind = envelopeKind(this.members.latestKey(bytes, start));
    return kind !== undefined && (stopsAt === 'any list' || kind !== 'element');
  }

  #open(depth: number, kind: number): boolean {
    if (depth >= MAX_DEPTH) this.isTooDeep = true;
    return this.#nesting.open(depth, kind);
  }

  #checkBare(bytes: Buffer, start: number, end: number): void {
    const from = start + this.#token;
    // If its first bytes are no longer in memory, the value is skipped anyway.
    if (from >= 0 && !isNumberOrLiteral(bytes, from, end)) this.isParseable = false;
  }
}

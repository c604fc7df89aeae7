/**
 * Text in a string that may hold events: JSON, JSON after other text, several documents, or these in base64 or gzip. The work
 * for one value of a log is bounded, because strings may be nested in strings without end.
 */
import { gunzipSync } from 'node:zlib';
import { parseJson, type Json } from '../../cloudtrail/json.js';
import { keepNumbers } from '../../cloudtrail/numbers.js';
import { mayNeedRepair } from '../../cloudtrail/repair.js';
import { splitterFor } from '../split/splitter-for.js';
import { mayHoldEvent } from './holds.js';

/** Longer text is split first, which checks its depth and the number of its values before it is parsed. */
const MAX_DIRECT = 64 << 10;
/** Text that is no JSON by itself is split. So many texts of one value may be. */
const MAX_SPLIT = 1000;
/** Values in all texts of one value of a log. */
const MAX_VALUES = 1 << 21;
/** Bytes that packed texts of one value of a log may unpack to. */
const MAX_UNPACKED = 32 << 20;

const BASE64 = /^\s*(?:eyJ|ewo|ew0K|W3s|WyJ|Wwo|H4sI)[\w+/-]{40,}={0,2}\s*$/;
const GZIP = 'H4sI';

/** A value in a text, or why a part of the text is lost. */
export type InText =
  | { readonly kind: 'value'; readonly value: Json }
  | { readonly kind: 'lost'; readonly reason: string };

export class NestedText {
  /** Whether a text had an escape of an unpaired surrogate. */
  mayNeedRepair = false;
  #splits = MAX_SPLIT;
  #values = MAX_VALUES;
  #unpacked = MAX_UNPACKED;

  /** What the text holds. Undefined if it is text like any other. `isExpected`: an event must be in it. */
  open(text: string, isExpected: boolean): readonly InText[] | undefined {
    if (BASE64.test(text.length < MAX_DIRECT ? text : text.slice(0, MAX_DIRECT)))
      return this.#openPacked(text, isExpected);
    const mayBeJson = /^[\s\ufeff\0\x1e]*[{["]/.test(text);
    if (!isExpected && !mayHoldEvent(text)) return undefined;
    if (!mayBeJson && !text.includes('{')) return isExpected ? [] : undefined;
    if (mayNeedRepair(text)) this.mayNeedRepair = true;
    this.#values -= weight(text);
    if (this.#values < 0) return [{ kind: 'lost', reason: 'too many values in its strings' }];
    if (mayBeJson && text.length <= MAX_DIRECT) {
      const value = parsed(text);
      if (value !== undefined) return [{ kind: 'value', value }];
      if (isExpected) return [];
    }
    return this.#split(text);
  }

  #split(text: string): readonly InText[] {
    this.#splits -= 1;
    if (this.#splits < 0) return [{ kind: 'lost', reason: 'too many texts that are no JSON' }];
    const bytes = Buffer.from(text);
    const splitter = splitterFor(bytes);
    splitter.feed(bytes);
    splitter.finish();
    const found: InText[] = [];
    for (let item = splitter.next(); item; item = splitter.next()) {
      if (item.kind === 'break') found.push({ kind: 'lost', reason: item.reason });
      if (item.kind !== 'candidate') continue;
      const value = parsed(item.bytes.toString());
      found.push(
        value === undefined ? { kind: 'lost', reason: 'invalid JSON' } : { kind: 'value', value },
      );
    }
    return found;
  }

  #openPacked(text: string, isExpected: boolean): readonly InText[] | undefined {
    const bytes = Buffer.from(text, 'base64');
    if (!text.trimStart().startsWith(GZIP)) return this.open(bytes.toString(), isExpected);
    try {
      const unpacked = gunzipSync(bytes, { maxOutputLength: Math.max(1, this.#unpacked) });
      this.#unpacked -= unpacked.length;
      return this.open(unpacked.toString(), isExpected);
    } catch (error) {
      const isLarge = error instanceof RangeError;
      const reason = isLarge ? 'gzip in base64 that unpacks to too much' : 'broken gzip in base64';
      return [{ kind: 'lost', reason }];
    }
  }
}

/** The value of a JSON text with its numbers as they stood; undefined if it is no JSON. */
function parsed(text: string): Json | undefined {
  try {
    return parseJson(keepNumbers(text.replace(/^[\ufeff\0\x1e]+/, '')));
  } catch {
    return undefined;
  }
}

/** At least how many values a JSON text has. */
function weight(text: string): number {
  let count = 1;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x2c || code === 0x5b || code === 0x7b) count += 1;
  }
  return count;
}

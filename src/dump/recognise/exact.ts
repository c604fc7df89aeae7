/** Parses JSON without losing the spelling of numbers, and repairs strings with unpaired surrogates, which engines reject. */
import { parseJson, type Json } from '../../cloudtrail/json.js';
import { keepNumbers } from '../../cloudtrail/numbers.js';
import { repair } from '../../cloudtrail/repair.js';

export class ExactParser {
  /** How many unpaired surrogates were replaced so far. */
  repaired = 0;

  /** The value of a JSON text with its numbers as they stood. `parsed` is what `JSON.parse` made of it. */
  withNumbers(parsed: Json, text: string): Json {
    const kept = keepNumbers(text);
    return kept === text ? parsed : parseJson(kept);
  }

  /** The value with well-formed strings. */
  repair(value: Json): Json {
    const whole = repair(value);
    this.repaired += whole.repaired;
    return whole.value;
  }
}

/** Parses JSON without losing the spelling of numbers, and repairs strings with unpaired surrogates, which engines reject. */
import { parseJson, type Json } from '../../cloudtrail/json.js';
import { keepNumbers } from '../../cloudtrail/numbers.js';
import { mayNeedRepair, repair } from '../../cloudtrail/repair.js';

export class ExactParser {
  /** How many unpaired surrogates were replaced so far. */
  repaired = 0;

  /** Whether `JSON.parse` would give another result. */
  isNeeded(text: string): boolean {
    return mayNeedRepair(text) || keepNumbers(text) !== text;
  }

  /** The value of a JSON text, exactly. */
  parse(text: string): Json {
    const value = parseJson(keepNumbers(text));
    return mayNeedRepair(text) ? this.repair(value) : value;
  }

  /** The value with well-formed strings. */
  repair(value: Json): Json {
    const whole = repair(value);
    this.repaired += whole.repaired;
    return whole.value;
  }
}

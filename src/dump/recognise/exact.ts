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

  readonly parse = (text: string): Json => {
    const value = parseJson(keepNumbers(text));
    if (!mayNeedRepair(text)) return value;
    const whole = repair(value);
    this.repaired += whole.repaired;
    return whole.value;
  };
}

/** JSON as the engines can take it: numbers as they stood, every string well-formed. */
import { parseJson, type Json } from '../../cloudtrail/json.js';
import { keepNumbers } from '../../cloudtrail/numbers.js';
import { mayNeedRepair, repair } from '../../cloudtrail/repair.js';

export class ExactParser {
  /** How many unpaired surrogates were replaced. */
  repaired = 0;

  /** Whether `JSON.parse` alone would lose something of the text. */
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

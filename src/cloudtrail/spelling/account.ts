/** Account IDs in other spellings. A program that takes an ID for a number drops its leading zeros, and may add a fraction. */
import { scalarText, type Json } from '../json.js';

const DIGITS = 12;
/** As a spreadsheet shows a number, `2.10988E+11` has lost digits. With this many behind the point, none is lost. */
const FLOAT = /^(?:\d{1,12}[.]0+|\d[.]\d{7,11}[eE][+]?11)$/;

/** The text of an account ID, with the twelve digits that every ID has. Any other value is its own text. */
export function accountText(value: Json | undefined): string | null {
  const text = scalarText(value);
  if (text === null || (typeof value === 'string' && !isFloat(text))) return text;
  const number = Number(text);
  const isAccount = Number.isInteger(number) && number >= 0 && number < 10 ** DIGITS;
  return isAccount && typeof value !== 'boolean' && typeof value !== 'object'
    ? String(number).padStart(DIGITS, '0')
    : text;
}

/** The spelling of a float was kept, so it comes as text. */
function isFloat(text: string): boolean {
  return text.length !== DIGITS && FLOAT.test(text);
}

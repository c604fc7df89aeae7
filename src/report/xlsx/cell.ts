/** Rows of a worksheet. Texts are cells of text: no spreadsheet takes them for a formula, a number or a date. */
import { safeCell } from '../../text/safe-text.js';

/** A number is one that hunt counted. What a log has is text, also if it looks like a number. */
export type CellValue = string | number | null;

/** In UTF-16 units. Excel calls a workbook damaged if a cell has more. */
const LONGEST_CELL = 32_767;
const CUT = '… (cut: JSON has all)';
/** Excel reads `_x0041_` as the character with this code. The escape of the first underscore keeps the text as it is. */
const CODE = /_(?=x[0-9a-f]{4}_)/gi;

const MARKUP: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** A row in XML. `row` counts from 1. */
export function rowXml(row: number, values: readonly CellValue[]): string {
  return `<row r="${row}">${values.map((value, index) => cellXml(value, `${columnName(index)}${row}`)).join('')}</row>`;
}

function cellXml(value: CellValue, place: string): string {
  if (value === null) return '';
  if (typeof value === 'number') return `<c r="${place}"><v>${value}</v></c>`;
  const text = cellText(value).replace(/[&<>]/g, (sign) => MARKUP[sign] ?? sign);
  return `<c r="${place}" t="inlineStr"><is><t xml:space="preserve">${text}</t></is></c>`;
}

/** The text of a cell, as long as Excel allows. */
export function cellText(text: string): string {
  const escaped = safeCell(text).replace(CODE, '_x005F_');
  return escaped.length > LONGEST_CELL
    ? `${escaped.slice(0, LONGEST_CELL - CUT.length).replace(/[\ud800-\udbff]$/, '')}${CUT}`
    : escaped;
}

/** `A` to `Z`, then `AA`. */
function columnName(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letter : `${columnName(Math.floor(index / 26) - 1)}${letter}`;
}

/** Recognises the format of dates by their texts. */
import { readDate, readFormat } from '../days/date-format.js';

const FIELDS = ['yyyy', 'MM', 'dd', 'HH', 'mm', 'ss', 'SSS'] as const;
/** A year, a month and a day, perhaps with a time of day, with anything but letters and digits between them, or a T. */
const DATE =
  /^((?:19|20)\d\d)([^\dA-Za-z]?)(\d\d)([^\dA-Za-z]?)(\d\d)(?:([^\dA-Za-z]?|T)(\d\d)(?:([^\dA-Za-z]?)(\d\d)(?:([^\dA-Za-z]?)(\d\d)(?:(\.)(\d{3}))?)?)?)?(Z?)$/;

/** The format of which all texts are dates, in Java's letters: `yyyy/MM/dd`. Undefined if there is none. */
export function formatOfValues(texts: readonly string[]): string | undefined {
  const [, ...groups] = DATE.exec(texts[0] ?? '') ?? [];
  const end = groups.pop() ?? '';
  // Fields and what stands between them alternate; groups that are not there are undefined.
  const written = groups
    .filter((group) => group !== undefined)
    .map((group, index) => (index % 2 === 0 ? (FIELDS[index / 2] ?? '') : literalText(group)));
  if (written.length === 0) return undefined;
  const text = [...written, literalText(end)].join('');
  const format = readFormat(text);
  if (format === undefined) return undefined;
  return texts.every((date) => readDate(format, date) !== undefined) ? text : undefined;
}

/** Letters and quotation marks stand between quotation marks in a format. */
function literalText(text: string): string {
  return /^[^A-Za-z'[\]{}#]*$/.test(text) ? text : `'${text.replaceAll("'", "''")}'`;
}

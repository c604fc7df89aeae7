/** How values are written into a template: harmless in the language that the ending of its file names. */
import { prose } from '../../text/markdown-text.js';
import { safeJson, safeLine } from '../../text/safe-text.js';
import { truncate } from '../../text/width.js';

/** In columns. A log must not fill a ticket or a page. */
const LONGEST = 1000;

type Escape = (text: string) => string;

const HTML: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
  '=': '&#61;',
};

const html: Escape = (text) => line(text).replace(/[&<>"'`=]/g, (sign) => HTML[sign] ?? sign);

/** Inside of a string of JSON. */
const json: Escape = (text) => safeJson(JSON.stringify(text)).slice(1, -1);

const ESCAPES: Readonly<Record<string, Escape>> = {
  '.html': html,
  '.htm': html,
  '.xml': html,
  '.json': json,
  // A pipe would begin a cell of a table, even in code.
  '.md': (text) => prose(truncate(text, LONGEST)).replaceAll('|', '\\u007c'),
};

/** Of another ending: a line of plain text. */
const line: Escape = (text) => safeLine(truncate(text, LONGEST));

/** Writes any value for files with this ending. A list or an object is its JSON. */
export function escapeFor(ending: string): (value: unknown) => string {
  const escape = ESCAPES[ending] ?? line;
  return (value) => escape(typeof value === 'string' ? value : JSON.stringify(value));
}

/** Recognises CSV by its first rows: with commas, semicolons, tabs or bars between the cells. */
import { DOMAIN_PATTERN } from '../../cloudtrail/service-name.js';
import { eventNamesIn } from '../open/format/event-marks.js';

export interface CsvShape {
  readonly delimiter: string;
  /** What stands before a quote in a quoted cell: mostly another quote. */
  readonly escape: '"' | '\\';
}

const DELIMITERS = [',', '\t', ';', '|'] as const;
/** JSON in a quoted cell, whose quotes are doubled. JSON by itself never looks like this. */
const DOUBLED = /"\s*[[{][\s[{]*""|(?:^|[,\t;|])"[^"]{0,4096}\{\s*""[\w@.-]+""\s*:/m;
/** Only at the beginning of a cell: lines of logs have `message="{\"…` and `{"message"=>"{\"…` too. */
const BACKSLASHED = /(?:^|[,\t;|])"\s*[[{][\s[{]*\\"/m;
/** JSON that is not quoted, whose own texts may hold JSON: a line of a log. */
const UNQUOTED = /(?:^|[\s,;|])\{\s*"[\w@.-]+"\s*:/;
/** One column: its name, and JSON below it. */
const ONE_COLUMN = /^"?([@\w]+)"?\r?\n\s*(?:"\s*)?[{[]/;
/** One column without a name. */
const ONLY_CELLS = /^"\s*[{[][\s[{]*""/;
/** Names of columns that hold whole events, for JSON without quotes around it. */
const EVENT_COLUMNS = new Set([
  '_raw',
  '@message',
  'message',
  'event',
  'cloudtrailevent',
  'eventjson',
  'event_json',
  'json',
]);
/** What PowerShell writes above the header, and Excel. */
const BEFORE_HEADER = /^[\s\ufeff]*(?:sep=.\r?\n|#TYPE [^\n]*\n)?\s*/;
const OF_AWS = new RegExp(String.raw`\.${DOMAIN_PATTERN}\b`);
const CSV_NAME = /\.(?:csv|tsv|psv)(?:\.|$)/i;

/** Undefined if the text is no CSV, or one that nothing connects with logs. `path` is the file's path. */
export function csvShape(head: string, path: string): CsvShape | undefined {
  const text = withoutTitle(head.replace(BEFORE_HEADER, ''), path);
  if (/^[[{\u001e]/.test(text) || !(text.includes('\n') || CSV_NAME.test(path))) return undefined;
  const isDoubled = DOUBLED.test(text);
  const escape = !isDoubled && BACKSLASHED.test(text) ? '\\' : '"';
  const mayHoldJson = isDoubled || escape === '\\';
  const widest = DELIMITERS.map((delimiter) => ({
    delimiter,
    columns: columnsOf(text, { delimiter, escape }, mayHoldJson),
  })).reduce((best, next) => (next.columns > best.columns ? next : best));
  if (widest.columns < 2) {
    const name = ONE_COLUMN.exec(text)?.[1]?.toLowerCase();
    const isColumn = name !== undefined && (mayHoldJson || EVENT_COLUMNS.has(name));
    // JSON has no tabs.
    return isColumn || ONLY_CELLS.test(text) ? { delimiter: '\t', escape } : undefined;
  }
  const isAboutEvents = eventNamesIn(text).size >= 2 || OF_AWS.test(text);
  const isQuoted = /^"[^"\n]*"./.test(text);
  return isAboutEvents || isQuoted || mayHoldJson || CSV_NAME.test(path)
    ? { delimiter: widest.delimiter, escape }
    : undefined;
}

/** A row with a title: a row with several cells stands below it. JSON in a cell has commas too. */
const TITLE = /^"?[^"[{,;|\t\n]+"?\r?\n(?!\s*"\s*[{[])\s{0,99}(?=[^\n]*[,;|\t])/;

/** The text from its header on, if a row with a title stands above it. */
function withoutTitle(text: string, path: string): string {
  if (!CSV_NAME.test(path)) return text;
  const title = TITLE.exec(text)?.[0] ?? '';
  const name = title.trim().replaceAll('"', '').toLowerCase();
  return EVENT_COLUMNS.has(name) ? text : text.slice(title.length);
}

/** How many columns the first two rows have; 0 if they differ. */
function columnsOf(text: string, shape: CsvShape, mayHoldJson: boolean): number {
  const first = rowAt(text, 0, shape);
  const second = rowAt(text, first.end, shape);
  // A row with unquoted JSON is a line of a log.
  const row = text.slice(0, first.end);
  if (UNQUOTED.test(row) || (!mayHoldJson && row.includes('{'))) return 0;
  const isSame = second.cells === first.cells || second.isCut || second.end === first.end;
  return isSame ? first.cells : 0;
}

interface Row {
  readonly cells: number;
  /** Where the next row begins. */
  readonly end: number;
  /** Whether the text ends in the middle of the row. */
  readonly isCut: boolean;
}

function rowAt(text: string, from: number, { delimiter, escape }: CsvShape): Row {
  let cells = 1;
  let isQuoted = false;
  let isStart = true;
  for (let at = from; at < text.length; at++) {
    const letter = text[at];
    if (isQuoted) {
      if (letter === escape && text[at + 1] === '"') at++;
      else if (letter === '\\' && escape === '\\') at++;
      else if (letter === '"') isQuoted = false;
    } else if (letter === '"' && isStart) isQuoted = true;
    else if (letter === delimiter) cells++;
    else if (letter === '\n') return { cells, end: at + 1, isCut: false };
    isStart = !isQuoted && letter === delimiter;
  }
  return { cells, end: text.length, isCut: from < text.length };
}

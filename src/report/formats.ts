/**
 * The formats of reports. A new format is a row here and a file that renders it. The row decides what the command line offers,
 * the endings of files, how an earlier report is recognised, and what the documentation must list.
 */
import { basename } from 'node:path';
import { HuntError } from '../errors.js';
import { CSV_REPORT, OCSF_START, REPORT_SCHEMA, SARIF_START } from '../cloudtrail/own-report.js';
import { netted, safeCell, safeLine, safeLines, safeScreen, type Net } from '../text/safe-text.js';
import { chunked } from './chunks.js';
import type { Report } from './report.js';
import type { Template } from './template/template.js';
import type { TerminalOptions } from './terminal/render.js';

/** Gives the report in pieces, made one at a time. Only a terminal has a width and colours. */
type Render = (report: Report, options: TerminalOptions) => Pieces;

/** Pieces of text, or bytes of a format that is no text. */
export type Pieces = Iterable<string> | AsyncIterable<Uint8Array>;

interface Format {
  /** Completes `table …`. */
  readonly purpose: string;
  /** Whether the format is for people. Then the report itself says what could not be read, and stderr does not repeat it. */
  readonly forPeople: boolean;
  /** The endings of its files. */
  readonly endings: readonly string[];
  /** Makes text of the format safe as it leaves; by default, line feeds are the only control characters in it. */
  readonly net?: (options: TerminalOptions) => Net;
  /** Matches the first bytes of every report of this format, and of no log. */
  readonly begins: { readonly test: (start: string) => boolean };
  /** Loads the code of the format. A hunt loads only the formats that it uses. */
  readonly load: () => Promise<Render>;
}

const FORMATS = {
  table: {
    purpose: 'for a terminal',
    forPeople: true,
    endings: ['.txt'],
    net: ({ color }) => (color ? safeScreen : safeLines),
    begins:
      /^(?:Audit report of hunt|Look here first\n {2}\d|Stories: findings of one actor|What was changed\n {2}(?:nothing|\d)|What [^\n]+ did\n {2}\d)/,
    load: async () => (await import('./terminal/render.js')).renderTerminal,
  },
  markdown: {
    purpose: 'for tickets and pull requests',
    forPeople: true,
    endings: ['.md'],
    begins: /^# (?:Audit report of hunt|hunt report\n)/,
    load: async () => (await import('./markdown/render.js')).renderMarkdown,
  },
  html: {
    purpose: 'for a browser, for printing and for mail: one file that asks for no other',
    forPeople: true,
    endings: ['.html'],
    begins:
      /^<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" content="[^"]+"\/>\n<meta name="generator" content="hunt /,
    load: async () => (await import('./html/render.js')).renderHtml,
  },
  csv: {
    purpose: 'for spreadsheets and scripts',
    forPeople: false,
    endings: ['.csv'],
    net: () => safeCell,
    begins: CSV_REPORT,
    load: async () => (await import('./csv.js')).renderCsv,
  },
  xlsx: {
    purpose:
      'for spreadsheets: findings, completeness, rules and exclusions, with every text as text',
    forPeople: false,
    endings: ['.xlsx'],
    // The header of the first file in the archive. Its size and time are zero, since they are not known when it is written.
    begins: /^PK\u0003\u0004[^]{20,30}xl\/worksheets\/sheet1\.xml/,
    load: async () => (await import('./xlsx/render.js')).renderXlsx,
  },
  json: {
    purpose: 'for programs',
    forPeople: false,
    endings: ['.json'],
    begins: new RegExp(`^\\{\\s*"schema": ${JSON.stringify(REPORT_SCHEMA)}`),
    load: async () => (await import('./json.js')).renderJson,
  },
  ndjson: {
    purpose: 'for jq, grep and log stores',
    forPeople: false,
    endings: ['.ndjson', '.jsonl'],
    // Without findings, the report is empty.
    begins: /^(?:$|\{"rules":\[\{"id":)/,
    load: async () => (await import('./ndjson.js')).renderNdjson,
  },
  sarif: {
    purpose: 'for code scanning, CI systems and editors (SARIF 2.1.0)',
    forPeople: false,
    endings: ['.sarif'],
    begins: { test: (start) => start.startsWith(SARIF_START) },
    load: async () => (await import('./sarif/render.js')).renderSarif,
  },
  ocsf: {
    purpose: 'for security data lakes and SIEMs (OCSF 1.8.0, Detection Finding)',
    forPeople: false,
    endings: ['.ocsf.ndjson'],
    // Without findings, the report is empty: that of NDJSON is, too.
    begins: { test: (start) => start.startsWith(OCSF_START) },
    load: async () => (await import('./ocsf/render.js')).renderOcsf,
  },
} as const satisfies Readonly<Record<string, Format>>;

export type FormatName = keyof typeof FORMATS;

export const FORMAT_NAMES = Object.keys(FORMATS) as readonly FormatName[];

/** `table for a terminal; csv for spreadsheets …`. */
export const FORMAT_PURPOSES = FORMAT_NAMES.map((name) => `${name} ${FORMATS[name].purpose}`).join(
  '; ',
);

/** The endings of report files: `.txt`, `.md` … */
export const ENDINGS: readonly string[] = FORMAT_NAMES.flatMap((name) => FORMATS[name].endings);

/** A row of the registry. */
export function formatNamed(name: FormatName): Format {
  return FORMATS[name];
}

/** The format for the ending of a file. Throws a HuntError that names the known endings. */
export function formatOfFile(path: string): FormatName {
  const name = basename(path).toLowerCase();
  // Of `a.ocsf.ndjson`, both `.ocsf.ndjson` and `.ndjson` are endings: the longer one says more.
  const ending = ENDINGS.filter((one) => name.endsWith(one) && name !== one)
    .toSorted((one, other) => other.length - one.length)
    .at(0);
  const format = FORMAT_NAMES.find((one) => formatNamed(one).endings.some((its) => its === ending));
  if (format !== undefined) return format;
  throw new HuntError(
    'USAGE',
    `the report ${safeLine(path)}: its ending must say its format; known endings: ${ENDINGS.join(', ')}`,
  );
}

/** How many bytes of a file are enough to recognise a report. */
export const START_BYTES = 4096;

/** Whether a file that starts with this text is a report in any format. */
export function beginsAsReport(start: string): boolean {
  return FORMAT_NAMES.some((name) => FORMATS[name].begins.test(start));
}

/**
 * The report in a format, in chunks that are made one at a time. Those of text have 64 KB or a little more. Made with a template, it
 * is one text.
 */
export async function render(
  report: Report,
  format: FormatName | Template,
  options: TerminalOptions,
): Promise<Pieces> {
  if (typeof format === 'object')
    return (await import('./template/render.js')).renderTemplate(report, format);
  const { load, net } = formatNamed(format);
  const renderer = await load();
  const pieces = renderer(report, options);
  if (Symbol.asyncIterator in pieces) return pieces;
  return netted(chunked(pieces), net?.(options) ?? safeLines);
}

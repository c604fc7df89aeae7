/** The formats of reports. A new one is a line here and a file beside this one. */
import { extname } from 'node:path';
import { HuntError } from '../errors.js';
import { chunked } from './chunks.js';
import { renderCsv } from './csv.js';
import { renderJson } from './json.js';
import { renderNdjson } from './ndjson.js';
import type { Report } from './report.js';
import { renderTable, type TableOptions } from './table.js';
import { safeLine } from './safe-text.js';

export const FORMAT_NAMES = ['table', 'csv', 'json', 'ndjson'] as const;
export type FormatName = (typeof FORMAT_NAMES)[number];

interface Format {
  readonly endings: readonly string[];
  readonly render: (report: Report, options: TableOptions) => Iterable<string>;
}

const FORMATS: Readonly<Record<FormatName, Format>> = {
  table: { endings: ['.txt'], render: renderTable },
  csv: { endings: ['.csv'], render: renderCsv },
  json: { endings: ['.json'], render: renderJson },
  ndjson: { endings: ['.ndjson', '.jsonl'], render: renderNdjson },
};

/** The format that a file's ending asks for. Throws a HuntError that names the known endings. */
export function formatOf(path: string): FormatName {
  const ending = extname(path).toLowerCase();
  const format = FORMAT_NAMES.find((name) => FORMATS[name].endings.includes(ending));
  if (format !== undefined) return format;
  const known = FORMAT_NAMES.flatMap((name) => FORMATS[name].endings).join(', ');
  throw new HuntError(
    'USAGE',
    `--output ${safeLine(path)}: the ending says the format; known endings: ${known}`,
  );
}

/** The report as text in a format, in chunks of 64 KB or little more, made as they are asked for. Width and colour are the table's. */
export function render(
  report: Report,
  format: FormatName,
  options: TableOptions,
): Iterable<string> {
  return chunked(FORMATS[format].render(report, options));
}

/** The formats of reports. A new one is a line here and a file beside this one, loaded where it is asked for. */
import { extname } from 'node:path';
import { HuntError } from '../errors.js';
import { chunked } from './chunks.js';
import type { Report } from './report.js';
import type { TerminalOptions } from './terminal/render.js';
import { safeLine } from '../text/safe-text.js';

export const FORMAT_NAMES = ['table', 'csv', 'json', 'ndjson'] as const;
export type FormatName = (typeof FORMAT_NAMES)[number];

type Render = (report: Report, options: TerminalOptions) => Iterable<string>;

interface Format {
  readonly endings: readonly string[];
  readonly load: () => Promise<Render>;
}

const FORMATS: Readonly<Record<FormatName, Format>> = {
  table: {
    endings: ['.txt'],
    load: async () => (await import('./terminal/render.js')).renderTerminal,
  },
  csv: { endings: ['.csv'], load: async () => (await import('./csv.js')).renderCsv },
  json: { endings: ['.json'], load: async () => (await import('./json.js')).renderJson },
  ndjson: {
    endings: ['.ndjson', '.jsonl'],
    load: async () => (await import('./ndjson.js')).renderNdjson,
  },
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
export async function render(
  report: Report,
  format: FormatName,
  options: TerminalOptions,
): Promise<Iterable<string>> {
  const renderer = await FORMATS[format].load();
  return chunked(renderer(report, options));
}

/** Reads the file of `--template`, and decides which reports are made with it. */
import { readFileSync, statSync } from 'node:fs';
import { extname } from 'node:path';
import { HuntError, reasonOf } from '../../../errors.js';
import { formatOfFile, type FormatName } from '../../../report/formats.js';
import { checkTemplate, type Template } from '../../../report/template/template.js';
import { safeLine } from '../../../text/safe-text.js';

/** What a report is laid out by: a format, or a user's own template. */
export type Layout = FormatName | Template;

const MOST_BYTES = 1024 * 1024;

/** Reads the template that the option names; undefined without the option. Throws a HuntError if the template cannot be used. */
export async function readTemplate(path: string | undefined): Promise<Template | undefined> {
  if (path === undefined) return undefined;
  const template = { path, ending: extname(path).toLowerCase(), text: textOf(path) };
  await checkTemplate(template);
  return template;
}

function textOf(path: string): string {
  try {
    const { size } = statSync(path);
    if (size > MOST_BYTES) throw new Error(`it has more than ${MOST_BYTES} bytes`);
    return readFileSync(path, 'utf8');
  } catch (error) {
    const reason = safeLine(reasonOf(error));
    throw new HuntError('USAGE', `cannot read the template ${safeLine(path)}: ${reason}`, {
      cause: error,
    });
  }
}

/** The template, for files with its ending; else the format that the ending says. */
export function layoutOfFile(path: string, template: Template | undefined): Layout {
  return template !== undefined && hasEnding(path, template) ? template : formatOfFile(path);
}

interface Printing {
  readonly format: FormatName | undefined;
  readonly template: Template | undefined;
  /** Whether the user asked for a report on standard output, or gave no file. */
  readonly isPrinted: boolean;
}

/** What is printed on standard output; undefined if nothing is. Throws a HuntError where nothing is made with the template. */
export function printedLayout(
  { format, template, isPrinted }: Printing,
  paths: readonly string[],
): Layout | undefined {
  if (template === undefined) return format ?? (isPrinted ? 'table' : undefined);
  if (format !== undefined)
    throw new HuntError('USAGE', 'give --format or --template: one report is printed');
  if (isPrinted) return template;
  if (paths.some((path) => hasEnding(path, template))) return undefined;
  const example = `--output issue${template.ending}`;
  throw new HuntError(
    'USAGE',
    `no report is made with the template ${safeLine(template.path)}: add --output - to print it${template.ending === '' ? '' : `, or a file with its ending, such as ${safeLine(example)}`}`,
  );
}

function hasEnding(path: string, { ending }: Template): boolean {
  return ending !== '' && path.toLowerCase().endsWith(ending);
}

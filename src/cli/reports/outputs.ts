/** Where reports go: to standard output, or to files; the ending of a file is the format. */
import { existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { HuntError, reasonOf } from '../../errors.js';
import { proofFiles } from '../../integrity/manifest/names.js';
import { beginsAsReport, type FormatName } from '../../report/formats.js';
import { checkTargets, type Force } from '../../report/targets.js';
import type { Template } from '../../report/template/template.js';
import { safeLine } from '../../text/safe-text.js';
import type { Config } from '../options/hunt-yml/config.js';
import { layoutOfFile, printedLayout, type Layout } from '../options/report/template.js';
import {
  filledName,
  placeholdersOf,
  type PlaceholderValues,
} from '../options/report/output-names.js';
import { isWithin } from '../files/path-within.js';
import { startOf } from '../files/read-file.js';

export interface Outputs {
  /** The format that is printed on standard output; undefined if nothing is printed. */
  readonly stdout: Layout | undefined;
  readonly files: readonly { readonly path: string; readonly format: Layout }[];
  readonly force: Force;
}

interface OutputOptions {
  readonly format: FormatName | undefined;
  readonly template?: Template | undefined;
  /** Files, or `-` for standard output; empty if the configuration decides. */
  readonly output: readonly string[];
  readonly force: boolean;
}

const STDOUT = '-';

/**
 * Decides where reports go. Throws a HuntError if a file could not be written, so that the user does not learn it only after a
 * long hunt.
 */
export function planOutputs(
  { format, template, output, force }: OutputOptions,
  config: Pick<Config, 'outputs'> | undefined,
  values: PlaceholderValues,
): Outputs {
  const names = output.length > 0 ? output : (config?.outputs ?? []);
  const paths = names.filter((name) => name !== STDOUT).map((name) => filledPath(name, values));
  const files = paths.map((path) => ({ path, format: layoutOfFile(path, template) }));
  const isPrinted = names.length === 0 || names.includes(STDOUT);
  const stdout = printedLayout({ format, template, isPrinted }, paths);
  const mayReplace = force || earlierReports(names, values);
  checkTargets(paths, mayReplace);
  return { stdout, files, force: mayReplace };
}

/** The path that a name with placeholders stands for. Its folder is made, because its name may change from day to day. */
export function filledPath(name: string, values: PlaceholderValues): string {
  const path = filledName(name, values);
  if (placeholdersOf(name).length === 0) return path;
  try {
    mkdirSync(dirname(path), { recursive: true });
  } catch (error) {
    throw new HuntError(
      'OUTPUT',
      `cannot make the folder ${safeLine(dirname(path))}: ${safeLine(reasonOf(error))}`,
      { cause: error },
    );
  }
  return path;
}

/**
 * A report of the same period is made anew without `--force`: so a job that runs twice a day works. What is no report stays, and
 * so does a report whose name does not say its period.
 */
function earlierReports(names: readonly string[], values: PlaceholderValues): Force {
  const reports = names
    .filter((name) => name !== STDOUT && placeholdersOf(name).includes('period'))
    .map((name) => filledName(name, values))
    .filter((path) => isFile(path) && beginsAsReport(startOf(path)));
  if (reports.length === 0) return false;
  const replaced = new Set(reports.flatMap((path) => [path, ...Object.values(proofFiles(path))]));
  return (path) => replaced.has(path);
}

interface Files {
  readonly files: readonly { readonly path: string }[];
}

/** Throws a HuntError if a report would overwrite a hunted file, unless that file is an earlier report. */
export function refuseEvidence({ files }: Files, hunted: readonly string[]): void {
  for (const { path } of files) {
    if (!existsSync(path) || beginsAsReport(startOf(path))) continue;
    const isHunted = hunted.some(
      (root) => root !== '-' && existsSync(root) && isWithin(path, root),
    );
    if (isHunted)
      throw new HuntError(
        'OUTPUT',
        `${safeLine(path)} lies in a hunted path and is not a report: evidence would be lost`,
      );
  }
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

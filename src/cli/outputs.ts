/** Where reports go: to standard output, or to files; the ending of a file is the format. */
import { closeSync, existsSync, openSync, readSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { HuntError } from '../errors.js';
import {
  beginsAsReport,
  formatNamed,
  formatOfFile,
  render,
  START_BYTES,
  type Pieces,
  type FormatName,
} from '../report/formats.js';
import type { Report } from '../report/report.js';
import { counted } from '../text/counted.js';
import { safeLine } from '../text/safe-text.js';
import { checkTargets, writeFiles } from '../report/write.js';
import type { Config } from './options/config.js';
import { concerns, reasonsForThree } from './concerns.js';
import { wantsColor } from './color.js';
import { isWithin } from './path-within.js';
import type { CommandContext } from './context.js';

export interface Outputs {
  /** The format that is printed on standard output; undefined if nothing is printed. */
  readonly stdout: FormatName | undefined;
  readonly files: readonly { readonly path: string; readonly format: FormatName }[];
  readonly force: boolean;
}

interface OutputOptions {
  readonly format: FormatName | undefined;
  /** Files, or `-` for standard output; empty if the configuration decides. */
  readonly output: readonly string[];
  readonly force: boolean;
}

const STDOUT = '-';
const DEFAULT_WIDTH = 160;

/**
 * Decides where reports go. Throws a HuntError if a file could not be written, so that the user does not learn it only after a
 * long hunt.
 */
export function planOutputs(
  { format, output, force }: OutputOptions,
  config: Pick<Config, 'outputs'> | undefined,
): Outputs {
  const paths = output.length > 0 ? output : (config?.outputs ?? []);
  const files = paths
    .filter((path) => path !== STDOUT)
    .map((path) => ({ path, format: formatOfFile(path) }));
  checkTargets(
    files.map(({ path }) => path),
    force,
  );
  const printed = format !== undefined || paths.length === 0 || paths.includes(STDOUT);
  return { stdout: printed ? (format ?? 'table') : undefined, files, force };
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

/** The first bytes of a file, however large it is. */
export function startOf(path: string): string {
  const start = Buffer.alloc(START_BYTES);
  const file = openSync(path, 'r');
  try {
    return start.toString('utf8', 0, readSync(file, start));
  } finally {
    closeSync(file);
  }
}

interface Delivery {
  readonly report: Report;
  readonly outputs: Outputs;
  /** Prints a line on stderr, unless the user wants quiet. */
  readonly notify: (line: string) => void;
  /** Whether a hunt that looked at nothing counts as complete. */
  readonly allowEmpty: boolean;
  readonly context: Pick<CommandContext, 'stdout' | 'stderr' | 'environment' | 'signal'>;
}

/**
 * Writes the report's files and prints it. Where no format for people is printed, stderr names the warnings and the lost
 * evidence. It always says why the exit code is 3. Throws a HuntError if a file cannot be written, and when interrupted.
 */
export async function deliver(delivery: Delivery): Promise<void> {
  const { report, outputs, notify, allowEmpty, context } = delivery;
  const { stdout, files, force } = outputs;
  const texts = await Promise.all(
    files.map(async ({ path, format }) => ({
      path,
      chunks: await render(report, format, { width: DEFAULT_WIDTH, color: false }),
    })),
  );
  await writeFiles(texts, { force, signal: context.signal });
  const findings = counted(report.findings.length, 'finding');
  for (const { path } of files) notify(`hunt: wrote ${safeLine(path)} (${findings})`);
  if (stdout === undefined || !formatNamed(stdout).forPeople)
    for (const line of concerns(report, allowEmpty)) notify(line);
  if (stdout !== undefined)
    await print(await render(report, stdout, terminalOptions(context)), context);
  for (const line of reasonsForThree(report, allowEmpty)) context.stderr.write(`${line}\n`);
}

function terminalOptions({ stdout, environment }: Pick<CommandContext, 'stdout' | 'environment'>) {
  const isTerminal = stdout.isTTY === true;
  return {
    width: (isTerminal ? stdout.columns : undefined) || DEFAULT_WIDTH,
    color: wantsColor(stdout, environment),
  };
}

/** Prints the chunks; each waits until the stream has room. Throws a HuntError if interrupted. */
async function print(
  chunks: Pieces,
  { stdout, signal }: Pick<CommandContext, 'stdout' | 'signal'>,
): Promise<void> {
  for await (const chunk of chunks) {
    if (signal.aborted) throw new HuntError('INTERRUPTED', 'interrupted');
    await new Promise<void>((resolve, reject) => {
      stdout.write(chunk, (error) => (error ? reject(error) : resolve()));
    });
    // A pipe is written synchronously. Without this pause, the signal handler would never run.
    await setImmediate();
  }
}

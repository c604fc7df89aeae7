/** Where reports go: standard output, or files whose endings say the format. */
import { closeSync, existsSync, openSync, readSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { HuntError } from '../errors.js';
import { FORMAT_NAMES, formatOf, render, type FormatName } from '../report/formats.js';
import type { Report, Warning } from '../report/report.js';
import { safeLine } from '../text/safe-text.js';
import { checkTargets, writeFiles } from '../report/write.js';
import type { Config } from './options/config.js';
import { isWithin } from './path-within.js';
import type { CommandContext } from './context.js';

export interface Outputs {
  /** What is printed on standard output, if anything. */
  readonly stdout: FormatName | undefined;
  readonly files: readonly { readonly path: string; readonly format: FormatName }[];
  readonly force: boolean;
}

interface OutputOptions {
  readonly format?: string;
  readonly output?: readonly string[];
  readonly force?: boolean;
}

const STDOUT = '-';
const DEFAULT_WIDTH = 120;
const UNREADABLE_SAID = 20;
const START_BYTES = 512;

/** Decides what goes where, and throws a HuntError before the hunt where a file could not be written after it. */
export function planOutputs(
  options: OutputOptions,
  config: Pick<Config, 'outputs'> | undefined,
): Outputs {
  const paths = options.output ?? config?.outputs ?? [];
  const format = options.format === undefined ? undefined : readFormat(options.format);
  const files = paths
    .filter((path) => path !== STDOUT)
    .map((path) => ({ path, format: formatOf(path) }));
  const force = options.force === true;
  checkTargets(
    files.map(({ path }) => path),
    force,
  );
  const printed = format !== undefined || paths.length === 0 || paths.includes(STDOUT);
  return { stdout: printed ? (format ?? 'table') : undefined, files, force };
}

/** Throws a HuntError where a file would be written over what is hunted, unless that is a report of before. */
export function refuseEvidence({ files }: Outputs, hunted: readonly string[]): void {
  for (const { path } of files) {
    if (!existsSync(path) || isOwnReport(path)) continue;
    const isHunted = hunted.some(
      (root) => root !== '-' && existsSync(root) && isWithin(path, root),
    );
    if (isHunted)
      throw new HuntError(
        'OUTPUT',
        `${safeLine(path)} lies in what is hunted, and is no report: it would be lost`,
      );
  }
}

/** How each format begins. */
const REPORT_STARTS = [
  /^\{\s*"schema": "hunt-report\/1"/,
  /^(?:rule,)?eventTime,eventName,/,
  /^\{"rule":/,
  /^.+\n\w+ severity · /,
];

/** Whether a file begins as one of hunt's own reports. */
function isOwnReport(path: string): boolean {
  const start = startOf(path);
  return REPORT_STARTS.some((pattern) => pattern.test(start));
}

/** The first bytes of a file, however large it is. */
function startOf(path: string): string {
  const start = Buffer.alloc(START_BYTES);
  const file = openSync(path, 'r');
  try {
    return start.toString('utf8', 0, readSync(file, start));
  } finally {
    closeSync(file);
  }
}

/** Renders the report, writes its files, and says on stderr what a table would have shown. */
export async function deliver(
  report: Report,
  outputs: Outputs,
  say: (line: string) => void,
  world: Pick<CommandContext, 'stdout' | 'environment' | 'signal'>,
): Promise<void> {
  const { stdout, files, force } = outputs;
  const texts = await Promise.all(
    files.map(async ({ path, format }) => ({
      path,
      text: await render(report, format, { width: DEFAULT_WIDTH, color: false }),
    })),
  );
  await writeFiles(texts, { force, signal: world.signal });
  const findings = report.sections.reduce((total, section) => total + section.findings.length, 0);
  for (const { path } of files)
    say(`hunt: wrote ${safeLine(path)} (${findings} ${findings === 1 ? 'finding' : 'findings'})`);
  if (stdout !== 'table') for (const line of concerns(report)) say(line);
  if (stdout !== undefined) await print(await render(report, stdout, tableOptions(world)), world);
}

function readFormat(name: string): FormatName {
  const format = FORMAT_NAMES.find((known) => known === name);
  if (format !== undefined) return format;
  throw new HuntError('USAGE', `--format ${safeLine(name)}: one of ${FORMAT_NAMES.join(', ')}`);
}

function tableOptions({ stdout, environment }: Pick<CommandContext, 'stdout' | 'environment'>) {
  const terminal = stdout.isTTY === true;
  const plain = Boolean(environment['NO_COLOR']) || environment['TERM'] === 'dumb';
  return {
    width: (terminal ? stdout.columns : undefined) || DEFAULT_WIDTH,
    color: terminal && !plain,
  };
}

/** The warnings, and what could not be read: nobody should have to open a file to learn that evidence was lost. */
function concerns({ warnings, sections, files }: Report): readonly string[] {
  const lost = files.unreadable.map(
    ({ path, reason }) => `hunt: could not read ${safeLine(path)}: ${safeLine(reason)}`,
  );
  const more = lost.length - UNREADABLE_SAID;
  return [
    ...warnings.map((warning) => warningLine(warning, '')),
    ...sectionConcerns(sections),
    ...lost.slice(0, UNREADABLE_SAID),
    ...(more > 0 ? [`hunt: could not read ${more} more; the json report names them all`] : []),
  ];
}

/** Each warning of the sections once, with the rules it is about where that is not all of them. */
function sectionConcerns(sections: Report['sections']): readonly string[] {
  const all = sections.flatMap(({ rule, warnings }) =>
    warnings.map((warning) => ({ warning, rule: rule.id })),
  );
  const messages = [...new Set(all.map(({ warning }) => warningLine(warning, '')))];
  return messages.map((message) => {
    const own = all.filter(({ warning }) => warningLine(warning, '') === message);
    const isGeneral = own.length === sections.length;
    const rules = isGeneral ? '' : `${own.map(({ rule }) => safeLine(rule)).join(', ')}: `;
    return own[0] === undefined ? message : warningLine(own[0].warning, rules);
  });
}

function warningLine({ code, message }: Warning, prefix: string): string {
  return `hunt: warning: ${prefix}${safeLine(message)} [${code}]`;
}

/** Chunk by chunk, each when the one before has been taken. Throws a HuntError when interrupted. */
async function print(
  text: Iterable<string>,
  { stdout, signal }: Pick<CommandContext, 'stdout' | 'signal'>,
): Promise<void> {
  for (const chunk of text) {
    if (signal.aborted) throw new HuntError('INTERRUPTED', 'interrupted');
    await new Promise<void>((resolve, reject) => {
      stdout.write(chunk, (error) => (error ? reject(error) : resolve()));
    });
    // Pipes are written synchronously: without a pause no interruption would be heard.
    await setImmediate();
  }
}

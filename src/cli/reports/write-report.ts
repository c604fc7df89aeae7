/** Writes reports to their files and prints them. What is needed for it is loaded only when there is one. */
import { formatNamed, render } from '../../report/formats.js';
import type { Notify } from '../notify.js';
import type { Report } from '../../report/report.js';
import { writeFiles } from '../../report/write.js';
import { counted } from '../../text/counted.js';
import { safeLine, safeLines } from '../../text/safe-text.js';
import type { CommandContext } from '../context.js';
import { DEFAULT_WIDTH, printPieces, terminalOptions } from '../terminal/print.js';
import { concerns, reasonsForThree } from './concerns.js';
import type { Outputs } from './outputs.js';

interface Writing {
  readonly report: Report;
  readonly outputs: Outputs;
  /** Prints a line on stderr, unless the user wants quiet. */
  readonly notify: Notify;
  /** The warnings and the lost evidence. Stderr says them if no format for people is printed. */
  readonly concerns: readonly string[];
  readonly context: Pick<CommandContext, 'stdout' | 'stderr' | 'environment' | 'signal'>;
}

interface HuntWriting extends Omit<Writing, 'concerns'> {
  /** Whether a hunt that looked at nothing counts as complete. */
  readonly allowEmpty: boolean;
}

/**
 * Writes the report's files and prints it. Where no format for people is printed, stderr names the warnings and the lost
 * evidence. It always says why the exit code is 3. Throws a HuntError if a file cannot be written, and when interrupted.
 */
export async function writeAndWarn(writing: HuntWriting): Promise<void> {
  const { report, outputs, notify, allowEmpty, context } = writing;
  await writeReport({ report, outputs, notify, concerns: concerns(report, allowEmpty), context });
  for (const line of reasonsForThree(report, allowEmpty))
    context.stderr.write(`${safeLines(line)}\n`);
}

/** Writes the report's files and prints it. Throws a HuntError if a file cannot be written, and when interrupted. */
export async function writeReport(writing: Writing): Promise<void> {
  const { report, outputs, notify, context } = writing;
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
  // What a template says of the hunt, nobody knows.
  if (typeof stdout !== 'string' || !formatNamed(stdout).forPeople)
    for (const line of writing.concerns) notify(line);
  if (stdout !== undefined)
    await printPieces(await render(report, stdout, terminalOptions(context)), context);
}

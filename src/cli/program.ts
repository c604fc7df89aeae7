/** The command line: flags as data, from which the help is made. */
import { Command, CommanderError, Option } from 'commander';
import { HuntError, reasonOf } from '../errors.js';
import { FORMAT_NAMES } from '../report/formats.js';
import { safeLine } from '../report/safe-text.js';
import { runHunt, type HuntOptions } from './hunt.js';
import type { World } from './world.js';

const EXAMPLES = `
Examples:
  hunt ./logs                                    a folder of CloudTrail dumps
  hunt ./logs --since 30d --output report.csv    the last thirty days, as a file
  hunt ./logs --set PROD_ACCOUNT_IDS=123456789012,210987654321
  aws cloudtrail lookup-events | hunt -          standard input

Times are UTC; the window is [since, until), so --until 2026-02-01 leaves that day out.
Exit codes: 0 complete; 1 findings (--fail-on-findings); 2 no report; 3 the report is written, but evidence was
lost; 130 interrupted.
`;

const collect = (value: string, before: readonly string[] = []): readonly string[] => [
  ...before,
  value,
];

const HUNT_OPTIONS: readonly Option[] = [
  new Option(
    '--since <time>',
    'only events from then on: 30d, 12h, 2w, 2026-01-31, 2026-01-31T08:00:00Z',
  ),
  new Option('--until <time>', 'only events before then'),
  new Option(
    '--late <duration>',
    'how long after an event its file may still arrive (default: 1d)',
  ),
  new Option('--rule <id|file>', 'the rule to apply; repeatable').argParser(collect),
  new Option(
    '--set <name=values>',
    "a parameter's values, split by commas, or any; repeatable",
  ).argParser(collect),
  new Option(
    '--no-exclusions',
    'drop every top-level not (…) of the rule, but that of failed calls',
  ),
  new Option('--config <file>', 'the configuration (default: hunt.yml, where there is one)'),
  new Option('--format <format>', 'what to print').choices(FORMAT_NAMES),
  new Option('--output <file>', 'write a report; the ending says the format; repeatable').argParser(
    collect,
  ),
  new Option('--force', 'overwrite existing files'),
  new Option('--fail-on-findings', 'exit 1 where there are findings'),
  new Option('--quiet', 'print nothing but the report and errors'),
  new Option('--no-progress', 'no progress bar'),
  new Option('--debug', 'show stacks of errors'),
];

/** Runs the command line and gives its exit code. Throws HuntErrors, and CommanderErrors that have been printed. */
export async function runProgram(argv: readonly string[], world: World): Promise<number> {
  let exitCode = 0;
  const program = new Command('hunt')
    .description(
      'Who changed this by hand, and when? Hunts CloudTrail history with a detection rule.',
    )
    .argument('[path...]', 'folders or files of CloudTrail logs, or - for standard input')
    .version(world.version, '--version')
    .addHelpText('after', EXAMPLES)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => world.stdout.write(text),
      writeErr: (text) => world.stderr.write(text),
      // One line, like every other error: the suggestion would stand on a second.
      outputError: (text, write) =>
        write(
          `hunt: ${safeLine(
            text
              .replace(/^error: /, '')
              .trim()
              .replace('\n', ' '),
          )}\n`,
        ),
    })
    .action(async (paths: readonly string[], options: HuntOptions) => {
      exitCode = await runHunt(paths, options, world);
    });
  for (const option of HUNT_OPTIONS) program.addOption(option);
  try {
    await program.parseAsync([...argv], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? 0 : 2;
  }
  return exitCode;
}

/** Whether the person asked for stacks; read before the options are parsed, for parsing may fail. */
export function wantsStacks(argv: readonly string[]): boolean {
  return argv.includes('--debug');
}

/** A message may quote a path or a rule, which are somebody's words; its own line breaks stay. */
function safeLines(text: string): string {
  return text.split('\n').map(safeLine).join('\n');
}

/** The message for anything thrown: one line, and the stack where it was asked for. */
export function describeError(error: unknown, stacks: boolean): string {
  const known = error instanceof HuntError;
  const message = safeLines(reasonOf(error));
  const stack = stacks && error instanceof Error ? `\n${error.stack ?? ''}` : '';
  return known
    ? `hunt: ${message}${stack}`
    : `hunt: internal error: ${message}${stack || ' (--debug shows where)'}`;
}

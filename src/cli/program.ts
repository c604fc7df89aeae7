/** The command line, made from the commands as data. */
import { Argument, Command, CommanderError, Option } from 'commander';
import { HuntError, reasonOf } from '../errors.js';
import { safeLine } from '../text/safe-text.js';
import type { CliCommand } from './command.js';
import { huntCommand } from './commands/hunt.js';
import type { World } from './world.js';

/** In the order of the help. Each is a file of its own, loaded where the command line may be about it. */
const COMMANDS: readonly (readonly [name: string, load: () => Promise<CliCommand>])[] = [
  ['rules', async () => (await import('./commands/rules.js')).rulesCommand],
  ['explain', async () => (await import('./commands/explain.js')).explainCommand],
  ['sql', async () => (await import('./commands/sql.js')).sqlCommand],
  ['schema', async () => (await import('./commands/schema.js')).schemaCommand],
  ['test', async () => (await import('./commands/test.js')).testCommand],
  ['why', async () => (await import('./commands/why.js')).whyCommand],
  ['doctor', async () => (await import('./commands/doctor.js')).doctorCommand],
];

const EXAMPLES = `
Examples:
  hunt ./logs                                    a folder of CloudTrail dumps
  hunt ./logs --since 30d --output report.csv    the last thirty days, as a file
  hunt ./logs --set PROD_ACCOUNT_IDS=123456789012,210987654321
  hunt ./logs --rule all --resource sg-0a1b2c3d  what any rule finds about one resource
  aws cloudtrail lookup-events | hunt -          standard input
  hunt --athena db.cloudtrail --since 30d        a table in Amazon Athena
  hunt --trino https://host/catalog/schema/table a table in Trino

Times are UTC; the window is [since, until), so --until 2026-02-01 leaves that day out.
A command's name beats a path: hunt ./test hunts a folder called test.
Exit codes: 0 complete; 1 findings (--fail-on-findings); 2 no report; 3 the report is written, but evidence was
lost; 130 interrupted.
`;

/** Runs the command line and gives its exit code. Throws HuntErrors; mistakes in options have been printed already. */
export async function runProgram(argv: readonly string[], world: World): Promise<number> {
  let exitCode = 0;
  const output = {
    writeOut: (text: string) => world.stdout.write(text),
    writeErr: (text: string) => world.stderr.write(text),
    // One line, like every other error: the suggestion would stand on a second.
    outputError: (text: string, write: (line: string) => void) =>
      write(
        `hunt: ${safeLine(
          text
            .replace(/^error: /, '')
            .trim()
            .replace('\n', ' '),
        )}\n`,
      ),
  };
  const build = (command: CliCommand, into: Command): Command => {
    into.description(command.description).exitOverride().configureOutput(output);
    for (const [syntax, description] of command.arguments)
      into.addArgument(new Argument(syntax, description));
    for (const option of command.options) into.addOption(option);
    into.addOption(new Option('--debug', 'show stacks of errors'));
    return into.action(async (...given: unknown[]) => {
      const args = given.slice(0, command.arguments.length) as Parameters<CliCommand['run']>[0];
      const options = given[command.arguments.length] as Parameters<CliCommand['run']>[1];
      exitCode = await command.run(args, options, world);
    });
  };
  const program = build(huntCommand, new Command('hunt'))
    .version(world.version, '--version')
    .addHelpText('after', EXAMPLES)
    .enablePositionalOptions();
  for (const command of await commandsFor(argv))
    program.addCommand(build(command, new Command(command.name)));
  try {
    await program.parseAsync([...argv], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? 0 : 2;
  }
  return exitCode;
}

/** The commands that a command line may be about, all of them for the help: a hunt is not to wait for the others. */
function commandsFor(argv: readonly string[]): Promise<readonly CliCommand[]> {
  const isHelp = argv.includes('--help') || argv.includes('-h');
  const wanted = COMMANDS.filter(([name]) => isHelp || argv.includes(name));
  return Promise.all(wanted.map(([, load]) => load()));
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

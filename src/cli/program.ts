/** The command line: finds the command, lets commander parse its options, and runs it. */
import { Command, CommanderError, Option } from 'commander';
import { HuntError } from '../errors.js';
import type { CliCommand } from './command.js';
import { huntCommand } from './commands/hunt.js';
import type { CommandContext } from './context.js';
import { errorText, wantsDebug } from './errors/error-text.js';
import { EXIT } from './exit-code.js';
import { DEBUG_FLAG, GENERAL_HEADING } from './options/flags/general-flags.js';
import { guessedOption } from './options/flags/guessed.js';

/** The commands in the order of the help. Each is loaded only where the command line may name it. */
const COMMANDS: readonly (readonly [name: string, load: () => Promise<CliCommand>])[] = [
  ['init', async () => (await import('./commands/init.js')).initCommand],
  ['accept', async () => (await import('./commands/accept.js')).acceptCommand],
  ['tune', async () => (await import('./commands/tune.js')).tuneCommand],
  ['rules', async () => (await import('./commands/rules.js')).rulesCommand],
  ['explain', async () => (await import('./commands/explain.js')).explainCommand],
  ['sql', async () => (await import('./commands/sql.js')).sqlCommand],
  ['schema', async () => (await import('./commands/schema.js')).schemaCommand],
  ['test', async () => (await import('./commands/test.js')).testCommand],
  ['show', async () => (await import('./commands/show.js')).showCommand],
  ['what', async () => (await import('./commands/what.js')).whatCommand],
  ['who', async () => (await import('./commands/who.js')).whoCommand],
  ['why', async () => (await import('./commands/why.js')).whyCommand],
  ['report', async () => (await import('./commands/report.js')).reportCommand],
  ['diff', async () => (await import('./commands/diff.js')).diffCommand],
  ['view', async () => (await import('./commands/view.js')).viewCommand],
  ['prove', async () => (await import('./commands/prove.js')).proveCommand],
  ['verify', async () => (await import('./commands/verify.js')).verifyCommand],
  ['doctor', async () => (await import('./commands/doctor.js')).doctorCommand],
];

const NOTES = `
Examples:
  hunt ./logs                                    a folder of CloudTrail logs
  hunt ./logs --since 30d --output report.csv    the last thirty days, written to a file
  hunt ./logs --set PROD_ACCOUNT_IDS=123456789012,210987654321
  hunt ./logs --rule all --resource sg-0a1b2c3d  what all rules find about one resource
  aws cloudtrail lookup-events | hunt -          standard input
  hunt who dana ./logs                           everything that one person, key or address did
  hunt what sg-0a1b2c3d ./logs                   everything that happened to one resource
  hunt show ./logs 93d8874c-8c86-40fc-a93d-be15c765ffa0   an event, whole, and the file it stands in
  hunt verify ./logs --public-keys keys.json     check by CloudTrail's digests that no log is missing or altered
  hunt view report.html --format csv             a report that was written before, in another format
  hunt diff before.json after.html               what is new, gone or changed between two reports
  hunt report daily                              a report of hunt.yml, for each day that is over: docs/schedules.md
  hunt init ./logs                               a configuration from logs: accounts, and whose changes are not by hand
  hunt --athena db.cloudtrail --since 30d        a table in Amazon Athena
  hunt --trino https://host/catalog/schema/table a table in Trino

Times are UTC. The window is [since, until): --until 2026-02-01 excludes that day.
A command wins over a path of the same name: hunt ./test hunts a folder called test.
Exit codes: 0 the report is written, and no loss of evidence is known (it may still say "perhaps not complete");
1 findings, with --fail-on-findings; 2 no report; 3 the report is written, but evidence is missing or could not
be read, or nothing was looked at; 130 interrupted. Those of the other commands: docs/reports.md
`;

/** Runs the command line and gives its exit code. Prints what goes wrong to standard error. */
export async function exitCodeOfProgram(context: CommandContext): Promise<number> {
  const { argv, stderr, signal } = context;
  try {
    const code = await runProgram(context);
    return signal.aborted ? EXIT.interrupted : code;
  } catch (error) {
    const isInterruption = error instanceof HuntError && error.code === 'INTERRUPTED';
    const isExpected = !(error instanceof HuntError) || error.message === 'interrupted';
    // After Ctrl-C only an unexpected message is printed: a query that may still run costs money.
    if (!(signal.aborted && isExpected)) stderr.write(`${errorText(error, wantsDebug(argv))}\n`);
    return signal.aborted || isInterruption ? EXIT.interrupted : EXIT.failure;
  }
}

/** Runs the command line and gives its exit code. Throws HuntErrors; for a wrong option with the code USAGE. */
async function runProgram(context: CommandContext): Promise<number> {
  const { argv } = context;
  let exitCode: number = EXIT.complete;
  const build = (command: CliCommand): Command =>
    parserOf(command, context).action(async (...parsed: unknown[]) => {
      const count = command.arguments.length;
      exitCode = await command.run(
        { arguments: parsed.slice(0, count), options: optionsIn(parsed[count]) },
        context,
      );
    });
  const program = build(huntCommand)
    .version(context.version, '--version', 'print the version')
    .addHelpText('after', NOTES)
    .helpCommand('help [command]', 'print the help of a command')
    .enablePositionalOptions();
  for (const command of await commandsFor(argv)) program.addCommand(build(command));
  try {
    await program.parseAsync([...argv], { from: 'user' });
  } catch (error) {
    // Thrown after commander has printed the help or the version.
    if (error instanceof CommanderError) return EXIT.complete;
    throw error;
  }
  return exitCode;
}

/** Commander's parser for a command, which runs nothing yet. */
function parserOf(command: CliCommand, { stdout }: Pick<CommandContext, 'stdout'>): Command {
  const parser = new Command(command.name)
    .description(command.description)
    .exitOverride((error) => {
      throw error.exitCode === 0 ? error : usageError(error, command);
    })
    .configureOutput({
      writeOut: (text) => stdout.write(text),
      // Without these, a mistake would be followed by the whole help. The caller prints the error, which is thrown as well.
      writeErr: () => undefined,
      outputError: () => undefined,
    })
    .optionsGroup(GENERAL_HEADING)
    .helpOption('-h, --help', 'print this help');
  for (const argument of command.arguments) parser.addArgument(argument);
  for (const { heading, options } of command.options)
    for (const option of options) parser.addOption(option.helpGroup(heading));
  return parser.addOption(DEBUG_FLAG.option);
}

/** Commander's error on one line. Commander itself writes a label before it, and a suggestion on a second line. */
function usageError(error: CommanderError, command: CliCommand): HuntError {
  const help = command.name === huntCommand.name ? 'hunt --help' : `hunt ${command.name} --help`;
  return new HuntError('USAGE', `${problemOf(error, command)}; see ${help}`, { cause: error });
}

function problemOf({ code, message }: CommanderError, command: CliCommand): string {
  // Of `hunt help NAME`, commander says only that it would print a help.
  if (code === 'commander.help') return 'there is no such command';
  const [, unknown] = /unknown option '(.*)'/s.exec(message) ?? [];
  if (unknown !== undefined)
    return `unknown option '${unknown}'${guessedOption(unknown, optionNames(command))}`;
  return message
    .replace(/^error: /, '')
    .trim()
    .replaceAll('\n', ' ')
    .replace(/\.$/, '');
}

/** Options that commander adds. */
const EVERYWHERE = [new Option('--help'), new Option('--version')];

function optionNames({ options }: CliCommand): readonly string[] {
  const own = options.flatMap((group) => group.options);
  return [...own, DEBUG_FLAG.option, ...EVERYWHERE].flatMap(({ short, long }) => [
    ...(short === undefined ? [] : [short]),
    ...(long === undefined ? [] : [long]),
  ]);
}

function optionsIn(parsed: unknown): Readonly<Record<string, unknown>> {
  return typeof parsed === 'object' && parsed !== null
    ? Object.fromEntries(Object.entries(parsed))
    : {};
}

/**
 * The commands that the command line may name, which is one where it begins with its name; all of them for the help of hunt itself.
 * So neither a hunt nor a command loads the other commands.
 */
function commandsFor(argv: readonly string[]): Promise<readonly CliCommand[]> {
  const [first, second] = argv;
  const isHelp = argv.includes('--help') || argv.includes('-h') || first === 'help';
  const chosen = COMMANDS.filter(([name]) => name === (first === 'help' ? second : first));
  const possible = COMMANDS.filter(([name]) => isHelp || argv.includes(name));
  return Promise.all((chosen.length > 0 ? chosen : possible).map(([, load]) => load()));
}

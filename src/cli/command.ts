/** A command as data: its options and arguments are declared once, and its code receives their typed values. */
import type { Argument, Option } from 'commander';
import type { CommandContext } from './context.js';
import {
  readArguments,
  readOptions,
  type ArgumentValues,
  type FlagGroups,
  type OptionValues,
  type Positionals,
} from './options/flags/flag.js';

/** What a command declares. */
interface CommandDeclaration<P extends Positionals, G extends FlagGroups> {
  readonly name: string;
  readonly description: string;
  /** In the order of the command line. */
  readonly arguments: P;
  readonly options: G;
  /** Runs the command and gives the exit code. Throws HuntErrors. */
  readonly run: (
    values: { readonly arguments: ArgumentValues<P>; readonly options: OptionValues<G> },
    context: CommandContext,
  ) => Promise<number>;
}

/** A command as the program needs it, whatever options it has. */
export interface CliCommand {
  readonly name: string;
  readonly description: string;
  readonly arguments: readonly Argument[];
  readonly options: readonly { readonly heading: string; readonly options: readonly Option[] }[];
  /** Runs the command on what commander parsed and gives the exit code. Throws HuntErrors. */
  readonly run: (parsed: ParsedCommand, context: CommandContext) => Promise<number>;
}

/** What commander parsed for a command. */
export interface ParsedCommand {
  readonly arguments: readonly unknown[];
  readonly options: Readonly<Record<string, unknown>>;
}

/** A command from its declaration. */
export function defineCommand<P extends Positionals, G extends FlagGroups>(
  declaration: CommandDeclaration<P, G>,
): CliCommand {
  const { name, description, arguments: positionals, options: groups, run } = declaration;
  return {
    name,
    description,
    arguments: Object.values(positionals).map(({ argument }) => argument),
    options: Object.values(groups).map(({ heading, flags }) => ({
      heading,
      options: Object.values(flags).map(({ option }) => option),
    })),
    run: (parsed, context) =>
      run(
        {
          arguments: readArguments(positionals, parsed.arguments),
          options: readOptions(groups, parsed.options),
        },
        context,
      ),
  };
}

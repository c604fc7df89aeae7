/**
 * The options and arguments of commands, as typed data. One declaration makes both what commander parses and shows in the
 * help, and the type of the value that a command receives, so that no command casts what commander returns.
 */
import { Argument, InvalidArgumentError, Option } from 'commander';

/** An option, and how to read the value that commander parsed for it. */
export interface Flag<T> {
  readonly option: Option;
  readonly read: (parsed: unknown) => T;
}

/** A positional argument, and how to read the value that commander parsed for it. */
export interface Positional<T> {
  readonly argument: Argument;
  readonly read: (parsed: unknown) => T;
}

/** Options under one heading of the help, by the name that a command uses for each. */
export interface FlagGroup {
  readonly heading: string;
  readonly flags: Readonly<Record<string, Flag<unknown>>>;
}

export type FlagGroups = Readonly<Record<string, FlagGroup>>;
export type Positionals = Readonly<Record<string, Positional<unknown>>>;

/** The type of the values of one group: `GroupValues<typeof TABLE_FLAGS>`. */
export type GroupValues<G extends FlagGroup> = {
  readonly [Name in keyof G['flags']]: G['flags'][Name] extends Flag<infer T> ? T : never;
};

/** The values of all options of a command, group by group. */
export type OptionValues<G extends FlagGroups> = {
  readonly [Group in keyof G]: GroupValues<G[Group]>;
};

/** The values of the positional arguments of a command. */
export type ArgumentValues<P extends Positionals> = {
  readonly [Name in keyof P]: P[Name] extends Positional<infer T> ? T : never;
};

/** True where the option is given. */
export function switchFlag(flags: string, description: string): Flag<boolean> {
  return { option: new Option(flags, description), read: (parsed) => parsed === true };
}

/** `--no-name`: false where the option is given. */
export function negatedFlag(flags: string, description: string): Flag<boolean> {
  return { option: new Option(flags, description), read: (parsed) => parsed !== false };
}

/** A text, as given. */
export function textFlag(flags: string, description: string): Flag<string | undefined> {
  return { option: new Option(flags, description), read: textOf };
}

/** `--name [value]`: the text, or true where the option is given without one. */
export function optionalTextFlag(
  flags: string,
  description: string,
): Flag<string | true | undefined> {
  const read = (parsed: unknown): string | true | undefined =>
    parsed === true ? true : textOf(parsed);
  return { option: new Option(flags, description), read };
}

/** An option that may be given several times: its values in the order given, none where it is not given. */
export function listFlag(flags: string, description: string): Flag<readonly string[]> {
  const append = (value: string, before: readonly string[] = []): readonly string[] => [
    ...before,
    value,
  ];
  const option = new Option(flags, `${description} (repeatable)`).argParser(append);
  return { option, read: textsOf };
}

/** A flag that takes one of these words, in any case. Another word is an error. The description must list the words. */
export function choiceFlag<const C extends string>(
  flags: string,
  description: string,
  choices: readonly C[],
): Flag<C | undefined> {
  const option = new Option(flags, description).argParser((text: string) => {
    const known = choices.find((choice) => choice.toLowerCase() === text.toLowerCase());
    if (known !== undefined) return known;
    throw new InvalidArgumentError(`Write one of ${choices.join(', ').toLowerCase()}.`);
  });
  return { option, read: (parsed) => choices.find((choice) => choice === parsed) };
}

/** A whole number from 1 to `max`. */
export function countFlag(
  flags: string,
  description: string,
  max: number,
): Flag<number | undefined> {
  const option = new Option(flags, description).argParser((text: string) => {
    const count = Number(text);
    if (Number.isInteger(count) && count >= 1 && count <= max) return count;
    throw new InvalidArgumentError(`Write a whole number from 1 to ${max}.`);
  });
  return { option, read: (parsed) => (typeof parsed === 'number' ? parsed : undefined) };
}

/** The same option with a value for where it is not given; the help shows it. */
export function withDefault<T>({ option, read }: Flag<T | undefined>, value: T): Flag<T> {
  return { option: option.default(value), read: (parsed) => read(parsed) ?? value };
}

/** `--format`: one of these words, the first one where none is given. The description must list the words. */
export function formatFlag<const F extends string>(
  formats: readonly [F, ...F[]],
  description: string,
): Flag<F> {
  return withDefault<F>(choiceFlag('-f, --format <format>', description, formats), formats[0]);
}

/** `<name>`: an argument that must be given. */
export function requiredArgument(syntax: string, description: string): Positional<string> {
  return { argument: new Argument(syntax, description), read: (parsed) => textOf(parsed) ?? '' };
}

/** `[name]`: an argument that may be left out. */
export function optionalArgument(
  syntax: string,
  description: string,
): Positional<string | undefined> {
  return { argument: new Argument(syntax, description), read: textOf };
}

/** `[name...]`: any number of arguments. */
export function listArgument(syntax: string, description: string): Positional<readonly string[]> {
  return { argument: new Argument(syntax, description), read: textsOf };
}

/** The values of options, from what commander parsed for the command: `command.opts()`. */
export function readOptions<G extends FlagGroups>(
  groups: G,
  parsed: Readonly<Record<string, unknown>>,
): OptionValues<G> {
  const values: Record<string, unknown> = {};
  for (const [name, { flags }] of Object.entries(groups))
    values[name] = Object.fromEntries(
      Object.entries(flags).map(([flag, { option, read }]) => [
        flag,
        read(parsed[option.attributeName()]),
      ]),
    );
  // Each name has the value that its own flag read: the mapped type says the same, but TypeScript cannot follow a loop.
  return values as OptionValues<G>;
}

/** The values of positional arguments, from those that commander parsed, in the same order. */
export function readArguments<P extends Positionals>(
  positionals: P,
  parsed: readonly unknown[],
): ArgumentValues<P> {
  const values: Record<string, unknown> = {};
  Object.entries(positionals).forEach(([name, { read }], index) => {
    values[name] = read(parsed[index]);
  });
  // As in readOptions.
  return values as ArgumentValues<P>;
}

function textOf(parsed: unknown): string | undefined {
  return typeof parsed === 'string' ? parsed : undefined;
}

function textsOf(parsed: unknown): readonly string[] {
  return Array.isArray(parsed) ? parsed.filter((value) => typeof value === 'string') : [];
}

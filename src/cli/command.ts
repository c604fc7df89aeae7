/** A command as data: the program is made from a list of these. */
import { InvalidArgumentError, Option } from 'commander';
import type { World } from './world.js';

export interface CliCommand {
  readonly name: string;
  readonly description: string;
  /** As commander writes it: `<rule>`, `[rule...]`. */
  readonly arguments: readonly (readonly [syntax: string, description: string])[];
  readonly options: readonly Option[];
  /** Gives the exit code. Arguments come as commander gives them: text, or a list for a variadic one. */
  readonly run: (
    args: readonly (string | readonly string[] | undefined)[],
    options: Readonly<Record<string, unknown>>,
    world: World,
  ) => Promise<number>;
}

const collect = (value: string, before: readonly string[] = []): readonly string[] => [
  ...before,
  value,
];

/** An option that may be given several times. */
export function repeatable(flags: string, description: string): Option {
  return new Option(flags, `${description}; repeatable`).argParser(collect);
}

/** Reads a whole number from 1 on, as an option's argument. */
export function countUpTo(most: number): (text: string) => number {
  return (text) => {
    const count = Number(text);
    if (Number.isInteger(count) && count >= 1 && count <= most) return count;
    throw new InvalidArgumentError(`a number from 1 to ${most}.`);
  };
}

/** Declared options, through the parser that a command line goes through. */
import { Command, CommanderError } from 'commander';
import { describe, expect, test } from 'vitest';
import {
  choiceFlag,
  countFlag,
  listArgument,
  listFlag,
  negatedFlag,
  optionalTextFlag,
  readArguments,
  readOptions,
  requiredArgument,
  switchFlag,
  textFlag,
  withDefault,
} from '../../../../src/cli/options/flags/flag.js';

const GROUPS = {
  first: {
    heading: 'First:',
    flags: {
      dryRun: switchFlag('--dry-run', ''),
      prune: negatedFlag('--no-prune', ''),
      since: textFlag('--since <time>', ''),
      athena: optionalTextFlag('--athena [table]', ''),
    },
  },
  second: {
    heading: 'Second:',
    flags: {
      rule: listFlag('--rule <id>', ''),
      format: choiceFlag('--format <format>', '', ['csv', 'json']),
      parallel: withDefault(countFlag('--parallel <n>', '', 20), 4),
      jobs: countFlag('--jobs <n>', '', 256),
    },
  },
};
const ARGUMENTS = {
  rule: requiredArgument('<rule>', ''),
  paths: listArgument('[path...]', ''),
};

function parse(...argv: readonly string[]) {
  const command = new Command('test').exitOverride().configureOutput({ writeErr: () => undefined });
  for (const { argument } of Object.values(ARGUMENTS)) command.addArgument(argument);
  for (const { flags } of Object.values(GROUPS))
    for (const { option } of Object.values(flags)) command.addOption(option);
  command.parse([...argv], { from: 'user' });
  return {
    ...readOptions(GROUPS, command.opts()),
    arguments: readArguments(ARGUMENTS, command.processedArgs),
  };
}

describe('options', () => {
  test('that are not given have a value of their type', () => {
    expect(parse('r')).toEqual({
      first: { dryRun: false, prune: true, since: undefined, athena: undefined },
      second: { rule: [], format: undefined, parallel: 4, jobs: undefined },
      arguments: { rule: 'r', paths: [] },
    });
  });

  test('that are given have the value that was written', () => {
    const {
      first,
      second,
      arguments: given,
    } = parse(
      '--dry-run',
      '--no-prune',
      '--since=30d',
      '--athena=db.t',
      '--rule=a',
      '--rule=b',
      '--format=json',
      '--parallel=20',
      '--jobs=1',
      'r',
      'x',
      'y',
    );
    expect(first).toEqual({ dryRun: true, prune: false, since: '30d', athena: 'db.t' });
    expect(second).toEqual({ rule: ['a', 'b'], format: 'json', parallel: 20, jobs: 1 });
    expect(given).toEqual({ rule: 'r', paths: ['x', 'y'] });
  });

  test('whose value may be missing say that they are given', () => {
    expect(parse('r', '--athena').first.athena).toBe(true);
  });

  test.each([
    ['--parallel', '0'],
    ['--parallel', '21'],
    ['--parallel', '1.5'],
    ['--jobs', 'many'],
    ['--format', 'xml'],
  ])('%s %s is refused', (flag, value) =>
    expect(() => parse('r', flag, value)).toThrow(CommanderError),
  );

  test('do not remember the command line before', () => {
    expect(parse('r', '--rule', 'a').second.rule).toEqual(['a']);
    expect(parse('r', '--rule', 'b').second.rule).toEqual(['b']);
  });
});

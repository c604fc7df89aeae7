/** `hunt why RULE EVENT.json`: each test of a rule as true or false for one event. */
import { readFileSync } from 'node:fs';
import { isObject, type JsonObject } from '../../cloudtrail/json.js';
import { parseKeepingNumbers } from '../../cloudtrail/numbers.js';
import { HuntError, reasonOf } from '../../errors.js';
import { judge } from '../../hunt/judge.js';
import { safeLine } from '../../text/safe-text.js';
import { bind } from '../../rule/bind.js';
import { findRule } from '../../rule/catalog/find.js';
import type { Condition } from '../../rule/condition.js';
import { notation } from '../../rule/notation.js';
import type { CliCommand } from '../command.js';
import { repeatable } from '../command.js';
import { readSettings } from '../options/parameters.js';

export const whyCommand: CliCommand = {
  name: 'why',
  description: 'says of one event which tests of a rule hold',
  arguments: [
    ['<rule>', 'an ID or a file'],
    ['<event>', 'a file with one event as JSON, or - for standard input'],
  ],
  options: [repeatable('--set <name=values>', "a parameter's values, split by commas, or any")],
  run: async ([name, file], options, world) => {
    const set = options['set'] as readonly string[] | undefined;
    const rule = bind(findRule(String(name)), readSettings(set ?? [], new Map()));
    const event = readEvent(String(file));
    const lines = outline(rule.condition, 0);
    const [verdict = []] = await judge(
      [event],
      lines.map(({ condition }) => condition),
    );
    lines.forEach(({ text, depth }, index) => {
      const mark = verdict[index] === true ? 'true ' : 'false';
      world.stdout.write(`${mark}  ${'  '.repeat(depth)}${safeLine(text)}\n`);
    });
    return 0;
  },
};

function readEvent(file: string): JsonObject {
  try {
    const text = readFileSync(file === '-' ? 0 : file, 'utf8').replace(/^\uFEFF/, '');
    const value = parseKeepingNumbers(text);
    const records = isObject(value) && Array.isArray(value['Records']) ? value['Records'] : [value];
    const [event, ...others] = records;
    if (isObject(event) && others.length === 0) return event;
  } catch (error) {
    throw new HuntError('PATH', `cannot read an event from ${file}: ${reasonOf(error)}`, {
      cause: error,
    });
  }
  throw new HuntError('PATH', `${file} must hold one event`);
}

interface OutlineLine {
  readonly condition: Condition;
  readonly text: string;
  readonly depth: number;
}

/** The condition and its parts, outermost first. */
function outline(condition: Condition, depth: number): readonly OutlineLine[] {
  const below = (parts: readonly Condition[]): readonly OutlineLine[] =>
    parts.flatMap((part) => outline(part, depth + 1));
  switch (condition.kind) {
    case 'all':
      return [
        { condition, text: depth === 0 ? 'the rule' : 'all of', depth },
        ...below(condition.of),
      ];
    case 'any':
      return [{ condition, text: 'any of', depth }, ...below(condition.of)];
    case 'exactly':
      return [{ condition, text: `exactly ${condition.count} of`, depth }, ...below(condition.of)];
    case 'not':
      return [{ condition, text: 'not', depth }, ...below([condition.of])];
    case 'test':
    case 'compare':
    case 'element':
    case 'constant':
      return [{ condition, text: notation(condition), depth }];
    default:
      return condition satisfies never;
  }
}

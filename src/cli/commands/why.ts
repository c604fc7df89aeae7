/** `hunt why RULE EVENT.json`: prints for each test of a rule whether it holds for one event. */
import { readFileSync } from 'node:fs';
import { isObject, type Json, type JsonObject } from '../../cloudtrail/json.js';
import { parseKeepingNumbers } from '../../cloudtrail/numbers.js';
import { toRecord } from '../../cloudtrail/record.js';
import { HuntError, reasonOf } from '../../errors.js';
import { conditionResults } from '../../hunt/condition-results.js';
import { bind } from '../../rule/bind.js';
import { findRule } from '../../rule/catalog/find.js';
import type { Condition } from '../../rule/condition/condition.js';
import { notation } from '../../rule/condition/notation.js';
import { safeLine } from '../../text/safe-text.js';
import { actualText } from '../actual-values.js';
import { defineCommand } from '../command.js';
import { EXIT } from '../exit-code.js';
import { requiredArgument } from '../options/flags/flag.js';
import { parameterSettings } from '../options/parameters.js';
import { SET_FLAG } from '../options/flags/rule-flags.js';

export const whyCommand = defineCommand({
  name: 'why',
  description: 'print which tests of a rule hold for one event, and the values that they test',
  arguments: {
    rule: requiredArgument('<rule>', 'an ID, as hunt rules lists it, or a rule file'),
    event: requiredArgument('<event>', 'a file with one event as JSON, or - for standard input'),
  },
  options: { rules: { heading: 'Rules:', flags: { set: SET_FLAG } } },
  async run({ arguments: { rule: name, event: file }, options }, { stdout }) {
    const rule = bind(findRule(name), parameterSettings(options.rules.set, new Map()));
    const lines = outline(rule.condition, 0);
    const event = readEvent(file);
    const [holds = []] = await conditionResults(
      [event],
      lines.map(({ condition }) => condition),
    );
    const record = toRecord(event, file);
    lines.forEach(({ condition, text, depth }, index) => {
      const mark = holds[index] === true ? 'true ' : 'false';
      const actual = actualText(condition, record);
      const shown = actual === undefined ? '' : `  actual: ${actual}`;
      stdout.write(`${mark}  ${'  '.repeat(depth)}${safeLine(text)}${shown}\n`);
    });
    return EXIT.complete;
  },
});

/** The event of a file: the event itself, or CloudTrail's `{ "Records": [event] }`. */
function readEvent(file: string): JsonObject {
  const value = readJson(file);
  const records = isObject(value) && Array.isArray(value['Records']) ? value['Records'] : [value];
  const [event, ...others] = records;
  if (isObject(event) && others.length === 0) return event;
  const found = records.length === 1 ? 'no JSON object' : `${records.length} records`;
  throw new HuntError('PATH', `${file} must have exactly one event; it has ${found}`);
}

function readJson(file: string): Json {
  try {
    const text = readFileSync(file === '-' ? 0 : file, 'utf8').replace(/^\uFEFF/, '');
    return parseKeepingNumbers(text);
  } catch (error) {
    throw new HuntError('PATH', `cannot read an event from ${file}: ${reasonOf(error)}`, {
      cause: error,
    });
  }
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

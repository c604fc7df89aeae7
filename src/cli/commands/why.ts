/** `hunt why RULE EVENT.json`, or `hunt why RULE EVENT-ID LOGS…`: prints for each test of a rule whether it holds for one event. */
import { readFileSync } from 'node:fs';
import { isObject, type Json, type JsonObject } from '../../cloudtrail/json.js';
import { parseKeepingNumbers } from '../../cloudtrail/numbers.js';
import type { Window } from '../../cloudtrail/time/window.js';
import { toRecord } from '../../cloudtrail/record.js';
import { HuntError, reasonOf } from '../../errors.js';
import { conditionResults } from '../../hunt/condition-results.js';
import { bind } from '../../rule/bind.js';
import { findRule } from '../../rule/catalog/find.js';
import type { Condition } from '../../rule/condition/condition.js';
import { LONGEST_NOTATION, notation, notationInFull } from '../../rule/condition/notation.js';
import { safeLine } from '../../text/safe-text.js';
import { actualText } from '../events/actual-values.js';
import { defineCommand } from '../command.js';
import type { CommandContext } from '../context.js';
import { EXIT } from '../exit-code.js';
import { findInLogs, saySearch } from '../events/find-in-logs.js';
import { idsAndLogs } from '../options/arguments/event-ids.js';
import { listArgument, requiredArgument } from '../options/flags/flag.js';
import { parameterSettings } from '../options/rules/parameters.js';
import { SET_FLAG } from '../options/flags/rule-flags.js';

export const whyCommand = defineCommand({
  name: 'why',
  description: 'print which tests of a rule hold for one event, and the values that they test',
  arguments: {
    rule: requiredArgument(
      '<rule>',
      'an ID, as hunt rules lists it, or a part of one, or a rule file',
    ),
    event: listArgument(
      '<event...>',
      'a file with one event as JSON, or - for standard input; or an event ID, and the logs that hold the event',
    ),
  },
  options: { rules: { heading: 'Rules:', flags: { set: SET_FLAG } } },
  async run({ arguments: { rule: name, event: given }, options }, context) {
    const { stdout } = context;
    const rule = bind(findRule(name), parameterSettings(options.rules.set, new Map()));
    const lines = outline(rule.condition, 0);
    const { event, source } = await eventOf(given, context);
    const [holds = []] = await conditionResults(
      [event],
      lines.map(({ condition }) => condition),
    );
    const record = toRecord(event, source);
    lines.forEach(({ condition, text, depth }, index) => {
      const mark = holds[index] === true ? 'true ' : 'false';
      const actual = actualText(condition, record);
      const shown = actual === undefined ? '' : `  actual: ${actual}`;
      stdout.write(`${mark}  ${'  '.repeat(depth)}${safeLine(text)}${shown}\n`);
    });
    return EXIT.complete;
  },
});

interface GivenEvent {
  readonly event: JsonObject;
  /** The file that holds it. */
  readonly source: string;
}

/** The event in a file, or the one with an ID in logs. */
async function eventOf(given: readonly string[], context: CommandContext): Promise<GivenEvent> {
  const { ids, paths } = idsAndLogs(given);
  const [file, ...others] = paths;
  if (ids.length === 0 && file !== undefined && others.length === 0)
    return { event: readEvent(file), source: file };
  const [id] = ids;
  if (id === undefined || ids.length > 1 || file === undefined)
    throw new HuntError('USAGE', 'name one file with an event, or one event ID and its logs');
  const found = await findInLogs({ ids, paths, window: ALL_TIME, late: 0, s3: undefined }, context);
  const [record] = found.records;
  if (record === undefined) {
    saySearch(found, context);
    throw new HuntError('PATH', `no event ${id} in ${paths.join(', ')}`);
  }
  const forms = found.records.length;
  if (forms > 1)
    context.stderr.write(`hunt: the event was delivered in ${forms} forms; this is the first\n`);
  const event = parseKeepingNumbers(record.json);
  if (!isObject(event)) throw new HuntError('PATH', `the event ${id} is no JSON object`);
  return { event, source: record.places[0]?.file ?? file };
}

const ALL_TIME: Window = { since: undefined, until: undefined };

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

/** The condition and its parts, outermost first. Of a long shared expression only the name: it may list hundreds of calls. */
function outline(condition: Condition, depth: number): readonly OutlineLine[] {
  const name = 'of' in condition && 'text' in condition ? condition.text : undefined;
  if (name !== undefined && notationInFull(condition).length > LONGEST_NOTATION)
    return [{ condition, text: name, depth }];
  const below = (parts: readonly Condition[]): readonly OutlineLine[] =>
    parts.flatMap((part) => outline(part, depth + 1));
  switch (condition.kind) {
    case 'all':
      return [
        { condition, text: depth === 0 ? 'the rule' : 'all of', depth },
        ...below(condition.of),
      ];
    case 'any':
      return [{ condition, text: name ?? 'any of', depth }, ...below(condition.of)];
    case 'exactly':
      return [{ condition, text: `exactly ${condition.count} of`, depth }, ...below(condition.of)];
    case 'not':
      return [
        {
          condition,
          text: condition.label === undefined ? (name ?? 'not') : `not ${condition.label.name}`,
          depth,
        },
        ...below([condition.of]),
      ];
    case 'test':
    case 'compare':
    case 'element':
    case 'constant':
      return [{ condition, text: notation(condition), depth }];
    default:
      return condition satisfies never;
  }
}

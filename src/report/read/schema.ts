/**
 * Checks values against the JSON schema of reports, `data/hunt-report-1.schema.json`. It knows only the words that this schema uses.
 * Members that the schema does not have are left alone: a later version of hunt may have added them.
 */
import { isObject, member, type Json, type JsonObject } from '../../cloudtrail/json.js';
import { readInstant } from '../../cloudtrail/time/time.js';

/** What is wrong, and where: the keys and indexes to the first wrong value. */
export interface Mistake {
  readonly path: readonly (string | number)[];
  /** Completes `findings[3].eventTime …`. */
  readonly problem: string;
}

/** The first mistake in a value; undefined if it has none. */
export type Check = (value: Json) => Mistake | undefined;

/** The check of `#/definitions/NAME`, or of a whole report. */
export function checkOf(schema: JsonObject, definition?: string): Check {
  const compiled = new Map<string, Check>();
  const compile = (part: Json | undefined): Check => {
    if (!isObject(part)) return () => undefined;
    const { $ref } = part;
    if (typeof $ref === 'string') return reference($ref);
    return all(checksIn(part, compile));
  };
  const reference = ($ref: string): Check => {
    const name = $ref.replace('#/definitions/', '');
    const known = compiled.get(name);
    if (known !== undefined) return known;
    const { definitions } = schema;
    const check = all([
      compile(isObject(definitions) ? definitions[name] : undefined),
      ...(name === 'instant' ? [isInstant] : []),
    ]);
    compiled.set(name, check);
    return check;
  };
  return definition === undefined ? compile(schema) : reference(definition);
}

type Compile = (part: Json | undefined) => Check;

function checksIn(part: JsonObject, compile: Compile): readonly Check[] {
  const { type, pattern, minimum, minItems, maxItems, items, required, properties } = part;
  const alternatives = part['anyOf'] ?? part['oneOf'];
  return [
    ...(type === undefined ? [] : [hasType(textsOf(type))]),
    ...(part['const'] === undefined ? [] : [isOneOf([part['const']])]),
    ...(Array.isArray(part['enum']) ? [isOneOf(part['enum'])] : []),
    ...(typeof pattern === 'string' ? [matches(new RegExp(pattern))] : []),
    ...(typeof minimum === 'number' ? [isAtLeast(minimum)] : []),
    ...(typeof minItems === 'number' ? [hasItems(minItems)] : []),
    ...(typeof maxItems === 'number' ? [hasAtMost(maxItems)] : []),
    ...(Array.isArray(alternatives)
      ? [isAnyOf(alternatives.toSorted(byInterest).map(compile))]
      : []),
    ...(items === undefined ? [] : [each(compile(items))]),
    ...(isObject(properties) ? [members(properties, new Set(textsOf(required)), compile)] : []),
  ];
}

/** `null` last: what is wrong is more seldom that a value is not null. */
function byInterest(a: Json, b: Json): number {
  return Number(member(a, 'type') === 'null') - Number(member(b, 'type') === 'null');
}

function all(checks: readonly Check[]): Check {
  const [first, second] = checks;
  if (first === undefined) return () => undefined;
  if (second === undefined) return first;
  return (value) => {
    for (const check of checks) {
      const mistake = check(value);
      if (mistake !== undefined) return mistake;
    }
    return undefined;
  };
}

const TYPES: Readonly<
  Record<string, { readonly name: string; readonly is: (value: Json) => boolean }>
> = {
  string: { name: 'a text', is: (value) => typeof value === 'string' },
  // JSON has numbers that JavaScript reads as infinite.
  number: { name: 'a number', is: (value) => Number.isFinite(value) },
  integer: { name: 'a whole number', is: (value) => Number.isSafeInteger(value) },
  boolean: { name: 'true or false', is: (value) => typeof value === 'boolean' },
  null: { name: 'null', is: (value) => value === null },
  array: { name: 'a list', is: (value) => Array.isArray(value) },
  object: { name: 'an object', is: (value) => isObject(value) },
};

function hasType(names: readonly string[]): Check {
  const types = names.flatMap((name) => TYPES[name] ?? []);
  const words = types.map(({ name }) => name).join(' or ');
  return (value) => (types.some(({ is }) => is(value)) ? undefined : wrong(`is not ${words}`));
}

function isOneOf(values: readonly Json[]): Check {
  const known = new Set(values);
  const words = values.map((value) => JSON.stringify(value)).join(', ');
  return (value) => (known.has(value) ? undefined : wrong(`is none of ${words}`));
}

function matches(pattern: RegExp): Check {
  return (value) =>
    typeof value !== 'string' || pattern.test(value)
      ? undefined
      : wrong(`is not like ${pattern.source}`);
}

/** The pattern of the schema cannot tell that a month has no 31st day, or no 99th. */
function isInstant(value: Json): Mistake | undefined {
  return typeof value === 'string' && readInstant(value) === undefined
    ? wrong('is no time')
    : undefined;
}

function isAtLeast(least: number): Check {
  return (value) =>
    typeof value !== 'number' || value >= least ? undefined : wrong(`is less than ${least}`);
}

function hasItems(least: number): Check {
  return (value) =>
    !Array.isArray(value) || value.length >= least
      ? undefined
      : wrong(`has fewer than ${least} items`);
}

function hasAtMost(most: number): Check {
  return (value) =>
    !Array.isArray(value) || value.length <= most
      ? undefined
      : wrong(`has more than ${most} items`);
}

/** Of several alternatives, the one that fits best says what is wrong: the mistake in it is the deepest. */
function isAnyOf(checks: readonly Check[]): Check {
  return (value) => {
    let deepest: Mistake | undefined;
    for (const check of checks) {
      const mistake = check(value);
      if (mistake === undefined) return undefined;
      if (deepest === undefined || mistake.path.length > deepest.path.length) deepest = mistake;
    }
    return deepest;
  };
}

function each(check: Check): Check {
  return (value) => {
    if (!Array.isArray(value)) return undefined;
    for (const [index, item] of (value as readonly Json[]).entries()) {
      const mistake = check(item);
      if (mistake !== undefined) return within(index, mistake);
    }
    return undefined;
  };
}

function members(properties: JsonObject, required: ReadonlySet<string>, compile: Compile): Check {
  const known = Object.entries(properties).map(([key, part]) => ({
    key,
    check: compile(part),
    isRequired: required.has(key),
  }));
  return (value) => {
    if (!isObject(value)) return undefined;
    for (const { key, check, isRequired } of known) {
      if (!Object.hasOwn(value, key)) {
        if (isRequired) return within(key, wrong('is missing'));
        continue;
      }
      const mistake = check(value[key] ?? null);
      if (mistake !== undefined) return within(key, mistake);
    }
    return undefined;
  };
}

function wrong(problem: string): Mistake {
  return { path: [], problem };
}

function within(key: string | number, { path, problem }: Mistake): Mistake {
  return { path: [key, ...path], problem };
}

function textsOf(value: Json | undefined): readonly string[] {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

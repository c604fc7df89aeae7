/** Reads the modifiers after a field's name: `userAgent|contains|all`. */
import { HuntError, type SourcePosition } from '../../../errors.js';
import { didYouMean } from '../../../text/did-you-mean.js';

/** How the field is tested. The other modifiers vary that. */
const KINDS = [
  'equals',
  'contains',
  'startswith',
  'endswith',
  're',
  'cidr',
  'exists',
  'lt',
  'lte',
  'gt',
  'gte',
] as const;
export type TestKind = (typeof KINDS)[number];
const VARIATIONS = ['all', 'cased', 'fieldref', 'neq', 'windash'] as const;
const FLAGS: Readonly<Record<string, string>> = {
  i: 'i',
  ignorecase: 'i',
  m: 'm',
  multiline: 'm',
  s: 's',
  dotall: 's',
};

/** Modifiers of the specification that a hunt does not support, and why. */
const REFUSED: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    ['base64', 'base64offset', 'wide', 'utf16', 'utf16le', 'utf16be'].map((name) => [
      name,
      'CloudTrail does not encode the texts of a log: write the value as it is in the log',
    ]),
  ),
  ...Object.fromEntries(
    ['minute', 'hour', 'day', 'week', 'month', 'year'].map((name) => [
      name,
      'parts of a time are not compared: use --since and --until',
    ]),
  ),
  expand: 'placeholders have no values here: write the values into the rule',
};

export interface Modifiers {
  readonly kind: TestKind;
  readonly all: boolean;
  readonly cased: boolean;
  readonly fieldref: boolean;
  readonly neq: boolean;
  readonly windash: boolean;
  /** The flags of a regular expression, in alphabetical order. */
  readonly flags: string;
}

const TEXT_KINDS = new Set<TestKind>(['equals', 'contains', 'startswith', 'endswith']);

/** Throws a HuntError if a modifier is unknown, not supported, or excluded by another. */
export function readModifiers(names: readonly string[], at: SourcePosition): Modifiers {
  const fail = (message: string): never => {
    throw new HuntError('RULE', message, { at });
  };
  for (const name of names) refuse(name, fail);
  const [kind = 'equals', other] = KINDS.filter((word) => names.includes(word));
  if (other !== undefined) fail(`the modifiers ${kind} and ${other} do not go together`);
  const has = (name: (typeof VARIATIONS)[number]): boolean => names.includes(name);
  const flags = [...new Set(names.flatMap((name) => FLAGS[name] ?? []))].toSorted().join('');
  const isText = TEXT_KINDS.has(kind);
  if (flags !== '' && kind !== 're') fail(`the modifiers i, m and s go with re only`);
  if (!isText)
    for (const name of ['cased', 'fieldref', 'windash'] as const)
      if (has(name)) fail(`the modifiers ${kind} and ${name} do not go together`);
  if (has('fieldref') && has('windash'))
    fail('the modifiers fieldref and windash do not go together');
  if (kind === 'exists' && has('all')) fail('the modifiers exists and all do not go together');
  return {
    kind,
    all: has('all'),
    cased: has('cased'),
    fieldref: has('fieldref'),
    neq: has('neq'),
    windash: has('windash'),
    flags,
  };
}

function refuse(name: string, fail: (message: string) => never): void {
  const reason = REFUSED[name];
  if (reason !== undefined) fail(`the modifier ${name} has no meaning here: ${reason}`);
  const known = [...KINDS.slice(1), ...VARIATIONS, ...Object.keys(FLAGS)];
  if (!known.includes(name)) fail(`unknown modifier "${name}".${didYouMean(name, known)}`);
}

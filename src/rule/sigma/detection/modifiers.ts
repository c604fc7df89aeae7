/** Reads the modifiers after a field's name: `userAgent|contains|all`. */
import { HuntError, type SourcePosition } from '../../../errors.js';
import type { TimePart } from '../../condition/condition.js';
import { didYouMean } from '../../../text/did-you-mean.js';

import { ENCODINGS, type Encoding } from './encode.js';

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

/** The values that each part of a time has. */
const PARTS: Readonly<Record<TimePart, readonly [least: number, most: number]>> = {
  minute: [0, 59],
  hour: [0, 23],
  day: [1, 31],
  week: [1, 53],
  month: [1, 12],
  year: [1000, 2999],
};
const PART_NAMES = Object.keys(PARTS) as TimePart[];
const PART_KINDS = new Set<TestKind>(['equals', 'lt', 'lte', 'gt', 'gte']);

/** Modifiers of the specification that a hunt does not support, and why. */
const REFUSED: Readonly<Record<string, string>> = {
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
  /** The part of a time that is compared. */
  readonly part: TimePart | undefined;
  /** How values are encoded before they are compared, in this order. */
  readonly encodings: readonly Encoding[];
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
  const flags = [
    ...new Set(
      names.flatMap((name) => (Object.hasOwn(FLAGS, name) ? FLAGS[name] : undefined) ?? []),
    ),
  ]
    .toSorted()
    .join('');
  const isText = TEXT_KINDS.has(kind);
  if (flags !== '' && kind !== 're') fail(`the modifiers i, m and s go with re only`);
  if (!isText)
    for (const name of ['cased', 'fieldref', 'windash'] as const)
      if (has(name)) fail(`the modifiers ${kind} and ${name} do not go together`);
  if (has('fieldref') && has('windash'))
    fail('the modifiers fieldref and windash do not go together');
  const [part, otherPart] = PART_NAMES.filter((name) => names.includes(name));
  if (otherPart !== undefined) fail(`the modifiers ${part} and ${otherPart} do not go together`);
  if (part !== undefined && (!PART_KINDS.has(kind) || has('fieldref') || has('windash')))
    fail(`the modifier ${part} goes with lt, lte, gt, gte and neq only`);
  const encodings = ENCODINGS.filter((name) => names.includes(name));
  if (encodings.length > 0) checkEncodings(encodings, { isText: isText && !has('fieldref'), fail });
  if (kind === 'exists' && has('all')) fail('the modifiers exists and all do not go together');
  return {
    kind,
    all: has('all'),
    cased: has('cased'),
    fieldref: has('fieldref'),
    neq: has('neq'),
    windash: has('windash'),
    flags,
    part,
    encodings,
  };
}

/** The number of a value for a part of a time, without leading zeros; undefined if there is no such part. */
export function partValue(part: TimePart, text: string): string | undefined {
  if (!/^\d{1,4}$/.test(text)) return undefined;
  const [least, most] = PARTS[part];
  const number = Number(text);
  return number >= least && number <= most ? String(number) : undefined;
}

function checkEncodings(
  encodings: readonly Encoding[],
  { isText, fail }: { readonly isText: boolean; readonly fail: (message: string) => never },
): void {
  const [first = 'base64', second, third] = encodings;
  if (!isText) fail(`the modifier ${first} goes with a comparison of texts only`);
  const isBase64 = encodings.at(-1)?.startsWith('base64') === true;
  if (!isBase64)
    fail(
      `the modifier ${first} makes bytes, which a log does not have: add base64 or base64offset`,
    );
  if (third !== undefined || (second !== undefined && first.startsWith('base64')))
    fail(`the modifiers ${encodings.join(', ')} do not go together`);
}

function refuse(name: string, fail: (message: string) => never): void {
  const reason = Object.hasOwn(REFUSED, name) ? REFUSED[name] : undefined;
  if (reason !== undefined) fail(`the modifier ${name} has no meaning here: ${reason}`);
  const known = [
    ...KINDS.slice(1),
    ...VARIATIONS,
    ...Object.keys(FLAGS),
    ...PART_NAMES,
    ...ENCODINGS,
  ];
  if (!known.includes(name)) fail(`unknown modifier "${name}".${didYouMean(name, known)}`);
}

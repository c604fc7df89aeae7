/** Reads one entry of a detection, `field|modifiers: values`, as a Condition. */
import { HuntError } from '../../../errors.js';
import { readNetwork } from '../../../network/addresses.js';
import type { Condition, Test, TimePart } from '../../condition/condition.js';
import { alsoInTexts, isInJson } from '../../condition/json-text.js';
import { operatorRow, type Operator } from '../../condition/operators.js';
import { refuseWholeStruct } from '../../condition/whole-struct.js';
import { portableRegex } from '../../regex/translate.js';
import type { YamlEntry } from '../../../yaml/parse.js';
import { combine } from '../combine.js';
import { compareFields, type FieldTest } from './field-reference.js';
import { readFieldName, type SigmaField } from './field.js';
import { encode } from './encode.js';
import { partValue, readModifiers, type Modifiers, type TestKind } from './modifiers.js';
import { enclosed, readText, textTest } from './text.js';
import { readValues, type SigmaValue } from './values.js';
import { countFlags, MOST_FLAGS, windash } from './windash.js';

const TIME_FIELDS = new Set(['eventtime', 'useridentity.sessioncontext.attributes.creationdate']);

const ORDER = {
  lt: 'lessThan',
  lte: 'lessThanOrEquals',
  gt: 'greaterThan',
  gte: 'greaterThanOrEquals',
} as const;

/** The condition of an entry. Throws a HuntError if it cannot be tested. */
export function readFieldTest(entry: YamlEntry): Condition {
  const [name = '', ...words] = entry.key.split('|');
  if (name === '')
    throw new HuntError('RULE', 'keywords search a whole event: name the field to look into', {
      at: entry.at,
    });
  const modifiers = readModifiers(words, entry.at);
  const field = readFieldName(name, entry.at);
  if (modifiers.part !== undefined && !TIME_FIELDS.has(name.toLowerCase()))
    throw new HuntError('RULE', `the ${modifiers.part} of ${name}: only eventTime is a time`, {
      at: entry.at,
    });
  const values = readValues(entry.value, name);
  const test: FieldTest = { field, modifiers, values, at: entry.at };
  const positive = modifiers.fieldref ? compareFields(test) : testValues(test);
  return modifiers.neq ? { kind: 'not', of: positive } : positive;
}

/** The test of one value; `isNull` and `isNotNull` compare with none. */
interface ValueTest {
  readonly op: Operator;
  readonly value: string | undefined;
}

function testValues({ field, modifiers, values, at }: FieldTest): Condition {
  const test = (op: Operator, texts: readonly string[]): Condition => {
    if (operatorRow(op).takes !== 'nothing') refuseWholeStruct([field.path], at, '');
    return asTest(field, {
      kind: 'test',
      field: field.path,
      op: op === 'equals' && texts.length > 1 ? 'in' : op,
      ignoreCase: operatorRow(op).ignoresCase && !isExact(modifiers),
      spread: true,
      ...(modifiers.part === undefined ? {} : { part: modifiers.part }),
      values: isInJson(field.path) ? alsoInTexts(op, texts) : texts,
      at,
    });
  };
  const tests = values.map((value) => valueTests(value, modifiers));
  if (modifiers.all)
    return combine(
      'all',
      tests.map((alternatives) => combine('any', grouped(alternatives, test))),
    );
  return combine('any', grouped(tests.flat(), test));
}

/** Letters of another case are another text in Base64, and a number has no letters. */
function isExact({ cased, encodings, part }: Modifiers): boolean {
  return cased || encodings.length > 0 || part !== undefined;
}

/** One condition for each operator, with all of its values. */
function grouped(
  tests: readonly ValueTest[],
  test: (op: Operator, values: readonly string[]) => Condition,
): readonly Condition[] {
  return [...new Set(tests.map(({ op }) => op))].map((op) =>
    test(
      op,
      tests.flatMap((one) => (one.op === op ? (one.value ?? []) : [])),
    ),
  );
}

/** A field that CloudTrail does not have is missing in every event. */
function asTest(field: SigmaField, test: Test): Condition {
  if (field.known) return test;
  return { kind: 'constant', value: test.op === 'isNull', unknownField: field.path.join('.') };
}

/** The tests of one value, which are alternatives. */
function valueTests({ text, at }: SigmaValue, modifiers: Modifiers): readonly ValueTest[] {
  const { kind } = modifiers;
  const fail = (message: string): never => {
    throw new HuntError('RULE', message, { at });
  };
  if (kind === 'exists') {
    if (text !== 'true' && text !== 'false') return fail('exists must be true or false');
    return [{ op: text === 'true' ? 'isNotNull' : 'isNull', value: undefined }];
  }
  if (modifiers.part !== undefined) return [partTest(modifiers.part, kind, { text, at })];
  if (text === null) {
    if (kind === 'equals' && !modifiers.windash) return [{ op: 'isNull', value: undefined }];
    return fail(`${kind} cannot be compared with null`);
  }
  switch (kind) {
    case 're': {
      const value = modifiers.flags === '' ? text : `(?${modifiers.flags})${text}`;
      portableRegex(value, at);
      return [{ op: 'regex', value }];
    }
    case 'cidr':
      return readNetwork(text) === undefined
        ? fail(`"${text}" is not a network, such as 10.0.0.0/8`)
        : [{ op: 'inCidr', value: text }];
    case 'lt':
    case 'lte':
    case 'gt':
    case 'gte':
      return /^-?\d{1,100}(\.\d{1,100})?$/.test(text)
        ? [{ op: ORDER[kind], value: text }]
        : fail(`"${text}" is not a number`);
    case 'equals':
    case 'contains':
    case 'startswith':
    case 'endswith': {
      if (modifiers.windash && countFlags(text) > MOST_FLAGS)
        return fail(`windash: more than ${MOST_FLAGS} flags in one value`);
      const before = kind === 'contains' || kind === 'endswith';
      const after = kind === 'contains' || kind === 'startswith';
      return encodedTexts(text, modifiers).map((value) =>
        textTest(enclosed(readText(value), before, after)),
      );
    }
    default:
      return kind satisfies never;
  }
}

/** The texts that the value stands for. */
function encodedTexts(text: string, { windash: dashes, encodings }: Modifiers): readonly string[] {
  const texts = dashes ? windash(text) : [text];
  return encodings.length === 0 ? texts : texts.flatMap((one) => encode(one, encodings));
}

function partTest(part: TimePart, kind: TestKind, { text, at }: SigmaValue): ValueTest {
  const value = text === null ? undefined : partValue(part, text);
  if (value === undefined)
    throw new HuntError('RULE', `${JSON.stringify(text)} is not the ${part} of a time`, { at });
  return { op: kind in ORDER ? ORDER[kind as keyof typeof ORDER] : 'equals', value };
}

/**
 * The result of each `Condition` on each kind of value. Tests compare the engines and the reference evaluator with it, and
 * `queries/OPERATORS.md` shows it.
 */

/** A kind of value that is tested, and its name in the documentation. JSON text; undefined for an absent key. */
export interface TestedValue {
  readonly title: string;
  readonly value: (sample: string) => string | undefined;
  /** Where the value is: inside a JSON column, in a text column, or in each of them in turn. */
  readonly in: 'json' | 'text' | 'both';
}

const LIST = '["a"]';
const OBJECT = '{"k":"a"}';

export const TESTED_VALUES: readonly TestedValue[] = [
  { title: 'missing', value: () => undefined, in: 'both' },
  { title: 'JSON null', value: () => 'null', in: 'both' },
  { title: '`""`', value: () => '""', in: 'both' },
  { title: 'list in JSON', value: () => LIST, in: 'json' },
  { title: 'object in JSON', value: () => OBJECT, in: 'json' },
  { title: 'list in a text column', value: () => LIST, in: 'text' },
  { title: 'object in a text column', value: () => OBJECT, in: 'text' },
  { title: 'number `22`', value: () => '22', in: 'both' },
  { title: 'the text', value: (sample) => JSON.stringify(sample), in: 'both' },
];

export interface OperatorRow {
  /** The `Condition`. */
  readonly word: string;
  /** Its `Value` here. */
  readonly value?: string;
  /** The text in the last column. */
  readonly sample: string;
  /** One digit for each of `TESTED_VALUES`: `1` where the condition holds. */
  readonly holds: string;
  /** What it tests, as a sentence without its subject. */
  readonly says: string;
}

/** Each word except the `I…` forms, which only ignore the case of letters as well. */
export const OPERATOR_ROWS: readonly OperatorRow[] = [
  { word: 'Equals', value: 'abc', sample: 'abc', holds: '000000001', says: 'is one of the values' },
  { word: 'DoesNotEqual', value: 'abc', sample: 'abc', holds: '111111110', says: 'not Equals' },
  {
    word: 'IsIn',
    value: '22',
    sample: 'abc',
    holds: '000000010',
    says: 'the same; the usual word for lists',
  },
  { word: 'IsNotIn', value: '22', sample: 'abc', holds: '111111101', says: 'not IsIn' },
  {
    word: 'StartsWith',
    value: 'ab',
    sample: 'abc',
    holds: '000000001',
    says: 'begins with one of the values',
  },
  {
    word: 'DoesNotStartWith',
    value: 'ab',
    sample: 'abc',
    holds: '111111110',
    says: 'not StartsWith',
  },
  {
    word: 'EndsWith',
    value: '"a"]',
    sample: 'abc',
    holds: '000001000',
    says: 'ends with one of the values',
  },
  {
    word: 'DoesNotEndWith',
    value: '"a"]',
    sample: 'abc',
    holds: '111110111',
    says: 'not EndsWith',
  },
  {
    word: 'Contains',
    value: 'a',
    sample: 'abc',
    holds: '000001101',
    says: 'contains one of the values',
  },
  { word: 'DoesNotContain', value: 'a', sample: 'abc', holds: '111110010', says: 'not Contains' },
  {
    word: 'MatchesWildcard',
    value: '?b*',
    sample: 'abc',
    holds: '000000001',
    says: 'fits one of the patterns as a whole: `*` is any run, `?` one character, all else itself',
  },
  {
    word: 'DoesNotMatchWildcard',
    value: '?b*',
    sample: 'abc',
    holds: '111111110',
    says: 'not MatchesWildcard',
  },
  {
    word: 'MatchesRegex',
    value: '^.b',
    sample: 'abc',
    holds: '000000001',
    says: 'a regular expression is found in it: `^` and `$` are the ends of the text',
  },
  {
    word: 'DoesNotMatchRegex',
    value: '^.b',
    sample: 'abc',
    holds: '111111110',
    says: 'not MatchesRegex',
  },
  { word: 'IsNull', sample: 'abc', holds: '110000000', says: 'there is no value, or JSON null' },
  { word: 'DoesNotExist', sample: 'abc', holds: '110000000', says: 'the same' },
  { word: 'IsNotNull', sample: 'abc', holds: '001111111', says: 'there is a value of any kind' },
  { word: 'Exists', sample: 'abc', holds: '001111111', says: 'the same' },
  {
    word: 'IsNullOrEmpty',
    sample: 'abc',
    holds: '111110000',
    says: 'there is no scalar, or an empty text',
  },
  {
    word: 'IsNotNullOrEmpty',
    sample: 'abc',
    holds: '000001111',
    says: 'there is a scalar that is no empty text',
  },
  {
    word: 'IsGreaterThan',
    value: '21.5',
    sample: '1e2',
    holds: '000000011',
    says: 'is a number above the value',
  },
  {
    word: 'IsGreaterThanOrEquals',
    value: '22',
    sample: 'abc',
    holds: '000000010',
    says: 'is a number, the value or above',
  },
  {
    word: 'IsLessThan',
    value: '22',
    sample: '-1.50',
    holds: '000000001',
    says: 'is a number below the value',
  },
  {
    word: 'IsLessThanOrEquals',
    value: '22.0',
    sample: 'abc',
    holds: '000000010',
    says: 'is a number, the value or below',
  },
  {
    word: 'IsIPAddress',
    sample: '2001:db8::1',
    holds: '000000001',
    says: 'is an address of IPv4 or IPv6',
  },
  {
    word: 'IsIPAddressInCIDR',
    value: '10.0.0.0/8',
    sample: '10.1.2.3',
    holds: '000000001',
    says: 'is an address in one of the networks',
  },
  {
    word: 'IsIPAddressNotInCIDR',
    value: '10.0.0.0/8',
    sample: '10.1.2.3',
    holds: '111111110',
    says: 'not IsIPAddressInCIDR',
  },
  {
    word: 'IsIPAddressPublic',
    sample: '8.8.8.8',
    holds: '000000001',
    says: 'is an address of the public internet',
  },
  {
    word: 'IsIPAddressPrivate',
    sample: 'fd00::1',
    holds: '000000001',
    says: 'is an address that the public internet does not route',
  },
];

export interface ElementRow {
  readonly word: string;
  /** One digit for each of `ELEMENT_VALUES`. */
  readonly holds: string;
  readonly says: string;
}

/** The values that tests of elements are tried on; `element` gives the JSON text of an element that passes (`a`) or fails. */
export const ELEMENT_VALUES: readonly {
  readonly title: string;
  readonly value: (element: (letter: 'a' | 'b') => string) => string | undefined;
}[] = [
  { title: 'missing', value: () => undefined },
  { title: 'JSON null', value: () => 'null' },
  { title: 'a text', value: () => '"a"' },
  { title: 'an object', value: (element) => `{"a":${element('a')},"x":"a"}` },
  { title: '`[]`', value: () => '[]' },
  { title: '`[a]`', value: (element) => `[${element('a')}]` },
  { title: '`[a, a]`', value: (element) => `[${element('a')},${element('a')}]` },
  { title: '`[a, b]`', value: (element) => `[${element('a')},${element('b')}]` },
  { title: '`[b]`', value: (element) => `[${element('b')}]` },
  { title: '`[[a], null]`', value: (element) => `[[${element('a')}],null]` },
];

export const ELEMENT_ROWS: readonly ElementRow[] = [
  { word: 'AnyElement', holds: '0000011100', says: 'for some element all Expressions hold' },
  { word: 'AllElements', holds: '0000111000', says: 'for each element all Expressions hold' },
  {
    word: 'OnlyOneElement',
    holds: '0000010100',
    says: 'for exactly one element all Expressions hold',
  },
  { word: 'NoElement', holds: '1111100011', says: 'not AnyElement' },
  { word: 'Has', holds: '0000011100', says: 'some element is one of the values' },
  { word: 'DoesNotHave', holds: '1111100011', says: 'not Has' },
];

/** The tables as Markdown. */
export function operatorsMarkdown(): string {
  const marks = (holds: string): string[] =>
    Array.from(holds, (sign) => (sign === '1' ? '✓' : '·'));
  const code = (text: string): string => `\`${text}\``;
  return `${[
    INTRODUCTION,
    '## Tests of one value',
    table(
      [
        'Condition',
        'what it tests',
        'Value here',
        ...TESTED_VALUES.map(({ title }) => title),
        'the text is',
      ],
      OPERATOR_ROWS.map(({ word, value, sample, holds, says }) => [
        word,
        says,
        value === undefined ? 'none' : code(value),
        ...marks(holds),
        code(sample),
      ]),
    ),
    NOTES,
    '## Tests of the elements of a list',
    ELEMENTS,
    table(
      ['Condition', 'what it tests', ...ELEMENT_VALUES.map(({ title }) => title)],
      ELEMENT_ROWS.map(({ word, says, holds }) => [word, says, ...marks(holds)]),
    ),
    COMBINATIONS,
  ].join('\n\n')}\n`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [head, head.map(() => '---'), ...rows].map(line).join('\n');
}

const INTRODUCTION = `# Conditions

What each \`Condition\` of a rule means, on every engine. The tables are generated: each cell is a test.

A field is given as \`Key\`, as \`KeyPath\` (\`a.b\`, \`a[0].b\`; \`a[].b\` tests any element of \`a\`) or as \`DeepKey\` (a list of keys, for
keys with other characters). A number such as \`0\` is an index of a list, or a key of an object. Engines differ on a number with
a sign or leading zeros (\`+1\`, \`01\`), so do not write it. A path goes on into a text that is itself a JSON object or list.
\`Value\` or \`Values\` is what to compare with. One of several values
must fit; an empty list fits nothing. Every test is true or false, whatever the event has.

✓ holds, · does not.`;

const NOTES = `- **Missing**: there is no such key, or JSON null, or inside a JSON column (\`requestParameters\`, \`responseElements\`, …) a list or an
  object where a text is asked for. A text column holds the JSON text of a list or an object. A whole JSON column
  reads like an object, but a test of text (\`Contains\`, \`MatchesRegex\`) of it tests its JSON text. A struct such as
  \`userIdentity\` also reads like an object, but it has no text: a test that compares it is an error that names its members.
- A **negated** condition is \`not\` of the positive one: it holds where the value is missing.
- **Case** matters. \`IEquals\`, \`IDoesNotEqual\`, \`IStartsWith\`, \`IEndsWith\`, \`IContains\`, \`IMatchesWildcard\`, \`IIsIn\` and their
  negations compare lower-case letters. Letters newer than an engine's Unicode, and those whose lower-case form depends on
  their neighbours or is longer than one letter (\`Σ\`, \`İ\`), are outside the promise.
- **Numbers and booleans** are text as the log has it: \`22\` and \`"22"\` both equal 22, \`1e2\` does not equal 100. The four
  orderings compare numbers, whatever their form (\`-1.50\`, \`1e2\`; at most 100 digits); what is no number is neither above nor below.
- **Addresses** are those of IPv4 in four decimal parts without leading zeros, and of IPv6 without a dotted tail or a zone.
  What is no address, such as a service's name in \`sourceIPAddress\`, is in no network and is neither public nor
  private. \`100.64.0.0/10\`, which carriers share, is neither too.
- **Two fields** can be compared: \`Values: [{ Key: a }, { KeyPath: b.c }]\`, with \`Equals\`, \`StartsWith\`, \`EndsWith\`, \`Contains\`, their
  negations and \`I…\` forms, and the orderings. \`{ Key: a, Condition: Equals, Value: { KeyPath: b.c } }\` says the same. Where
  either is missing the positive comparison does not hold. One of the two paths may go through lists. Inside \`Expressions\`,
  \`EventKeyPath\` names a field of the event: \`{ Key: userId, Condition: DoesNotEqual, Value: { EventKeyPath: recipientAccountId } }\`.`;

const ELEMENTS = `\`Expressions\` are match expressions whose fields start at the element: \`Expressions: [{ Key: cidrIp, Condition: Equals, Value:
0.0.0.0/0 }]\`; one without a field is about the element itself: \`Expressions: [{ Condition: Equals, Value: all }]\`; \`Has\` and \`DoesNotHave\` take values. The list is one inside a JSON column, also as text there, or \`resources\`. What is no list has no
element, and not all of its elements are anything; all elements of an empty list are as asked.

In the table an element \`a\` is one that is as asked, \`b\` is not.`;

const COMBINATIONS = `## Combinations

| word | holds where | of an empty list |
| --- | --- | --- |
| All | each holds | holds |
| Any | some holds | does not |
| OnlyOne | exactly one holds | does not |
| None | none holds | holds |

\`AlwaysTrue\` and \`AlwaysFalse\` are what they say.`;

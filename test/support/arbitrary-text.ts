/** Hostile texts, from pools small enough for an event and a rule to meet in them. */
import * as fc from 'fast-check';

const TEXTS = [
  '',
  ' ',
  'a',
  'A',
  'ab',
  'aB',
  'abc',
  'b',
  'a.b',
  '%',
  '_',
  'a%',
  'a_b',
  '\\',
  '\\\\',
  '\\%',
  'a\\',
  '*',
  'a*',
  '?',
  '[',
  '[a]',
  '{}',
  '[]',
  '["a"]',
  '{"a":"b"}',
  // Engines may print a number of such a text in another form, so it is one that all print alike.
  '{"a":22}',
  '{',
  "'",
  "''",
  '"',
  '\n',
  'a\n',
  '\nb',
  '\r\n',
  '\t',
  '\0',
  'a\0b',
  '\u{1F600}',
  'a\u{1F600}b',
  '\u{10FFFF}',
  'e\u0301',
  'é',
  'É',
  'ß',
  '\uFFFD',
  '\uD800',
  '\uDE00a',
  '\u2028',
  '\u0085',
  '\uFEFFa',
  'null',
  'true',
  'TRUE',
  'false',
  '$',
  '$1',
  '-- x',
  '/* x */',
  '~',
  '/',
  'ec2.amazonaws.com',
  'HashiCorp/1.0 Terraform/1.5',
] as const;

const NUMBERS = [
  '0',
  '-0',
  '1',
  '-1',
  '22',
  '1.0',
  '1.5',
  '1.10',
  '1e2',
  '1E2',
  '100',
  '100.0',
  '1e-2',
  '0.01',
  '9007199254740992',
  '9007199254740993',
  '123456789012345678901234567890',
  '1e99',
  '-1e99',
  '0.1',
  '0.30000000000000004',
] as const;

const ALMOST_NUMBERS = [
  '+1',
  '01',
  '007',
  '.5',
  '1.',
  ' 1',
  '1 ',
  '1\n',
  '1e',
  '1e400',
  '0x10',
  '1_000',
  'NaN',
  'Infinity',
  '-Infinity',
  '١',
  '1,5',
  '--1',
  '1d',
  '1f',
] as const;

const ADDRESSES = [
  '10.0.0.1',
  '10.255.255.255',
  '11.0.0.0',
  '172.15.255.255',
  '172.16.0.0',
  '192.168.1.1',
  '8.8.8.8',
  '0.0.0.0',
  '255.255.255.255',
  '100.64.0.1',
  '169.254.169.254',
  '198.51.100.7',
  '::',
  '::1',
  '::2',
  '2001:db8::1',
  '2001:DB8:0:0:0:0:0:1',
  '2600::1',
  '2600:1f18::',
  'fe80::1',
  'fc00::',
  'FD12:3456::1',
  '::ffff:10.0.0.1',
  '::ffff:a00:1',
  '1:2:3:4:5:6:7:8',
  '1:2:3:4:5:6:7::',
  '::2:3:4:5:6:7:8',
] as const;

const ALMOST_ADDRESSES = [
  '010.0.0.1',
  '10.0.0',
  '10.0.0.256',
  '10.0.0.1.',
  '10.0.0.1 ',
  '10.0.0.1\n',
  '10.0.0.1/32',
  '1',
  '1:2:3:4:5:6:7',
  '1:2:3:4:5:6:7:8:9',
  '1::2::3',
  ':::',
  ':',
  '1:2:3:4:5:6:7:8::',
  '12345::',
  'g::',
  'fe80::1%eth0',
  '::1.2.3',
  '[::1]',
  '١0.0.0.1',
] as const;

const TIMES = [
  '2026-01-14T09:30:00Z',
  '2026-01-14 09:30:00',
  '2026-02-30T00:00:00Z',
  'epoch',
  'infinity',
  '2021-W01',
  '2026-01-14T24:00:00Z',
  '2026-01-14t09:30:00.9999999z',
] as const;

export const NETWORKS = [
  '10.0.0.0/8',
  '10.0.0.1',
  '0.0.0.0/0',
  '8.8.8.8/32',
  '172.16.0.0/12',
  '10.0.0.255/25',
  '192.168.1.1/31',
  '100.64.0.0/10',
  '::/0',
  '::1',
  '2001:db8::/33',
  '2600:1f18::/30',
  'fc00::/7',
  '::ffff:10.0.0.0/104',
  '::/127',
  '2001:DB8::/32',
] as const;

/** Numbers that a rule may compare with. */
export const RULE_NUMBERS = NUMBERS;

/** Every text of the pools, as a rule or a repaired log has it. */
export const ALL_TEXTS: readonly string[] = [
  ...new Set(
    [...TEXTS, ...NUMBERS, ...ALMOST_NUMBERS, ...ADDRESSES, ...ALMOST_ADDRESSES].map((value) =>
      value.toWellFormed(),
    ),
  ),
];

/** What an event and a rule, or two fields, are likely to have both. */
const COMMON = [
  'a',
  'ab',
  'b',
  'aB',
  '',
  '22',
  '1e2',
  '100',
  '10.0.0.1',
  '2600::1',
  'a%b',
] as const;

/** A text such as a log may hold; surrogates may stand alone. */
export const text: fc.Arbitrary<string> = fc.oneof(
  { weight: 14, arbitrary: fc.constantFrom<string>(...COMMON) },
  { weight: 8, arbitrary: fc.constantFrom<string>(...TEXTS) },
  { weight: 2, arbitrary: fc.constantFrom<string>(...NUMBERS, ...ALMOST_NUMBERS) },
  { weight: 3, arbitrary: fc.constantFrom<string>(...ADDRESSES, ...ALMOST_ADDRESSES) },
  { weight: 1, arbitrary: fc.constantFrom<string>(...TIMES) },
  {
    weight: 2,
    arbitrary: fc
      .array(fc.constantFrom<string>(...TEXTS), { minLength: 1, maxLength: 3 })
      .map((parts) => parts.join('')),
  },
);

/** A text of a rule, which is read from UTF-8: its surrogates stand in pairs. */
export const ruleText: fc.Arbitrary<string> = text.map((value) => value.toWellFormed());

/** A wildcard pattern that may fit some text. */
export const pattern: fc.Arbitrary<string> = fc.oneof(
  ruleText,
  fc
    .array(fc.oneof(fc.constantFrom('*', '?', '**', '*?'), ruleText), { maxLength: 4 })
    .map((parts) => parts.join('')),
  // A text with some of its signs replaced.
  fc
    .tuple(ruleText, fc.array(fc.constantFrom('*', '?', undefined), { maxLength: 6 }))
    .map(([value, signs]) => Array.from(value, (sign, index) => signs[index] ?? sign).join('')),
);

/** Numbers as JSON may write them. */
export const jsonNumber: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom<string>(...NUMBERS),
  fc.integer({ min: -3, max: 30 }).map(String),
);

/** Keys that a rule cannot ask for alike: Trino takes them for the index of an element, DuckDB does not. */
const ALMOST_INDICES = new Set(['01', '+1', '١']);

/** Keys that a rule may ask for. */
export const ruleKeys = (): readonly string[] => KEYS.filter((key) => !ALMOST_INDICES.has(key));

/** Keys within JSON, and of maps: with every sign that a path or pointer gives a meaning. */
export const KEYS = [
  'a',
  'b',
  'items',
  'A',
  '0',
  '1',
  '-1',
  '01',
  '+1',
  '-',
  '',
  '*',
  'a.b',
  'a/b',
  '/',
  '~',
  '~0',
  '~1',
  '"',
  "'",
  '\\',
  '$',
  '$.a',
  '[0]',
  '#',
  '#-1',
  '?',
  'é',
  'e\u0301',
  '\u{1F600}',
  '\n',
  '\0',
  '__proto__',
  'constructor',
  '%',
  '١',
  ' ',
  'null',
] as const;

/**
 * What a condition requires of bytes never loses a record that meets the condition: hostile records are read by the quick pass,
 * by the splitter, and with every record parsed, and the reference evaluator says which of them meet a random condition.
 */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { necessaryFor } from '../../src/query/necessary.js';
import { requiresNothing } from '../../src/cloudtrail/requirement.js';
import { indicatorOf, subjectCondition } from '../../src/rule/subject.js';
import { filterConditions } from '../../src/rule/filters.js';
import type { Condition, Test } from '../../src/rule/condition/condition.js';
import { evaluate } from '../support/evaluate.js';
import { WAYS, WaysReader } from '../support/read-ways.js';
import { ARN, conditionAbout, PLAIN, recordAbout, VALUES } from './necessary-cases.js';

const at = { file: 'rule.yml', line: 1, column: 1 };

const bound = fc.constantFrom(undefined, Date.UTC(2026, 0, 14, 9, 30), Date.UTC(2026, 0, 15));
const window = fc.record({ since: bound, until: bound });

const ALWAYS = { since: undefined, until: undefined };

/** Few values at a time, so that conditions and records often have the same. */
const asking = fc
  .subarray(VALUES, { minLength: 1, maxLength: 3 })
  .chain((texts) =>
    fc.tuple(conditionAbout(texts), fc.array(recordAbout(texts), { minLength: 1, maxLength: 12 })),
  );

test('no record that meets a condition is left out, and nothing else of a reading changes', async () => {
  await fc.assert(
    fc.asyncProperty(asking, fc.boolean(), window, async ([asked, records], isList, own) => {
      const required = necessaryFor(asked);
      const reader = new WaysReader({ required, isWanted: (row) => evaluate(asked, row) }, own);
      const text = isList ? `{"Records":[${records.join(',')}]}` : records.join('\n');
      const bytes = Buffer.from(text);
      const parsed = await reader.read(bytes, WAYS.parsed);
      expect(await reader.read(bytes, WAYS.quick)).toBe(parsed);
      expect(await reader.read(bytes, WAYS.peeked)).toBe(parsed);
    }),
    { numRuns: 300 },
  );
});

const equals = (field: string, ...values: readonly string[]): Condition => ({
  kind: 'test',
  field: field.split('.'),
  op: 'in',
  ignoreCase: false,
  values,
  at,
});

/** As many as somebody may issue. */
const MANY_KEYS = Array.from(
  { length: 5000 },
  (_, n) => `A${n % 2 ? 'K' : 'S'}IAEXAMPLE000${10_000 + n}`,
);

describe('records that a condition rules out are not parsed', () => {
  test.each<readonly [string, Condition]>([
    ['a scalar', equals('readOnly', 'true')],
    [
      'one of several scalars',
      { kind: 'any', of: [equals('readOnly', 'true'), equals('awsRegion', 'x')] },
    ],
    ['a boolean that it is not', { kind: 'not', of: equals('readOnly', 'false') }],
    ['a text', equals('userIdentity.arn', `${ARN}s`)],
    [
      'a regular expression',
      {
        ...equals('userIdentity.arn', '^.+:assumed-role/aws:.+'),
        op: 'regex',
      } as Condition,
    ],
    ['a principal', { kind: 'all', of: filterConditions({ principal: ['someone'] }) }],
    ['a resource', { kind: 'all', of: filterConditions({ resource: ['sg-0abc'] }) }],
    ['a network', { kind: 'all', of: filterConditions({ ip: ['203.0.113.0/24'] }) }],
    [
      'an absent scalar',
      { kind: 'not', of: { ...equals('readOnly'), op: 'isNotNull' } as Condition },
    ],
    ['many keys', equals('userIdentity.accessKeyId', ...MANY_KEYS)],
    [
      'many events of other accounts',
      equals('sharedEventID', ...MANY_KEYS.map((key) => `of ${key}`)),
    ],
    [
      'many alternatives',
      {
        kind: 'any',
        of: Array.from({ length: 100 }, (_, index): Condition => ({
          kind: 'all',
          of: [
            equals('eventName', `Call${index}`),
            equals('eventSource', `s${index}.amazonaws.com`),
            equals('userAgent', `agent${index}`),
          ],
        })),
      },
    ],
  ])('%s', async (_what, asked) => {
    const reader = new WaysReader({ required: necessaryFor(asked), isWanted: () => true }, ALWAYS);
    const plain = `{${PLAIN.map(([key, own]) => `"${key}":${own}`).join(',')}}`;
    const escapes = plain.replace('console', String.raw`a \"quoted\" \\ agent\n`);
    for (const text of [`{"Records":[${plain},${escapes}]}`, `${plain}\n${escapes}`]) {
      const { rows, records } = JSON.parse(await reader.read(Buffer.from(text), WAYS.quick)) as {
        readonly rows: readonly unknown[];
        readonly records: number;
      };
      expect([rows, records]).toEqual([[], 2]);
    }
  });
});

/** The record with other members, behind a text of some length: the quick pass looks at 64 bytes at a time. */
function recordWith(members: Readonly<Record<string, string>>, padding: number): string {
  const own = PLAIN.map(([key, value]) => `"${key}":${members[key] ?? value}`);
  return `{"requestID":"${'x'.repeat(padding)}",${own.join(',')}${members['more'] ?? ''}}`;
}

const contains = (field: string, text: string, ignoreCase = false): Condition => ({
  ...(equals(field, text) as Test),
  op: 'contains',
  ignoreCase,
});
const isNull: Condition = { ...(equals('readOnly') as Test), op: 'isNull' };
const name = (json: string) => ({ requestParameters: `{"name":${json}}` });

describe('what hunt who asks about can be looked for in bytes:', () => {
  test.each([
    'bert-jan',
    'AKIAEXAMPLE000000001',
    '192.0.2.7',
    'arn:aws:sts::112233445566:assumed-role/Admin',
    'arn:aws:iam::112233445566:user/ann',
    'arn:aws:iam::112233445566:role/Admin',
    'arn:aws:signin:eu-west-1:112233445566:session/daff060f-7871-4ab6-92cd-a07bbdabe61a',
    'role/Admin',
    'role/Admin (session dana)',
    'user/ann of 112233445566',
    'user/ann as federated-user/carol',
    'ann (quicksight)',
    'ann@example.com as role Admin',
    'rds.amazonaws.com',
    'account 112233445566 (AROAEXAMPLEVENDOR0001:build-4)',
    'account 112233445566 (delegated) as role/Deploy (session build)',
  ])('%s', (text) => {
    const asked = subjectCondition([indicatorOf(text)], {
      keys: MANY_KEYS,
      sharedEventIDs: ['of a twin'],
      switchIDs: ['of a switch'],
      sessions: [
        { arn: `${ARN}s`, times: ['2026-01-14T09:30:00Z'], doubted: [], otherKeys: ['ASIAOTHER'] },
      ],
    });
    expect(requiresNothing(necessaryFor(asked))).toBe(false);
  });
});

describe('a record is found by', () => {
  test.each<readonly [string, Condition, Readonly<Record<string, string>>]>([
    [
      'an escaped slash',
      contains('requestParameters.name', 'Admin/lou'),
      name(String.raw`"x Admin\/lou"`),
    ],
    [
      'an escaped letter',
      contains('requestParameters.name', 'Admin/lou'),
      name(String.raw`"\u0041dmin/lou"`),
    ],
    [
      'a letter that is escaped in a text of a text',
      contains('requestParameters.policy.Resource', 'Admin/lou'),
      { requestParameters: String.raw`{"policy":"{\"Resource\":\"\\u0041dmin/lou\"}"}` },
    ],
    [
      'a slash that is escaped there',
      contains('requestParameters.policy.Resource', 'Admin/lou'),
      { requestParameters: String.raw`{"policy":"{\"Resource\":\"Admin\\/lou\"}"}` },
    ],
    [
      'the sign for Kelvin',
      contains('requestParameters.name', 'kelvin', true),
      name('"\u212aelvin"'),
    ],
    [
      'a dotted I',
      contains('requestParameters.name', 'kelvin', true),
      name('"kelv\u0130n kelvin"'),
    ],
    [
      'one of many keys',
      equals('requestParameters.name', ...MANY_KEYS),
      name(`"${MANY_KEYS[2222]}"`),
    ],
    [
      'one of many keys behind others of their kind',
      { ...(equals('requestParameters.name', ...MANY_KEYS) as Test), op: 'contains' },
      name(`"ASIAASIAEXAMPLE00000009 AKIAxx${MANY_KEYS[3333]}"`),
    ],
    [
      'one of many keys with an escape',
      equals('requestParameters.name', ...MANY_KEYS),
      name(`"\\u0041${MANY_KEYS[4444]?.slice(1)}"`),
    ],
    ['the upper case', contains('requestParameters.name', 'kelvin', true), name('"xKELVIN"')],
    ['the last of two members', equals('readOnly', 'true'), { more: ',"readOnly":true' }],
    ['a null behind a value', isNull, { more: ',"readOnly":null' }],
    [
      'a value behind a null',
      equals('readOnly', 'true'),
      { readOnly: 'null', more: ',"readOnly":true' },
    ],
    ['a text of a boolean', equals('readOnly', 'true'), { readOnly: '"true"' }],
    [
      'something else than a boolean',
      { kind: 'not', of: equals('readOnly', 'true') },
      { readOnly: '"True"' },
    ],
    ['an escape in a value', equals('readOnly', 'true'), { readOnly: String.raw`"tr\u0075e"` }],
    ['an escaped quote', equals('eventName', 'a"b'), { eventName: String.raw`"a\"b"` }],
    ['a line feed', equals('sourceIPAddress', 'a\nb'), { sourceIPAddress: String.raw`"a\nb"` }],
    [
      'a backslash at the end',
      equals('sourceIPAddress', 'a\\'),
      { sourceIPAddress: String.raw`"a\\"` },
    ],
    [
      'an account that is a number',
      equals('recipientAccountId', '012345678901'),
      { recipientAccountId: '12345678901' },
    ],
    [
      'a value in another case',
      { ...(equals('awsRegion', 'EU-WEST-1') as Test), ignoreCase: true },
      {},
    ],
    ['an object as text', contains('userAgent', ':1,'), { userAgent: '{"a" : 1, "b" : 2}' }],
    ...[
      'Admins?/lou',
      'Admin/lous*$',
      'Admin/lous{0,3}$',
      'Admin/lou|another',
      'another|Admin/lou',
      '(another/)?Admin/lou',
      '(?i)ADMIN/LOU',
      String.raw`[\]A]dmin/lou`,
      String.raw`\x41dmin/lou`,
      String.raw`Admin\/\w+`,
      String.raw`Admin\/lou\d*`,
      'A+d+m+i+n+/lou+',
    ].map(
      (regex) =>
        [
          `the expression ${regex}`,
          { ...contains('requestParameters.name', regex), op: 'regex' } as Condition,
          name('"Admin/lou"'),
        ] as const,
    ),
  ])('%s', async (_what, asked, members) => {
    const reader = new WaysReader(
      { required: necessaryFor(asked), isWanted: (row) => evaluate(asked, row) },
      ALWAYS,
    );
    for (let padding = 0; padding < 64; padding++) {
      const bytes = Buffer.from(`{"Records":[${recordWith(members, padding)}]}`);
      const found = await reader.read(bytes, WAYS.quick);
      expect((JSON.parse(found) as { readonly rows: unknown }).rows).toHaveLength(1);
      expect(await reader.read(bytes, WAYS.peeked)).toBe(found);
    }
  });

  test.each([
    'read_only',
    'read-only',
    'readonly',
    'READONLY',
    'Read Only',
    String.raw`read\u004fnly`,
  ])('the key %s', async (key) => {
    const asked = equals('readOnly', 'true');
    const reader = new WaysReader({ required: necessaryFor(asked), isWanted: () => true }, ALWAYS);
    for (let padding = 0; padding < 64; padding++) {
      const record = recordWith({}, padding).replace('"readOnly":false', `"${key}":true`);
      const found = await reader.read(Buffer.from(`{"Records":[${record}]}`), WAYS.quick);
      expect((JSON.parse(found) as { readonly rows: unknown }).rows).toHaveLength(1);
    }
  });
});

test('a condition that bytes cannot tell requires nothing', () => {
  for (const asked of [
    equals('eventTime', '2026-01-14T09:30:00Z'),
    equals('userIdentity.accountId', '112233445566'),
    { kind: 'not', of: equals('awsRegion', 'eu-west-1') } as const,
    equals('requestParameters.size', '12345678'),
  ])
    expect(requiresNothing(necessaryFor(asked))).toBe(true);
});

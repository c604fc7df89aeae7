/** Random conditions, and hostile records that have the values for which they ask, in other spellings and places. */
import * as fc from 'fast-check';
import { filterConditions } from '../../src/rule/filters.js';
import type { Condition, Test } from '../../src/rule/condition/condition.js';

const at = { file: 'rule.yml', line: 1, column: 1 };
export const ARN = 'arn:aws:sts::112233445566:assumed-role/Admin/lee.kim';

const FIELDS = [
  'eventName',
  'eventSource',
  'awsRegion',
  'recipientAccountId',
  'eventType',
  'eventCategory',
  'readOnly',
  'sourceIPAddress',
  'sharedEventID',
  'eventTime',
  'userAgent',
  'userIdentity.arn',
  'userIdentity.accountId',
  'userIdentity.accessKeyId',
  'requestParameters.name',
  'requestParameters.policy.Resource',
  'READONLY',
] as const;

/** Values of the records, as rules may write them. */
export const VALUES = [
  'RunInstances',
  'runinstances',
  'DescribeKeys',
  'ec2.amazonaws.com',
  'eu-west-1',
  'EU-West-1',
  '112233445566',
  '012345678901',
  'AwsApiCall',
  'Management',
  'true',
  'false',
  'False',
  '192.0.2.7',
  '2026-01-14T09:30:00Z',
  ARN,
  'Admin/lee',
  'bucket/kéy',
  'BUCKET',
  'a "quoted" bucket',
  'C:\\temp\\bucket',
  'line\nbreak',
  '1234.5678',
  '12345678',
  '123456780.0',
  'Kelvin',
  'AKIAEXAMPLE000000001',
  'ASIAEXAMPLE000000002',
  '',
];

/** So many that readers look for all of them together. */
const MANY_KEYS = Array.from(
  { length: 20 },
  (_, n) => `A${n % 2 ? 'K' : 'S'}IAEXAMPLE0000001${n + 10}`,
);

function escaped(character: string): string {
  return /[\^$.*+?()[\]{}|/]/.test(character) || character === '\\' ? `\\${character}` : character;
}

/** A condition that asks for some of these values. */
export function conditionAbout(texts: readonly string[]): fc.Arbitrary<Condition> {
  const value = fc.constantFrom(...texts);
  const pattern = value.chain((text) =>
    fc.constantFrom(
      `*${text.slice(1, -1)}*`,
      text.replace(/[a-z]/i, '?'),
      `${text.slice(0, 5)}*`,
      '*',
    ),
  );
  const regex = value.chain((text) => {
    const [first = 'x', ...rest] = Array.from(text, escaped);
    const all = [first, ...rest].join('');
    return fc.constantFrom(
      all,
      `^${all}$`,
      `${first}?${rest.join('')}`,
      `.*${rest.join('')}`,
      `${first}{0,2}${rest.join('')}`,
      `[^\\]x]*${rest.slice(0, 6).join('')}.+`,
      `${first}+${rest.join('')}*`,
      `(${first})?${rest.join('')}`,
      `${all}|other`,
      String.raw`\w*\W?${rest.slice(2).join('')}`,
    );
  });
  const leaf: fc.Arbitrary<Condition> = fc
    .record({
      field: fc.constantFrom(...FIELDS).map((field) => field.split('.')),
      op: fc.constantFrom<Test['op']>(
        'equals',
        'in',
        'in',
        'startsWith',
        'endsWith',
        'contains',
        'wildcard',
        'escapedWildcard',
        'regex',
        'isNull',
        'isNotNull',
        'isNullOrEmpty',
        'isNotNullOrEmpty',
      ),
      ignoreCase: fc.boolean(),
      values: fc.array(value, { minLength: 1, maxLength: 3 }),
      patterns: fc.array(pattern, { minLength: 1, maxLength: 2 }),
      regexes: fc.array(regex, { minLength: 1, maxLength: 2 }),
      more: fc.constantFrom([], [], MANY_KEYS),
      spread: fc.constantFrom(undefined, undefined, undefined, true as const),
    })
    .map(({ patterns, regexes, values, more, op, spread, ...own }): Test => {
      const valuesOf = (): readonly string[] => {
        if (op === 'regex') return regexes;
        return op.endsWith('ildcard') ? patterns : [...values, ...more];
      };
      return {
        kind: 'test',
        ...own,
        op,
        values: valuesOf(),
        ...(spread && { spread }),
        at,
      };
    });
  const mention = fc
    .tuple(fc.constantFrom('requestParameters', 'responseElements'), value)
    .map(([column, text]): Condition => ({
      kind: 'test',
      field: [column],
      op: 'mentions',
      ignoreCase: false,
      values: [text, ...MANY_KEYS],
      at,
    }));
  const filter = fc
    .record({
      resource: fc.constantFrom(undefined, ['bucket/kéy'], [ARN, '12345678']),
      principal: fc.constantFrom(undefined, ['LEE.KIM'], ['Kelvin']),
      ip: fc.constantFrom(undefined, ['192.0.2.7'], ['192.0.2.0/24', '2001:db8::/32']),
      eventName: fc.constantFrom(undefined, ['RunInstances'], ['run*', 'describekeys']),
      account: fc.constantFrom(undefined, ['112233445566']),
      region: fc.constantFrom(undefined, ['eu-west-1']),
      anyOf: fc.boolean(),
    })
    .map((filters): Condition => ({ kind: 'all', of: filterConditions(filters) }));
  const element = fc
    .tuple(fc.constantFrom('any' as const, 'all' as const, 'one' as const), leaf)
    .map(([quantifier, of]): Condition => {
      const field =
        of.kind === 'test' ? [of.field[0] === 'userIdentity' ? 'arn' : 'accountId'] : [];
      return {
        kind: 'element',
        quantifier,
        field: ['resources'],
        of: { ...of, field } as Condition,
        at,
      };
    });

  return fc.letrec<{ condition: Condition }>((tie) => {
    const parts = fc.array(tie('condition'), { maxLength: 3 });
    return {
      condition: fc.oneof(
        { maxDepth: 3, withCrossShrink: true },
        { weight: 6, arbitrary: leaf },
        { weight: 1, arbitrary: mention },
        { weight: 1, arbitrary: filter },
        { weight: 1, arbitrary: element },
        { weight: 3, arbitrary: parts.map((of): Condition => ({ kind: 'all', of })) },
        { weight: 3, arbitrary: parts.map((of): Condition => ({ kind: 'any', of })) },
        { weight: 1, arbitrary: tie('condition').map((of): Condition => ({ kind: 'not', of })) },
        {
          weight: 1,
          arbitrary: parts.map((of): Condition => ({ kind: 'exactly', count: 1, of })),
        },
      ),
    };
  }).condition;
}

export const PLAIN: readonly (readonly [key: string, value: string])[] = [
  ['eventVersion', '"1.11"'],
  ['userIdentity', `{"type":"AssumedRole","arn":"${ARN}","accountId":"112233445566"}`],
  ['eventTime', '"2026-01-14T09:30:00Z"'],
  ['eventSource', '"ec2.amazonaws.com"'],
  ['eventName', '"RunInstances"'],
  ['awsRegion', '"eu-west-1"'],
  ['sourceIPAddress', '"192.0.2.7"'],
  ['userAgent', '"console"'],
  ['requestParameters', '{"name":"bucket/kéy"}'],
  ['resources', `[{"ARN":"${ARN}","accountId":"12345678901"}]`],
  ['readOnly', 'false'],
  ['eventID', '"e"'],
  ['eventType', '"AwsApiCall"'],
  ['recipientAccountId', '"112233445566"'],
  ['eventCategory', '"Management"'],
];
const OTHER_KEYS = [
  'read_only',
  'readonly',
  'read-only',
  'ReadOnly',
  'r\\u0065adOnly',
  'EVENTNAME',
  'aws region',
  'user_identity_arn',
  'source_ip_address',
  'sharedEventID',
  'sharedEventId',
  'other',
];

/** A record that has some of these values. */
export function recordAbout(texts: readonly string[]): fc.Arbitrary<string> {
  const value = fc.constantFrom(...texts);
  /** A text as JSON in several spellings. */
  const spelt = (text: fc.Arbitrary<string>): fc.Arbitrary<string> =>
    fc
      .tuple(
        text,
        fc.constantFrom<(text: string) => string>(
          JSON.stringify,
          JSON.stringify,
          JSON.stringify,
          (own) => JSON.stringify(own.toUpperCase()),
          (own) => JSON.stringify(own).replaceAll('/', String.raw`\/`),
          (own) =>
            JSON.stringify(own).replace(
              /[a-z]/i,
              (letter) => String.raw`\u00${letter.charCodeAt(0).toString(16)}`,
            ),
          (own) => JSON.stringify(own.replace(/k/i, '\u212a')),
          (own) => JSON.stringify(own.replace(/i/i, '\u0130')),
          (own) => JSON.stringify(`see "${own}" \\ ${own}`),
        ),
      )
      .map(([own, spelling]) => spelling(own));
  const strange = fc.constantFrom(
    'null',
    'true',
    'false',
    '12345678',
    '1234.56780',
    '1.2345678e7',
    '112233445566.0',
    '12345678901',
    '{"a": 12345678}',
    '["eu-west-1", "true"]',
    '""',
  );
  const anyValue = fc.oneof(
    { weight: 4, arbitrary: spelt(value) },
    { weight: 1, arbitrary: strange },
  );
  /** JSON, as it is, in a text, and in a text of a text. */
  const nested = fc.tuple(anyValue, anyValue, fc.nat(2)).map(([name, resource, layers]) => {
    const policy = `{"Version": 1,"Resource": ${resource}}`;
    const held =
      layers === 0
        ? policy
        : layers === 1
          ? JSON.stringify(policy)
          : JSON.stringify(JSON.stringify(policy));
    return `{"name":${name},"policy":${held}}`;
  });
  const change = fc.record({
    key: fc.constantFrom(...PLAIN.map(([key]) => key), ...OTHER_KEYS),
    value: fc.oneof(
      { weight: 4, arbitrary: anyValue },
      { weight: 2, arbitrary: nested },
      { weight: 1, arbitrary: anyValue.map((own) => `{"arn":${own},"accessKeyId":${own}}`) },
      { weight: 1, arbitrary: anyValue.map((own) => `[{"ARN":${own},"accountId":${own}}]`) },
    ),
    how: fc.constantFrom('set', 'set', 'append', 'first', 'drop'),
  });
  return fc.array(change, { maxLength: 4 }).map((changes) => {
    let members = [...PLAIN];
    for (const { key, value: own, how } of changes) {
      if (how === 'drop') members = members.filter(([other]) => other !== key);
      else if (how === 'append') members.push([key, own]);
      else if (how === 'first') members.unshift([key, own]);
      else members = members.map((other) => (other[0] === key ? [key, own] : other));
    }
    return `{${members.map(([key, own]) => `"${key}":${own}`).join(',')}}`;
  });
}

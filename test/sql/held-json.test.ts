/** Paths into JSON that a log holds as text, such as policies: on each engine and by the reference evaluator. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bind } from '../../src/rule/bind.js';
import type { Condition } from '../../src/rule/condition/condition.js';
import { conditionSql } from '../../src/sql/condition/condition.js';
import { TABLE_SCOPE } from '../../src/sql/condition/location.js';
import { duckdb } from '../../src/sql/dialect/duckdb.js';
import {
  answers,
  expectedAnswers,
  openDuckdb,
  recordsOf,
  type TestedEngine,
} from '../support/evaluate-engines.js';
import { testedTrino } from '../support/evaluate-trino.js';
import { ruleWith } from '../support/rules.js';
import { sigmaRule } from '../support/sigma.js';
import { describeWithTrino } from '../support/trino.js';

const allow = (principal: unknown, statement: object = {}): object => ({
  Effect: 'Allow',
  Principal: principal,
  Action: 's3:*',
  ...statement,
});
const policy = (...statements: readonly unknown[]): object => ({
  Version: '2012-10-17',
  Statement: statements,
});
const everyone = policy(allow({ AWS: '*' }));
const text = (value: unknown): string => JSON.stringify(value);

/** The request's `policyDocument` in each event. */
const DOCUMENTS = {
  object: everyone,
  text: text(everyone),
  pretty: JSON.stringify(everyone, null, 2),
  spaced: ` \n\t${text(everyone)}\r\n `,
  second: text(policy(allow({ AWS: 'arn:aws:iam::112233445566:root' }), allow({ AWS: '*' }))),
  'text in text': text({ Statement: text([text(allow(text({ AWS: '*' })))]) }),
  'statement as text': { Statement: [text(allow({ AWS: '*' }))] },
  'principal as text': text(policy({ Principal: text({ AWS: '*' }) })),
  'a list of principals': text(policy(allow({ AWS: ['1', '*'] }))),
  'one statement': text({ Statement: allow({ AWS: '*' }) }),
  star: text(policy(allow('*'))),
  nobody: text(policy(allow({ AWS: '112233445566' }))),
  none: null,
  empty: '',
  number: 22,
  'a list of numbers': ' [1, 2]',
  'an empty object': '{}',
  'cut off': text(everyone).slice(0, -1),
  'more after it': `${text(everyone)} x`,
  'two of it': `${text(everyone)},${text(everyone)}`,
  'closed too early': `${text(everyone)}] [`,
  'a comma too many': `${text(everyone).slice(0, -1)},}`,
  'a comment': `${text(everyone).slice(0, -1)}/* */}`,
  'NaN beside it': `${text(everyone).slice(0, -1)},"n":NaN}`,
  'a comma in a string': text({ ...everyone, Id: ',] NaN \\" \\\\' }),
  'half a surrogate pair': `${text(everyone).slice(0, -1)},"n":"\\ud83d"}`,
  'a surrogate pair': `${text(everyone).slice(0, -1)},"n":"\\ud83d\\ude00 \\\\ud83d"}`,
  'a byte-order mark': `\ufeff${text(everyone)}`,
  'URL-encoded': encodeURIComponent(text(everyone)),
  deep: `${text(everyone).slice(0, -1)},"n":${'['.repeat(900)}${']'.repeat(900)}}`,
  long: text({ ...everyone, Id: 'x'.repeat(20_000) }),
} as const;
type Name = keyof typeof DOCUMENTS;
const NAMES = Object.keys(DOCUMENTS) as Name[];

const SOUND: readonly Name[] = [
  'object',
  'text',
  'pretty',
  'spaced',
  'second',
  'text in text',
  'statement as text',
  'principal as text',
  'a comma in a string',
  'a surrogate pair',
  'deep',
  'long',
];
const without = (...names: readonly Name[]): readonly Name[] =>
  NAMES.filter((name) => !names.includes(name));

const AWS = 'requestParameters.policyDocument.Statement[].Principal.AWS';
const native = (expression: string): Condition => ruleWith(`  - ${expression}`).condition;
const sigma = (entry: string, condition = 's'): Condition =>
  sigmaRule(`  s: { ${entry} }\n  condition: ${condition}`).condition;

const STATEMENTS = 'requestParameters.policyDocument.Statement';

/** Where the quotes of `"Effect":"Allow"` are escaped once at most, and nothing stands between them. */
const COMPACT = without(
  ...(['pretty', 'text in text', 'principal as text', 'URL-encoded'] as const),
  ...(['none', 'empty', 'number', 'a list of numbers', 'an empty object'] as const),
);

const CASES: readonly (readonly [string, Condition, readonly Name[]])[] = [
  ['a path', native(`{ KeyPath: "${AWS}", Condition: Equals, Value: "*" }`), SOUND],
  [
    'a negated path',
    native(`{ KeyPath: "${AWS}", Condition: DoesNotEqual, Value: "*" }`),
    without(...SOUND),
  ],
  [
    'a list of principals',
    native(`{ KeyPath: "${AWS}[]", Condition: Equals, Value: "*" }`),
    ['a list of principals'],
  ],
  [
    'several tests of an element',
    native(
      `{ KeyPath: ${STATEMENTS}, Condition: AnyElement, Expressions: [{ Key: Effect, Condition: Equals, Value: Allow }, { Key: Principal, Condition: Equals, Value: "*" }] }`,
    ),
    ['star'],
  ],
  [
    'one statement, which is no list',
    native(`{ KeyPath: ${STATEMENTS}.Principal.AWS, Condition: Equals, Value: "*" }`),
    ['one statement'],
  ],
  [
    'an index',
    native(`{ KeyPath: "requestParameters.policyDocument[1]", Condition: Equals, Value: 2 }`),
    ['a list of numbers'],
  ],
  [
    'an element',
    native(`{ KeyPath: "requestParameters.policyDocument[]", Condition: IsGreaterThan, Value: 1 }`),
    ['a list of numbers'],
  ],
  [
    'a value of any kind',
    native(`{ KeyPath: ${STATEMENTS}, Condition: IsNotNull }`),
    [...SOUND, 'a list of principals', 'one statement', 'star', 'nobody'],
  ],
  [
    'the text itself is a text',
    native('{ KeyPath: requestParameters.policyDocument, Condition: Contains, Value: ",,"}'),
    [],
  ],
  [
    'the JSON of a column',
    native(`{ KeyPath: requestParameters, Condition: Contains, Value: '"Effect":"Allow"' }`),
    COMPACT,
  ],
  [
    'the JSON of a column, in any case',
    native(`{ KeyPath: requestParameters, Condition: IDoesNotContain, Value: '"effect":"allow"' }`),
    without(...COMPACT),
  ],
  [
    'a pattern in the JSON of a column',
    native(
      `{ KeyPath: requestParameters, Condition: MatchesWildcard, Value: '*"policyDocument":*"Effect":"Allow"*' }`,
    ),
    COMPACT,
  ],
  [
    'an expression in the JSON of a column',
    native(
      `{ KeyPath: requestParameters, Condition: MatchesRegex, Value: '"policyDocument":.*"Effect": ?["'']Allow["'']' }`,
    ),
    [...COMPACT, 'pretty', 'text in text'],
  ],
  [
    'a parameter in the JSON of a column',
    bind(
      ruleWith(
        '  - { KeyPath: requestParameters, Condition: Contains, Value: $TEXT }',
        `Parameters: { TEXT: { Default: ['"Effect":"Allow"'], Description: Text } }`,
      ),
      new Map(),
    ).condition,
    COMPACT,
  ],
  [
    'the beginning of the JSON of a column',
    native(`{ KeyPath: requestParameters, Condition: StartsWith, Value: '{"policyDocument":{' }`),
    ['object', 'statement as text'],
  ],
  [
    'Sigma: the JSON of an object',
    sigma(`requestParameters.policyDocument|contains: '"effect":"allow"'`),
    COMPACT,
  ],
  [
    'Sigma: an expression in the JSON of an object',
    sigma(`requestParameters.policyDocument|re: '"Effect":\\s*"Allow"'`),
    [...COMPACT, 'pretty', 'text in text'],
  ],
  [
    'Sigma: equals',
    sigma(`${STATEMENTS}.Principal.AWS: '\\*'`),
    [...SOUND, 'a list of principals', 'one statement'],
  ],
  [
    'Sigma: not',
    sigma(`${STATEMENTS}.Principal.AWS: '\\*'`, 'not s'),
    without(...SOUND, 'a list of principals', 'one statement'),
  ],
  [
    'Sigma: exists',
    sigma(`${STATEMENTS}|exists: true`),
    [...SOUND, 'a list of principals', 'one statement', 'star', 'nobody'],
  ],
  [
    'Sigma: fieldref',
    sigma(`recipientAccountId|fieldref: ${STATEMENTS}.Principal.AWS`),
    ['nobody'],
  ],
  [
    'Sigma: the text itself is a text',
    sigma("requestParameters.policyDocument: ' [1, 2]'"),
    ['a list of numbers'],
  ],
];

describe('DuckDB', () => finds(openDuckdb));
await describeWithTrino('Trino', (trino) => finds(() => Promise.resolve(testedTrino(trino))));

function finds(open: () => Promise<TestedEngine>): void {
  let engine: TestedEngine;
  let actual: readonly (readonly string[])[];
  let expected: readonly (readonly string[])[];
  beforeAll(async () => {
    engine = await open();
    const records = await recordsOf(
      Object.values(DOCUMENTS).map((policyDocument) =>
        JSON.stringify({
          eventID: '1',
          eventName: 'a',
          recipientAccountId: '112233445566',
          requestParameters: { policyDocument, other: 1 },
        }),
      ),
    );
    await engine.fill(records);
    const conditions = CASES.map(([, condition]) => condition);
    actual = await answers(engine, conditions, records.length);
    expected = expectedAnswers(conditions, records);
  });
  afterAll(() => engine.close());

  test.each(CASES.map(([name], index) => [name, index] as const))('%s', (_name, index) => {
    const names = (row: readonly string[] | undefined): readonly Name[] =>
      NAMES.filter((_, event) => row?.[event] === 'true');
    const found = NAMES.filter((name) => CASES[index]?.[2].includes(name));
    expect(names(actual[index])).toEqual(found);
    expect(names(expected[index])).toEqual(found);
  });

  test('of a key that the text has twice, the first counts', async () => {
    const twice = '{"a":{"x":"1"},"a":{"x":"2","y":"3"}}';
    const event = { eventID: '1', eventName: 'a', requestParameters: { t: twice } };
    await engine.fill(await recordsOf([JSON.stringify(event)]));
    const asked = ['x', 'y'].map((key) =>
      native(`{ KeyPath: requestParameters.t.a.${key}, Condition: IsIn, Values: ["1", "3"] }`),
    );
    expect(await answers(engine, asked, 1)).toEqual([['true'], ['false']]);
  });
}

test('a rule that has no path below a text gives the SQL of before', () => {
  const sql = (condition: Condition): string => conditionSql(condition, duckdb, TABLE_SCOPE);
  expect(sql(native('{ KeyPath: requestParameters.a, Condition: IsNotNull }'))).toBe(
    "COALESCE(TRY(json_type(requestparameters, '/a')) <> 'NULL', FALSE)",
  );
  expect(sql(sigma('requestParameters.a|exists: true'))).toBe(
    "COALESCE(TRY(json_type(requestparameters, '/a')) <> 'NULL', FALSE)",
  );
  expect(sql(sigma('requestParameters.a: b'))).not.toContain('TRY_CAST');
});

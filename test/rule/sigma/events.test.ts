/** What Sigma's tests find among events, on each engine and by the reference evaluator. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Condition } from '../../../src/rule/condition/condition.js';
import {
  answers,
  expectedAnswers,
  openDuckdb,
  recordsOf,
  type TestedEngine,
} from '../../support/evaluate-engines.js';
import { testedTrino } from '../../support/evaluate-trino.js';
import { sigmaEntry, sigmaRule } from '../../support/sigma.js';
import { describeWithTrino } from '../../support/trino.js';

/** By name, so that a case says in words which it finds. */
const EVENTS = {
  scalar: { requestParameters: { p: 'Layer-1', n: 22, on: true, deep: { x: { y: 'Z' } } } },
  list: { requestParameters: { p: ['other', 'layer-1'], n: [1, 22], on: [false, true] } },
  objects: { requestParameters: { p: { q: 'LAYER-1' }, deep: [{ x: [{ y: 'z' }] }, { x: 1 }] } },
  empty: { requestParameters: { p: '', n: '', on: [] } },
  nulls: { requestParameters: { p: null, n: [null] }, errorCode: null },
  none: { errorCode: 'AccessDenied', userAgent: 'AccessDenied by nobody\n' },
  resources: { resources: [{ ARN: 'arn:a' }, { ARN: 'arn:b', type: 'AWS::S3::Object' }] },
  ids: {
    recipientAccountId: '111122223333',
    resources: [{ accountId: '999900001111' }, { accountId: '111122223333' }],
    requestParameters: {
      ids: ['999900001111', '111122223333'],
      arns: [{ arn: 'arn:aws:iam::111122223333:root' }, null, { arn: [{}, 'x'] }],
      pairs: ['111122223333:a'],
      others: ['999900001111'],
    },
  },
  // A policy is a text inside the JSON, in which its quotes are escaped.
  policy: {
    requestParameters: {
      policyDocument: JSON.stringify({ Effect: 'Allow', Action: 's3:GetObject', x: 'a*\\b' }),
      outer: { list: [{ inner: JSON.stringify({ Effect: 'Deny', Condition: {} }) }] },
    },
  },
  address: { sourceIPAddress: '10.1.2.3', readOnly: true, userIdentity: { type: 'Root' } },
};
type Name = keyof typeof EVENTS;
const NAMES = Object.keys(EVENTS) as Name[];
const REQUESTS: readonly Name[] = ['scalar', 'list', 'objects', 'empty', 'nulls', 'ids', 'policy'];
const without = (...names: readonly Name[]): readonly Name[] =>
  NAMES.filter((name) => !names.includes(name));

const CASES: readonly (readonly [entry: string, found: readonly Name[]])[] = [
  ['requestParameters.p: layer-1', ['scalar', 'list']],
  ['requestParameters.p|cased: layer-1', ['list']],
  ['requestParameters.p|contains: layer', ['scalar', 'list', 'objects']],
  ['requestParameters.p.q: layer-?', ['objects']],
  ["requestParameters.p: '*'", ['scalar', 'list', 'objects', 'empty']],
  ["requestParameters.p: ''", ['empty']],
  ['requestParameters.p: null', without('scalar', 'list', 'objects', 'empty')],
  ['requestParameters.p|exists: true', ['scalar', 'list', 'objects', 'empty']],
  ['requestParameters.p|exists: false', without('scalar', 'list', 'objects', 'empty')],
  ['requestParameters.p|neq: layer-1', without('scalar', 'list')],
  ['requestParameters.p|contains|all: [layer, "1"]', ['scalar', 'list', 'objects']],
  ['requestParameters.n: 22', ['scalar', 'list']],
  ['requestParameters.n|gt: 21', ['scalar', 'list']],
  ['requestParameters.n|lte: 1', ['list']],
  ['requestParameters.on: true', ['scalar', 'list']],
  ['requestParameters.on|exists: true', ['scalar', 'list', 'empty']],
  ['requestParameters.deep.x.y: z', ['scalar', 'objects']],
  ['requestParameters.deep.x.y|re: "^[zZ]$"', ['scalar', 'objects']],
  ['requestParameters.deep.x|exists: true', ['scalar', 'objects']],
  ['requestParameters.deep.x.y|exists: true', ['scalar', 'objects']],
  [
    `requestParameters|contains: '"p":'`,
    REQUESTS.filter((name) => name !== 'ids' && name !== 'policy'),
  ],
  [`requestParameters|contains|all: ['"s3:GetObject"', '"allow"']`, ['policy']],
  [`requestParameters|contains|cased: '"allow"'`, []],
  [`requestParameters|contains|cased: ['"allow"', '"Allow"']`, ['policy']],
  [`requestParameters: '*"Effect":*"s3:Get*"*'`, ['policy']],
  [`requestParameters: '*"policyDocument":*"Effect":"Allow"*'`, ['policy']],
  [`requestParameters: '*"policyDocument":*"Effect":"Allow"*"outer":*"Deny"*'`, []],
  [`requestParameters|re: '"policyDocument":.*"Effect":"Allow".*"outer":.*"Deny"'`, ['policy']],
  [`requestParameters|re: '["]s3:Get[^"]*["],'`, ['policy']],
  [`requestParameters.outer|contains: '"effect":"deny"'`, ['policy']],
  [`requestParameters.outer.list|re: '"Effect":\\s*\\"Deny"'`, ['policy']],
  [`requestParameters.outer.list.inner|contains: '"effect":"deny"'`, ['policy']],
  [`requestParameters.outer|contains: '"effect":"allow"'`, []],
  [`requestParameters|contains: '"a\\*\\\\\\\\b"'`, ['policy']],
  [`requestParameters|endswith: '"s3:GetObject"}'`, []],
  [`requestParameters|contains|neq: '"Allow"'`, without('policy')],
  ['requestParameters: null', without(...REQUESTS)],
  ['errorCode: null', without('none')],
  ['errorCode: accessdenied', ['none']],
  ['userAgent|fieldref|startswith: errorCode', ['none']],
  ['userAgent|fieldref: errorCode', []],
  ['requestParameters.ids|fieldref: recipientAccountId', ['ids']],
  ['recipientAccountId|fieldref: requestParameters.ids', ['ids']],
  ['requestParameters.others|fieldref: recipientAccountId', []],
  ['requestParameters.others|fieldref: requestParameters.ids', ['ids']],
  ['requestParameters.ids|fieldref: resources.accountId', ['ids']],
  ['resources.accountId|fieldref: recipientAccountId', ['ids']],
  ['recipientAccountId|fieldref: resources.accountId', ['ids']],
  ['resources.accountId|fieldref: resources.type', []],
  ['requestParameters.arns.arn|fieldref|contains: recipientAccountId', ['ids']],
  ['requestParameters.pairs|fieldref|startswith: requestParameters.ids', ['ids']],
  ['requestParameters.pairs|fieldref|endswith: requestParameters.ids', []],
  ['recipientAccountId|fieldref|endswith: requestParameters.arns', []],
  ['requestParameters.ids|fieldref|neq: recipientAccountId', without('ids')],
  ['requestParameters.others|fieldref|neq: recipientAccountId', NAMES],
  ['requestParameters.p|fieldref: requestParameters.p', ['scalar', 'list', 'empty']],
  ['requestParameters.ids|fieldref|all: [recipientAccountId, requestParameters.p]', []],
  ['userAgent|re: nobody$', []],
  ['userAgent|re: "nobody.$"', []],
  ['userAgent|re|s: "nobody.$"', ['none']],
  ['userAgent|re|i: "^accessdenied"', ['none']],
  ['userAgent|re: "^accessdenied"', []],
  ['userAgent|re|m: nobody$', ['none']],
  ['resources.ARN: ARN:B', ['resources']],
  ["resources.type: 'AWS::S3::*'", ['resources']],
  ['resources.type|exists: true', ['resources']],
  ['resources.accountId: null', without('ids')],
  ['sourceIPAddress|cidr: [10.1.0.0/16, "::/0"]', ['address']],
  ['readOnly: True', ['address']],
  ['status: success', []],
  ['status|exists: false', NAMES],
];

describe('DuckDB', () => finds(openDuckdb));
await describeWithTrino('Trino', (trino) => finds(() => Promise.resolve(testedTrino(trino))));

const CONDITIONS: readonly Condition[] = [
  ...CASES.map(([entry]) => sigmaEntry(entry).condition),
  // A list is searched before the negation: none of its elements is the value.
  sigmaRule('  s: { requestParameters.p: layer-1 }\n  condition: not s').condition,
];
const FOUND = [...CASES.map(([, found]) => found), without('scalar', 'list')];

function finds(open: () => Promise<TestedEngine>): void {
  let engine: TestedEngine;
  let actual: readonly (readonly string[])[];
  let expected: readonly (readonly string[])[];
  beforeAll(async () => {
    engine = await open();
    const records = await recordsOf(
      Object.values(EVENTS).map((event) => JSON.stringify({ eventID: '1', ...event })),
    );
    await engine.fill(records);
    actual = await answers(engine, CONDITIONS, records.length);
    expected = expectedAnswers(CONDITIONS, records);
  });
  afterAll(() => engine.close());

  test.each(
    [...CASES.map(([entry]) => entry), 'not'].map((entry, index) => [entry, index] as const),
  )('%s', (_entry, index) => {
    const names = (row: readonly string[] | undefined): readonly Name[] =>
      NAMES.filter((_, event) => row?.[event] === 'true');
    expect(names(actual[index])).toEqual(FOUND[index]);
    expect(names(expected[index])).toEqual(FOUND[index]);
  });
}

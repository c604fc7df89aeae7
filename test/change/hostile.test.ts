import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Change, ChangeEvent } from '../../src/change/change.js';
import { describeChange } from '../../src/change/describe.js';
import { SERVICES } from '../../src/change/service/services.js';
import { isObject, type Json } from '../../src/cloudtrail/json.js';
import { rulesWithTests } from '../../src/rule/catalog/load.js';
import { eventOf } from '../support/change.js';

const events = rulesWithTests(['all']).flatMap(({ tests }) => tests.map(({ log }) => eventOf(log)));

/** All names of members in an event of a rule's test: those that describers look for are among them. */
const names = [
  ...new Set(events.flatMap((event) => namesIn([event.requestParameters, event.responseElements]))),
  'content',
  'item',
  'groups',
  'userIdGroupPairs',
  '__proto__',
  'toString',
];

function namesIn(value: Json): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((item: Json) => namesIn(item));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, inner]) => [name, ...namesIn(inner)]);
}

function deep(levels: number): Json {
  let value: Json = 'x';
  for (let i = 0; i < levels; i++) value = { ipPermissions: [value], Statement: [value] };
  return value;
}

const scalar = fc.oneof(
  fc.constantFrom<Json>(
    '0.0.0.0/0',
    '*',
    'all',
    '\n\r\u2028\u2029\u0085\u001b[31m',
    '',
    true,
    null,
  ),
  fc.constantFrom<Json>(
    'x'.repeat(100_000),
    '\n'.repeat(3000),
    '{"Statement":[{"Action":"*"}]}',
    '{',
  ),
  fc.string(),
  fc.double(),
);
const tree = fc.letrec<{ any: Json }>((tie) => ({
  any: fc.oneof(
    { depthSize: 'medium', withCrossShrink: true },
    scalar,
    fc.dictionary(fc.constantFrom(...names), tie('any'), { maxKeys: 8 }),
    fc.array(tie('any'), { maxLength: 8 }),
  ),
})).any;

/** An event of a rule's test in which one value, somewhere, is another. */
const damaged = fc
  .tuple(fc.constantFrom(...events), fc.nat(), fc.nat(), tree)
  .map(([event, place, other, value]): ChangeEvent => ({
    ...event,
    requestParameters: replaced(event.requestParameters, place, value),
    responseElements: replaced(event.responseElements, other, value),
  }));

/** The value with another one in place of one of its members, at any depth. */
function replaced(value: Json, place: number, other: Json): Json {
  if (typeof value !== 'object' || value === null) return other;
  const keys = Object.keys(value);
  const key = keys[place % (keys.length + 1)];
  if (key === undefined) return other;
  const below = Math.floor(place / (keys.length + 1));
  if (Array.isArray(value))
    return value.map((item: Json, i) => (String(i) === key ? replaced(item, below, other) : item));
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      name === key ? replaced(inner, below, other) : inner,
    ]),
  );
}

const calls = Object.entries(SERVICES).flatMap(([eventSource, all]) =>
  all.flatMap((describers) =>
    Object.keys(describers).map((eventName) => ({ eventSource, eventName })),
  ),
);
const anyCall = fc.tuple(
  fc.constantFrom(...calls, { eventSource: 'x', eventName: 'CreateX' }),
  tree,
  tree,
  tree,
);

/** More than a list of a change may have. */
const MANY = 1001;

function isFine(event: ChangeEvent): void {
  for (const outcome of ['succeeded', 'failed'] as const) {
    const change = describeChange(event, outcome);
    if (change !== null) isBounded(change);
  }
}

function isBounded({ sentence, resources, begins, ends, removes, grantees }: Change): void {
  expect(sentence.length).toBeLessThan(640);
  const texts = [
    sentence,
    ...grantees,
    ...removes,
    ...resources.flatMap(({ type, id, name }) => [type, id, name ?? '']),
    ...[...begins, ...ends].flatMap(({ resource, what, part }) => [resource, what, part ?? '']),
  ];
  expect(Math.max(...texts.map(({ length }) => length))).toBeLessThan(2100);
  const lists = [resources, begins, ends, removes, grantees];
  expect(Math.max(...lists.map(({ length }) => length))).toBeLessThan(MANY);
}

describe('describeChange never throws, and stays short', () => {
  it('for values of any kind', () =>
    fc.assert(
      fc.property(anyCall, ([call, requestParameters, responseElements, resources]) =>
        isFine({ ...eventOf({}), ...call, requestParameters, responseElements, resources }),
      ),
      { numRuns: 200 },
    ));

  it('for a wrong value in a right request', () =>
    fc.assert(fc.property(damaged, isFine), { numRuns: 200 }));

  it('for names that every object has', () => {
    const inherited = ['__proto__', 'constructor', 'toString'];
    for (const eventSource of [...inherited, 's3.amazonaws.com'])
      for (const eventName of [...inherited, 'PutBucketAcl'])
        for (const word of inherited) {
          const requestParameters = { bucketName: word, 'x-amz-acl': word };
          const event = { ...eventOf({}), eventSource, eventName, requestParameters };
          isFine(event);
          expect(describeChange(event, 'succeeded')?.sentence).not.toMatch(/object|function/i);
        }
  });

  it.each<[string, Json]>([
    ['deep nesting', deep(5000)],
    [
      'a long list',
      {
        groupId: 'x',
        ipPermissions: Array.from({ length: MANY }, (_, i) => ({ cidrIp: `${i}` })),
      },
    ],
    ['many members', Object.fromEntries(Array.from({ length: MANY }, (_, i) => [`k${i}`, i]))],
  ])('for %s', (_, value) => {
    for (const call of calls)
      isFine({ ...eventOf({}), ...call, requestParameters: value, responseElements: value });
  });
});

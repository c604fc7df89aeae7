/** What each test of a rule hid, and whom: of long names, of very many, and of several copies of an event. */
import { expect, test } from 'vitest';
import { HiddenStore } from '../../src/answer/hidden.js';
import { bind } from '../../src/rule/bind.js';
import { plan } from '../../src/query/plan.js';
import { huntEvents, onlySection, openedGroup } from '../support/hunt-events.js';
import { ruleWith } from '../support/rules.js';

const WINDOW = { since: undefined, until: undefined };
const RULES = ['a', 'b'].map((value) =>
  bind(ruleWith(`  - { KeyPath: userAgent, Condition: Equals, Value: ${value} }`), new Map()),
);

/** Of two rules with one test each. */
function storeOfTwo(): HiddenStore {
  return new HiddenStore(plan(RULES, WINDOW, { exclusions: true, filters: [] }));
}

/** A row of events that fail the test of the first rule alone, or as `tests` says of a copy each. */
function row(events: number, principal: string, stages = ' 1=1', ...tests: readonly string[]) {
  const copies = (tests.length === 0 ? [' 1=1'] : tests).map((one, index) => ({
    tests: one,
    principal: principal + 'x'.repeat(index),
    agent: null,
    account: '1',
  }));
  return {
    stages,
    missed: JSON.stringify(copies),
    undated: 'false',
    events: String(events),
    records: String(events),
  };
}

test('names that are too long are told by their first 2,048 characters', async () => {
  const name = '😀'.repeat(3000);
  const events = ['a', 'b'].map((end, index) =>
    openedGroup({
      eventID: end,
      errorCode: 'Client.DryRunOperation',
      userIdentity: { type: 'AssumedRole', arn: name + end },
      userAgent: index === 0 ? name : 'short',
    }),
  );
  const { exclusions } = onlySection(await huntEvents(events));
  const told = '😀'.repeat(2048);
  expect(exclusions.flatMap(({ by }) => by)).toEqual([
    { principal: told, userAgent: 'short', events: 1 },
    { principal: told, userAgent: told, events: 1 },
  ]);
});

test('of very many who were hidden, those with the most events are named, and all are counted', () => {
  const store = storeOfTwo();
  // So long that most of them are sorted on the disk.
  const name = (index: number): string => `${String(index).padStart(6, '0')}${'x'.repeat(500)}`;
  const most = 30_000;
  for (const times of [1, 2])
    for (let index = 0; index < most; index++)
      store.add(row(index % 3 === 0 ? 2 * times : 1, name((index * 7) % most)));
  const [[, hidden] = [], other] = store.hidden();
  expect(hidden?.events).toBe(10_000 * 6 + 20_000 * 2);
  expect(hidden?.byAccount).toEqual(new Map([['1', hidden?.events]]));
  const named = Array.from({ length: most / 3 }, (_, index) => name((index * 21) % most));
  expect(hidden?.by).toEqual(
    named.toSorted().map((principal) => ({ principal, userAgent: null, events: 6 })),
  );
  expect(other?.map(({ events }) => events)).toEqual([0, 0]);
});

test('an event is hidden once by a test, from the first of its copies; and not where a copy matches', () => {
  const store = storeOfTwo();
  expect(store.add(row(1, 'a', ' 1=1 2=2', ' 1=1 2=1', ' 1=1'))).not.toHaveProperty('missed');
  store.add(row(3, 'b', ' 1=1 2=1', ' 2=1', ' 1=0', ' 1=1 2=1'));
  // Of a row whose events were counted elsewhere.
  store.add(row(0, 'c'));
  const by = store.hidden().map((tests) => tests.map((hidden) => hidden.by));
  const one = (principal: string, events: number) => ({ principal, userAgent: null, events });
  expect(by).toEqual([
    [[one('bx', 3)], [one('bxx', 3), one('a', 1)]],
    [[], [one('b', 3)]],
  ]);
});

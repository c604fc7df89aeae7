/** The exclusion ledger: what each stage of a rule hid, and whom; with long names, very many of them, and several records of an event. */
import { hash } from 'node:crypto';
import { expect, test } from 'vitest';
import { Ledger } from '../../src/answer/ledger.js';
import type { EventsRow, Reached } from '../../src/answer/row.js';
import { buildQuery } from '../../src/query/build.js';
import type { StageId } from '../../src/query/query.js';
import { bind } from '../../src/rule/bind.js';
import { huntEvents, onlySection, openedGroup } from '../support/hunt-events.js';
import { ruleWith } from '../support/rules.js';

const WINDOW = { since: undefined, until: undefined };
const RULES = ['a', 'b'].map((value) => {
  const rule = ruleWith(`  - { KeyPath: userAgent, Condition: Equals, Value: ${value} }`);
  return bind({ ...rule, id: value }, new Map());
});

/** For the rules `a` and `b`, which have one conjunct each. */
function ledgerOfTwo(): Ledger {
  return new Ledger(buildQuery(RULES, WINDOW, { exclusions: true, filters: [] }));
}

type Failed = Readonly<Record<string, StageId | readonly StageId[]>>;

/** Events that came this far in the rules, each record failing the stages that `failed` names. */
function row(
  events: number,
  principal: string,
  reached: Readonly<Record<string, Reached>> = { a: 'c1' },
  ...failed: readonly Failed[]
): EventsRow {
  const nearMisses = (failed.length === 0 ? [{ a: 'c1' } as const] : failed).map((one, index) => ({
    failed: new Map(Object.entries(one).map(([rule, stage]) => [rule, [stage].flat()])),
    principal: principal + 'x'.repeat(index),
    userAgent: null,
    account: '1',
  }));
  return {
    kind: 'events',
    events,
    records: events,
    undated: false,
    conflicting: false,
    reached: new Map(Object.entries(reached)),
    cut: new Set(),
    matches: [],
    nearMisses,
    keys: undefined,
  };
}

test('names that are too long are cut, and different names stay different', async () => {
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
  const cut = (text: string): string =>
    `${'😀'.repeat(1024)} … (${Array.from(text).length} characters, SHA-256 ${hash('sha256', text)})`;
  const by = exclusions.flatMap((exclusion) => exclusion.by);
  expect(by.toSorted((a, b) => (String(a.userAgent) < String(b.userAgent) ? -1 : 1))).toEqual([
    { principal: cut(`${name}b`), userAgent: 'short', events: 1 },
    { principal: cut(`${name}a`), userAgent: cut(name), events: 1 },
  ]);
});

test('of very many who were hidden, those with the most events are named, and all are counted', () => {
  const ledger = ledgerOfTwo();
  // So long that most of them are sorted on the disk.
  const name = (index: number): string => `${String(index).padStart(6, '0')}${'x'.repeat(500)}`;
  const most = 30_000;
  for (const times of [1, 2])
    for (let index = 0; index < most; index++)
      ledger.add(row(index % 3 === 0 ? 2 * times : 1, name((index * 7) % most)));
  const all = ledger.hidden();
  const hidden = all.get('a')?.get('c1');
  expect(hidden?.events).toBe(10_000 * 6 + 20_000 * 2);
  expect(hidden?.byAccount).toEqual(new Map([['1', hidden?.events]]));
  const named = Array.from({ length: most / 3 }, (_, index) => name((index * 21) % most));
  expect(hidden?.by).toEqual(
    named.toSorted().map((principal) => ({ principal, userAgent: null, events: 6 })),
  );
  expect([...(all.get('b')?.values() ?? [])].map(({ events }) => events)).toEqual([0, 0]);
});

test('an event is hidden once by a stage, from the first of its records; and not where a record matches', () => {
  const ledger = ledgerOfTwo();
  ledger.add(row(1, 'a', { a: 'c1', b: 'finding' }, { a: 'c1', b: 'c1' }, { a: 'c1' }));
  ledger.add(row(3, 'b', { a: 'c1', b: 'c1' }, { b: 'c1' }, { a: 'window' }, { a: 'c1', b: 'c1' }));
  // A row whose events were counted in another.
  ledger.add(row(0, 'c'));
  const one = (principal: string, events: number) => ({ principal, userAgent: null, events });
  const by = [...ledger.hidden()].map(([rule, stages]) => [
    rule,
    Object.fromEntries([...stages].map(([stage, hidden]) => [stage, hidden.by])),
  ]);
  expect(Object.fromEntries(by)).toEqual({
    a: { window: [one('bx', 3)], c1: [one('bxx', 3), one('a', 1)] },
    b: { window: [], c1: [one('b', 3)] },
  });
});

test('an event that only several exclusions cover is counted once, beside what one alone hid', () => {
  const ledger = ledgerOfTwo();
  const both = ['c1', 'c2'] as const;
  ledger.add(row(2, 'm', { a: 'c1' }, { a: both }));
  ledger.add(row(5, 'm', { a: 'c1' }, { a: both }, { a: ['c1', 'c3'] }));
  // One of its records fails one stage: that stage hid the event.
  ledger.add(row(1, 'n', { a: 'c1' }, { a: both }, { a: 'c1' }));
  const hidden = ledger.hidden().get('a');
  expect(hidden?.get('several')).toMatchObject({
    events: 7,
    by: [{ principal: 'm', userAgent: null, events: 7, stages: both }],
  });
  expect(hidden?.get('c1')).toMatchObject({ events: 1, by: [{ principal: 'nx' }] });
});

test('of several records that fail one stage, the one whose names sort first is named, whatever their order', () => {
  const misses = row(1, 'm', { a: 'c1' }, { a: 'c1' }, { a: 'c1' }, { a: 'c1' }).nearMisses;
  for (const nearMisses of [misses, misses.toReversed()]) {
    const ledger = ledgerOfTwo();
    ledger.add({ ...row(2, 'm'), nearMisses });
    expect(ledger.hidden().get('a')?.get('c1')).toMatchObject({
      events: 2,
      by: [{ principal: 'm', userAgent: null, events: 2 }],
    });
  }
});

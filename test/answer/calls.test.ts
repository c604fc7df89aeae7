/** Calls are counted by their names, each event once, whatever the rules say: in logs, in tables, and as a plain loop counts them. */
import * as fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import type { JsonObject } from '../../src/cloudtrail/json.js';
import { toRecord } from '../../src/cloudtrail/record.js';
import type { CallCount, KeyCount } from '../../src/report/report.js';
import { filterConditions } from '../../src/rule/filters.js';
import { huntTable } from '../hunt/table/hunt-table.js';
import { huntEvents, openedGroup } from '../support/hunt-events.js';
import { describeWithTrino } from '../support/trino.js';

const KEY = 'AKIAEXAMPLE0000000001';
const filters = filterConditions({ accessKey: [KEY] });
const window = { since: Date.parse('2026-01-14'), until: Date.parse('2026-01-15') };
const asked = { filters, window, calls: true };
const askedByKey = { window, calls: { among: [] } } as const;

type Event = Readonly<Record<string, unknown>>;

const called = (changes: Event): Event => ({
  ...openedGroup({ eventID: 'a', readOnly: true, ...changes }),
  userIdentity: { type: 'IAMUser', accessKeyId: changes['key'] ?? KEY },
});

function correctionOf(originalEventID: string): Event {
  return { reason: 'UPDATED_DATA', updatedFields: 'responseElements', originalEventID };
}

/** The names of calls, repeats of one event, records without an ID, other keys, other days, and no time at all. */
const arbitraryEvent = fc
  .record({
    eventID: fc.constantFrom('a', 'b', 'c', 'd', null),
    eventName: fc.constantFrom(
      'AuthorizeSecurityGroupIngress',
      'DescribeInstances',
      'Put\n\u001b[31m',
    ),
    eventTime: fc.constantFrom(
      '2026-01-14T09:00:00Z',
      '2026-01-14T11:00:00Z',
      '2026-01-15T00:00:00Z',
      'when?',
    ),
    key: fc.constantFrom(KEY, KEY, KEY, 'AKIAEXAMPLE0000000002'),
    readOnly: fc.constantFrom(true, false, 'false', null),
    errorCode: fc.constantFrom(null, '', 'AccessDenied'),
    errorMessage: fc.constantFrom(null, '', 'Failed authentication'),
    addendum: fc.constantFrom(null, null, null, correctionOf('a')),
  })
  .map(called);

/**
 * The plain meaning: of the records of an event that pass, the one that sorts first says what it is. A correction counts only where
 * no other call of its name does.
 */
function countedPlainly(events: readonly Event[]): readonly CallCount[] {
  const counts = new Map<string, CallCount>();
  for (const call of callsPlainly(events.filter(({ key }) => key === KEY))) {
    const { eventName, mutating, errorCode, at } = call;
    const key = JSON.stringify([errorCode, mutating, eventName]);
    const { events: n = 0, first = at, last = at } = counts.get(key) ?? {};
    counts.set(key, {
      eventSource: call.eventSource,
      eventName,
      mutating,
      errorCode,
      events: n + 1,
      first: [first ?? at, at].toSorted()[0] ?? at,
      last: [last ?? at, at].toSorted()[1] ?? at,
    });
  }
  return [...counts.values()];
}

/** How many calls were made with each key. */
function keysPlainly(events: readonly Event[]): readonly KeyCount[] {
  const counts = new Map<string, number>();
  for (const { accessKey } of callsPlainly(events))
    counts.set(accessKey, (counts.get(accessKey) ?? 0) + 1);
  return [...counts].map(([accessKey, n]) => ({ accessKey, events: n }));
}

function callsPlainly(events: readonly Event[]) {
  const byEvent = new Map<unknown, string>();
  for (const event of events) {
    const { key, eventID, eventName, eventTime, eventSource, readOnly } = event;
    const errorCode = event['errorCode'] || event['errorMessage'] || null;
    const isCorrection = event['addendum'] !== null;
    if (!String(eventTime).startsWith('2026-01-14')) continue;
    const isRead = readOnly === null ? eventName === 'DescribeInstances' : readOnly === true;
    const named = [isCorrection, errorCode, !isRead, eventName, eventSource, key];
    const text = JSON.stringify([...named, eventTime]);
    const id = eventID === null ? {} : JSON.stringify([eventID, eventName, eventTime]);
    const before = byEvent.get(id);
    if (before === undefined || text < before) byEvent.set(id, text);
  }
  const originals = new Set<string>();
  return [...byEvent.values()].toSorted().flatMap((text) => {
    const [isCorrection, errorCode, mutating, eventName, eventSource, accessKey, eventTime] =
      JSON.parse(text) as [boolean, string | null, boolean, string, string, string, string];
    if (isCorrection && originals.has(eventName)) return [];
    if (!isCorrection) originals.add(eventName);
    const at = eventTime.replace('Z', '.000Z');
    return [{ errorCode, mutating, eventName, eventSource, accessKey, at }];
  });
}

const byText = (counts: readonly object[] | null) =>
  (counts ?? []).map((count) => JSON.stringify(count)).toSorted();

test('as a plain loop counts them', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(arbitraryEvent, { maxLength: 12 }), async (events) => {
      const { calls } = await huntEvents(events, asked);
      expect(byText(calls)).toEqual(byText(countedPlainly(events)));
    }),
    { numRuns: 40 },
  );
});

test('by their keys, as a plain loop counts them', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(arbitraryEvent, { maxLength: 12 }), async (events) => {
      const { calls, keys } = await huntEvents(events, askedByKey);
      expect(byText(keys)).toEqual(byText(keysPlainly(events)));
      const plain = await huntEvents(events, { ...askedByKey, calls: true });
      expect([plain.calls, plain.keys]).toEqual([calls, null]);
    }),
    { numRuns: 20 },
  );
});

test('a call and the correction of its record are one call', async () => {
  const corrected = called({
    eventID: 'b',
    errorCode: 'AccessDenied',
    addendum: correctionOf('a'),
  });
  const both = await huntEvents([called({}), corrected], asked);
  expect(both.calls).toMatchObject([{ errorCode: null, events: 1 }]);
  expect(both.otherCalls).toBe(0);
  const alone = await huntEvents([corrected], asked);
  expect(alone.calls).toMatchObject([{ errorCode: 'AccessDenied', events: 1 }]);
});

test('the names of hostile logs are cut, and the most frequent are kept', async () => {
  const long = 'n'.repeat(10_000);
  const events = [
    ...Array.from({ length: 1200 }, (_, n) => called({ eventID: `e${n}`, eventName: `Call${n}` })),
    called({ eventID: 'x', eventName: long }),
    called({ eventID: 'y', eventName: long }),
  ];
  const { calls, otherCalls } = await huntEvents(events, asked);
  expect(calls).toHaveLength(1000);
  expect(otherCalls).toBe(201);
  expect(calls?.[0]).toMatchObject({ eventName: `${'n'.repeat(255)}…`, events: 2 });
});

test('a hunt that does not ask counts none, and finds the same', async () => {
  const events = ['a', 'b'].map((eventID) => called({ eventID, readOnly: false }));
  const { calls, ...others } = await huntEvents(events, { ...asked, calls: false });
  expect(calls).toBe(null);
  const { calls: _calls, ...counted } = await huntEvents(events, asked);
  expect(counted).toEqual(others);
});

await describeWithTrino('on Trino', (trino) => {
  const events = fc.sample(arbitraryEvent, { numRuns: 60, seed: 20 });
  beforeAll(() =>
    trino.createEvents(
      'counted_calls',
      events.map((event) => toRecord(event as JsonObject, 'a.json')),
    ),
  );

  test('as in logs', async () => {
    const expected = byText(countedPlainly(events));
    expect(expected.length).toBeGreaterThan(5);
    expect(byText((await huntTable(trino, 'counted_calls', asked)).calls)).toEqual(expected);
    const { keys } = await huntTable(trino, 'counted_calls', askedByKey);
    expect(byText(keys)).toEqual(byText(keysPlainly(events)));
  });

  test('also where only the tested columns are read first', async () => {
    const columnar = { storage: { columnar: true, iceberg: false } };
    const report = await huntTable(trino, 'counted_calls', { ...asked, description: columnar });
    expect(byText(report.calls)).toEqual(byText(countedPlainly(events)));
  });
});

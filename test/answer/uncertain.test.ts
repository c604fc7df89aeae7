/** How many events may be counted twice, where a part has more of them in a row than a row can name. */
import { describe, expect, test } from 'vitest';
import { mergeParts } from '../../src/answer/merge.js';
import type { EventsRow } from '../../src/answer/row.js';
import { MOST_KEYS } from '../../src/answer/statement/event-key.js';
import { buildQuery } from '../../src/query/build.js';
import { bind } from '../../src/rule/bind.js';
import { ruleWith } from '../support/rules.js';

const RULE = ruleWith('  - { KeyPath: userAgent, Condition: Equals, Value: a }');
const QUERY = buildQuery(
  [bind(RULE, new Map())],
  { since: undefined, until: undefined },
  {
    exclusions: true,
    filters: [],
  },
);

/** An early event is older than the first day of its part, which an earlier part has read. */
type When = 'early' | 'on time';

const key = (id: string, when: When): string =>
  `${when === 'early' ? '0' : '1'}${id.padEnd(24, '=')}${'body'.padEnd(24, '=')}`;

function row(events: number, keys: readonly string[]): EventsRow {
  return {
    kind: 'events',
    events,
    records: events,
    undated: false,
    conflicting: false,
    reached: new Map([[RULE.id, 'c1']]),
    cut: new Set(),
    matches: [],
    nearMisses: [],
    keys,
  };
}

/** A row that names as many events as it can, and has some more. */
const full = (more: number, when: When): EventsRow =>
  row(
    MOST_KEYS + more,
    Array.from({ length: MOST_KEYS }, (_, n) => key(`full-${when}-${n}`, when)),
  );

const uncertainOf = (...parts: readonly (readonly EventsRow[])[]): number =>
  mergeParts(QUERY, parts).uncertain;
const eventsOf = (...parts: readonly (readonly EventsRow[])[]): number =>
  mergeParts(QUERY, parts).rows.reduce((sum, { events }) => sum + events, 0);

describe('an event that came late', () => {
  const late = [row(1, [key('a', 'early')])];
  const onTime = [row(1, [key('a', 'on time')])];

  test('is uncertain where an earlier part may have it, and could not name it', () => {
    expect(uncertainOf([full(1, 'on time')], late)).toBe(1);
  });

  test('is certain where all parts could name theirs', () => {
    expect(uncertainOf([full(0, 'on time')], late)).toBe(0);
    expect(
      uncertainOf(
        [
          row(
            5,
            ['b', 'c'].map((id) => key(id, 'on time')),
          ),
        ],
        late,
      ),
    ).toBe(0);
  });

  test('is certain where the part of its own day has it, and is counted once', () => {
    expect(uncertainOf(onTime, late, [full(1, 'on time')])).toBe(0);
    expect(eventsOf(onTime, late)).toBe(1);
  });

  test('twice is one uncertain event', () => {
    expect(uncertainOf([full(1, 'on time')], late, late)).toBe(1);
    expect(eventsOf(late, late)).toBe(1);
  });
});

test('late events that a part could not name are uncertain, each of them', () => {
  expect(uncertainOf([full(7, 'early')], [row(1, [key('b', 'on time')])])).toBe(7);
  expect(uncertainOf([full(7, 'on time')], [row(1, [key('b', 'on time')])])).toBe(0);
});

test('one part alone is certain', () => {
  expect(uncertainOf([full(7, 'early'), full(7, 'on time')])).toBe(0);
});

/** What is said to be new is what was not there before, for generated histories, in one report and over many runs. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { firstUseOf, HABITS } from '../../src/change/actor/first-use.js';
import { DAY } from '../../src/cloudtrail/time/window.js';
import { FirstUses } from '../../src/findings/first-uses.js';
import { remembered, SeenMemory } from '../../src/history/seen-memory.js';
import type { Finding } from '../../src/report/finding.js';
import { huntEvents, openedGroup } from '../support/hunt-events.js';
import { finding } from '../support/report-sample.js';

const START = Date.parse('2026-03-01T00:00:00Z');

interface Use {
  readonly hour: number;
  readonly who: string;
  readonly address: string;
  readonly tool: string;
  readonly call: string;
}

const use = fc.record<Use>({
  hour: fc.integer({ min: 0, max: 24 * 20 }),
  who: fc.constantFrom('ann', 'ann', 'ann', 'ben', 'cleo'),
  address: fc.integer({ min: 0, max: 7 }).map((third) => `198.51.${third}.${third}`),
  tool: fc.constantFrom('aws-cli/2.15.0', 'aws-cli/2.16.0', 'Boto3/1.34.0'),
  call: fc.constantFrom('RunInstances', 'StopInstances', 'CreateVpc'),
});

const histories = fc
  .array(use, { minLength: 1, maxLength: 60 })
  .map((uses) => uses.toSorted((a, b) => a.hour - b.hour));

const timeOf = ({ hour }: Use): number => START + (hour * DAY) / 24;

const findingOf = (one: Use, index: number): Finding =>
  finding({
    eventID: `${index}`,
    eventTime: new Date(timeOf(one)).toISOString(),
    eventName: one.call,
    sourceIPAddress: one.address,
    userAgent: one.tool,
    userIdentity: {
      type: 'IAMUser',
      arn: `arn:aws:iam::112233445566:user/${one.who}`,
      userName: one.who,
    },
  });

/** What each finding is flagged with. */
function flagsOf(findings: readonly Finding[], seen?: SeenMemory): readonly string[] {
  const uses = new FirstUses();
  const used = findings.flatMap((one) => {
    const own = firstUseOf(one, one);
    return own === undefined ? [] : [{ own, one }];
  });
  for (const { own, one } of used) uses.add(own, one);
  return used.map(({ own, one }) =>
    uses
      .flags(own, one, { seen, isNewAddress: false })
      .map(({ text }) => text)
      .join(),
  );
}

/** The same, from what the words mean. */
function expected(all: readonly Use[], hasRuns = false): readonly string[] {
  const dayOf = (one: Use): number => Math.floor(one.hour / 24);
  const toolOf = ({ tool }: Use): string => tool.replace(/\/.*/, '');
  const values = (one: Use): readonly (readonly [string, string])[] => [
    [' from ', one.address.replace(/\d+$/, '0/24')],
    [' with ', toolOf(one)],
    [' calls ', `ec2:${one.call}`],
  ];
  return all.map((one, index) => {
    const days = Math.floor((one.hour - (all[0]?.hour ?? 0)) / 24);
    if (days < 7) return '';
    const start = `first time in ${days} days: user/${one.who}`;
    const own = all.filter(({ who }) => who === one.who);
    const before = all.slice(0, index).filter(({ who }) => who === one.who);
    if (before.length === 0) return own.length === 1 && !hasRuns ? '' : start;
    const secondDay = own.find((other) => own[0] !== undefined && dayOf(other) > dayOf(own[0]));
    if (secondDay === undefined || secondDay.hour >= one.hour) return '';
    const parts = values(one).flatMap(([word, value], at) => {
      const had = new Set(before.map((other) => values(other)[at]?.[1]));
      const earlier = new Set(
        before.filter(({ hour }) => hour < one.hour).map((other) => values(other)[at]?.[1]),
      );
      const isNew = !had.has(value) && earlier.size > 0 && earlier.size <= 5;
      return isNew ? [`${word}${value}`] : [];
    });
    return parts.length === 0 ? '' : `${start}${parts.join(',')}`;
  });
}

describe('first time', () => {
  test('is what no earlier finding of the actor has, in one report', () => {
    let found = 0;
    fc.assert(
      fc.property(histories, (history) => {
        const flags = flagsOf(history.map(findingOf));
        expect(flags).toEqual(expected(history));
        found += flags.filter((text) => text !== '').length;
      }),
      { numRuns: 200 },
    );
    expect(found).toBeGreaterThan(20);
  });

  test('is the same in daily runs, which remember those before', () => {
    fc.assert(
      fc.property(histories, (history) => {
        const findings = history.map(findingOf);
        const since = history[0] === undefined ? START : timeOf(history[0]);
        let seen: SeenMemory | undefined;
        const flags: string[] = [];
        for (let day = 0; day <= 20; day++) {
          const own = findings.filter(
            (_, index) => Math.floor((history[index]?.hour ?? 0) / 24) === day,
          );
          flags.push(...flagsOf(own, seen));
          const until = START + (day + 1) * DAY;
          seen = new SeenMemory(remembered(seen, own, until), since);
        }
        expect(flags).toEqual(expected(history, true));
      }),
      { numRuns: 100 },
    );
  });

  test('is forgotten after 90 days, and never said for what came before', () => {
    const one = findingOf(
      { hour: 0, who: 'ann', address: '198.51.100.1', tool: 'curl/8', call: 'A' },
      1,
    );
    const seen = new SeenMemory(remembered(undefined, [one], START + DAY), START);
    const own = firstUseOf(one, one);
    const { actor = '' } = own ?? {};
    expect(HABITS.map((habit) => seen.actor(actor)?.count(habit))).toEqual([1, 1, 1]);
    const later = remembered(seen, [], START + 92 * DAY);
    expect(later).toHaveLength(0);
    const flags = own && new FirstUses().flags(own, one, { seen: null, isNewAddress: false });
    expect(flags).toEqual([]);
  });

  test('is in the report of a hunt, and services have no habits', async () => {
    const event = (day: number, more: object) =>
      openedGroup({
        eventID: `e-${day}`,
        eventTime: `2026-03-${String(day).padStart(2, '0')}T10:00:00Z`,
        userAgent: 'aws-cli/2.15.0',
        userIdentity: {
          type: 'IAMUser',
          arn: 'arn:aws:iam::112233445566:user/dana',
          userName: 'dana',
        },
        ...more,
      });
    const { findings } = await huntEvents([
      event(1, {}),
      event(2, {}),
      event(9, { sourceIPAddress: '203.0.113.9' }),
      event(10, { userIdentity: { type: 'AWSService', invokedBy: 'rds.amazonaws.com' } }),
    ]);
    expect(findings.map(({ how }) => how.flags)).toEqual([
      [],
      [],
      [
        {
          reason: 'first time',
          text: 'first time in 8 days: user/dana from 203.0.113.0/24',
          eventID: null,
        },
      ],
      [],
    ]);
  });
});

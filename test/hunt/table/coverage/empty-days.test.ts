/** Days on which a whole table has no record are named once, and only where they are complete. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { daysOf, type DaySpan } from '../../../../src/cloudtrail/time/day-span.js';
import { spansOf } from '../../../../src/cloudtrail/time/hour-span.js';
import { DAY, HOUR, type Window } from '../../../../src/cloudtrail/time/window.js';
import { emptyDays, emptyDaysWarnings } from '../../../../src/hunt/table/coverage/empty-days.js';
import { ruleWith } from '../../../support/rules.js';
import { describeWithTrino } from '../../../support/trino.js';
import { huntTable } from '../hunt-table.js';

const MONDAY = Date.parse('2026-01-05T00:00:00Z');
const at = (day: number, hour = 0): number => MONDAY + day * DAY + hour * HOUR;
const days = (first: number, last = first): DaySpan => ({ first: at(first), last: at(last) });

const ALL: Window = { since: undefined, until: undefined };
const TEN_DAYS: Window = { since: at(0), until: at(10) };

/** `hours` as `[day, hour]`. */
function found(
  hours: readonly (readonly [number, number])[],
  { window = TEN_DAYS, stillFilling = Infinity, named = [] as readonly DaySpan[] } = {},
) {
  const spans = spansOf(hours.map(([day, hour]) => at(day, hour)));
  return emptyDays({ window, hours: spans, stillFilling, named });
}

test('whole days at the start, in the middle and at the end are named', () => {
  const { empty, days: asked } = found([
    [1, 23],
    [4, 0],
    [5, 12],
  ]);
  expect({ empty, asked }).toEqual({ empty: [days(0), days(2, 3), days(6, 9)], asked: 10 });
});

test('a day that is only partly in the window, or that may still be filling, is not', () => {
  const window = { since: at(0, 1), until: at(9, 23) };
  const hours = [
    [1, 0],
    [8, 0],
  ] as const;
  expect(found(hours, { window }).empty).toEqual([days(2, 7)]);
  expect(found(hours, { stillFilling: at(5, 20) }).empty).toEqual([days(0), days(2, 4)]);
  expect(found(hours, { window: ALL }).empty).toEqual([days(2, 7)]);
});

test('a day that is named as lost is not named again, but is a known silence', () => {
  const hours = [
    [0, 0],
    [9, 0],
  ] as const;
  const named = [days(1), { first: at(4), last: at(6) }, { first: -Infinity, last: at(2) }];
  const { empty, silences } = found(hours, { named });
  expect(empty).toEqual([days(3), days(7, 8)]);
  expect(silences).toEqual([{ since: at(0, 1), until: at(9) }]);
});

test('a window without any record has another warning', () => {
  expect(found([])).toEqual({ days: 0, empty: [], silences: [] });
});

test('every whole day without a record is named, or is named as lost', () => {
  const hour = fc.tuple(fc.nat(9), fc.nat(23));
  const span = fc.tuple(fc.nat(9), fc.nat(9)).map(([a, b]) => days(Math.min(a, b), Math.max(a, b)));
  fc.assert(
    fc.property(
      fc.array(hour, { minLength: 1 }),
      fc.array(span, { maxLength: 3 }),
      (hours, named) => {
        const sorted = hours.toSorted(([a, b], [c, d]) => a - c || b - d);
        const full = new Set([...hours.map(([day]) => at(day)), ...named.flatMap(daysOf)]);
        const wanted = daysOf(days(0, 9)).filter((day) => !full.has(day));
        expect(found(sorted, { named }).empty.flatMap(daysOf)).toEqual(wanted);
      },
    ),
  );
});

test('the warning names the longest spans, says how many more there are, and the likely causes', () => {
  const window = { since: at(0), until: at(63) };
  const silent = found(
    [
      [0, 0],
      [40, 0],
    ],
    { window },
  );
  const [one] = emptyDaysWarnings(silent, false);
  expect(one).toMatchObject({
    code: 'DAYS_WITHOUT_RECORDS',
    message: expect.stringMatching(
      /^the table has no record at all on 61 of 63 days: 2026-01-06\.\.2026-02-13, 2026-02-15\.\.2026-03-08\. .*Glacier.*location.*trail/,
    ),
  });
  // Accounts that were not read may have records on these days.
  expect(emptyDaysWarnings(silent, true)[0]?.message).toMatch(
    /^the accounts and regions that were read have no record at all on 61 of 63 days: /,
  );
  const odd = Array.from({ length: 32 }, (_, n) => [n * 2, 0] as const);
  const [many] = emptyDaysWarnings(found(odd, { window: { since: at(0), until: at(80) } }), false);
  const spans = (many?.message ?? '').match(/\d{4}-\d\d-\d\d(\.\.\d{4}-\d\d-\d\d)?/g) ?? [];
  expect(spans).toHaveLength(10);
  expect(spans.at(-1)).toBe('2026-03-09..2026-03-25');
  expect(many?.message).toContain('and 22 shorter spans');
});

await describeWithTrino('a table', (trino) => {
  test('of which only one account was read has no word on the days of the others', async () => {
    await trino.rows(
      `CREATE TABLE two_accounts AS SELECT 'RunInstances' AS eventname, account AS recipientaccountid, account AS acct,
        'eu-west-1' AS awsregion, to_iso8601(from_unixtime(${at(0) / 1000} + 3600 * hour)) AS eventtime,
        account || CAST(hour AS varchar) AS eventid
        FROM UNNEST(ARRAY['111122223333', '222233334444']) AS a (account), UNNEST(sequence(0, 239)) AS h (hour)
        WHERE account = '111122223333' OR hour < 70`,
    );
    const rule = ruleWith(
      '  - { KeyPath: recipientAccountId, Condition: Equals, Value: "222233334444" }',
    );
    const { warnings } = await huntTable(trino, 'two_accounts', {
      rules: [rule],
      window: TEN_DAYS,
      trustPaths: true,
      partitions: { account: 'acct' },
    });
    expect(warnings).toContainEqual({
      code: 'DAYS_WITHOUT_RECORDS',
      message: expect.stringMatching(/^the accounts and regions that were read have no record/),
    });
  });

  test('on which all accounts are silent together is named once, and an account that is silent alone too', async () => {
    await trino.rows(
      `CREATE TABLE hours AS SELECT 'RunInstances' AS eventname, account AS recipientaccountid, 'eu-west-1' AS awsregion,
        to_iso8601(from_unixtime(${at(0) / 1000} + 3600 * hour)) AS eventtime, account || CAST(hour AS varchar) AS eventid
        FROM UNNEST(ARRAY['111122223333', '222233334444']) AS a (account), UNNEST(sequence(0, 239)) AS h (hour)
        WHERE hour NOT BETWEEN 70 AND 150 AND NOT (account = '222233334444' AND hour > 200)`,
    );
    const rule = ruleWith('  - { KeyPath: eventName, Condition: Equals, Value: RunInstances }');
    const { warnings } = await huntTable(trino, 'hours', { rules: [rule], window: TEN_DAYS });
    expect(warnings).toEqual([
      {
        code: 'DAYS_WITHOUT_RECORDS',
        message: expect.stringContaining('on 3 of 10 days: 2026-01-08..2026-01-10. Are'),
      },
      { code: 'COVERAGE_GAP', message: expect.stringMatching(/^222233334444 stops/) },
    ]);
  });
});

/** Which kinds of events the logs hold: every record counts, in every way that a log can be read. */
import { describe, expect, test } from 'vitest';
import type { KindCount } from '../../../../src/dump/dump.js';
import { at, eventsOfAllKinds, KINDS, time } from '../../../support/kinds.js';
import { namesRequired } from '../../../support/read-dump.js';
import { event, readOne } from '../../dumps.js';

/** As records are written in a log, and what a rule may ask for: nothing of it, or everything. */
const WAYS: readonly (readonly [
  string,
  (all: readonly object[]) => string,
  ReadonlySet<string> | undefined,
])[] = [
  ['the fast reader', (all) => JSON.stringify({ Records: all }), new Set(['-'])],
  ['the splitter', (all) => all.map((one) => JSON.stringify(one)).join('\n'), new Set(['-'])],
  ['parsing', (all) => JSON.stringify({ Records: all }), undefined],
  [
    'parsing the output of LookupEvents',
    (all) =>
      JSON.stringify({ Events: all.map((one) => ({ CloudTrailEvent: JSON.stringify(one) })) }),
    new Set(['-']),
  ],
];

const inOrder = (kinds: readonly KindCount[]): readonly string[] =>
  kinds.map((kind) => JSON.stringify(kind)).toSorted();

describe.each(WAYS)('the kinds that are read by %s', (_name, write, names) => {
  test('are those of all records in the window', async () => {
    const options = { required: namesRequired(names) };
    const expected = KINDS.map(([category, eventSource, records, first, last]) => ({
      category,
      eventSource,
      records,
      first: at(first),
      last: at(last),
    }));
    const all = await readOne(write(eventsOfAllKinds(event)), options);
    expect(inOrder(all.summary.kinds)).toEqual(inOrder(expected));
    const window = { since: at(2), until: at(5) };
    const some = await readOne(write(eventsOfAllKinds(event)), { ...options, window });
    expect(some.summary.kinds.map(({ category, records }) => [category, records])).toEqual([
      ['data', 2],
      ['network activity', 1],
    ]);
  });

  test('are a bounded number, and only those of services of AWS', async () => {
    const hostile = Array.from({ length: 2000 }, (_, n) =>
      event(String(n), {
        recipientAccountId: '111122223333',
        awsRegion: 'eu-west-1',
        eventTime: time(0),
        eventType: 'AwsApiCall',
        eventCategory: 'Data',
        eventSource: `${String((n * 7919) % 2000).padStart(4, '0')}.amazonaws.com${n % 2 === 0 ? '' : '!'}`,
      }),
    );
    const { summary } = await readOne(write(hostile), { required: namesRequired(names) });
    expect(summary.kinds).toHaveLength(301);
    const records = summary.kinds.reduce((sum, kind) => sum + kind.records, 0);
    expect(records).toBe(2000);
    expect(summary.kinds[0]).toMatchObject({ eventSource: '0000.amazonaws.com', records: 1 });
    expect(summary.kinds.at(-1)).toMatchObject({ eventSource: null, records: 1700 });
  });
});

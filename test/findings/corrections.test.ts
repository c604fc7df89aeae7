/** CloudTrail's correction of a record is no second change. */
import { expect, test } from 'vitest';
import { huntEvents, openedGroup } from '../support/hunt-events.js';

type Own = Readonly<Record<string, unknown>>;

function correction(original: string, own: Own = {}): Own {
  const addendum = {
    reason: 'UPDATED_DATA',
    updatedFields: 'responseElements',
    originalEventID: original,
  };
  return openedGroup({ eventID: 'a-correction', addendum, ...own });
}

/** The findings by ID and the funnel's end, in whatever order the records are read. */
async function hunted(events: readonly Own[]) {
  const [report, other] = await Promise.all([huntEvents(events), huntEvents(events.toReversed())]);
  expect(other.findings).toEqual(report.findings);
  return {
    ids: report.findings.map(({ eventID }) => eventID),
    flags: report.findings.map(({ how }) => how.flags.map((one) => [one.reason, one.eventID])),
    counts: report.sections.map(({ findingCount }) => findingCount),
    end: report.sections[0]?.funnel.slice(-2),
    changes: report.summary.changes,
  };
}

test.each(['a-correction', 'z-correction'])('replaces its original: %s', async (eventID) => {
  const events = [openedGroup({ eventID: 'original' }), correction('original', { eventID })];
  expect(await hunted(events)).toEqual({
    ids: [eventID],
    flags: [[['correction', 'original']]],
    counts: [1],
    end: [
      { stage: 'without corrected records', events: 1 },
      { stage: 'findings', events: 1 },
    ],
    changes: 1,
  });
});

test('stays without its original, and so does an original without a correction', async () => {
  const alone = await hunted([correction('original')]);
  expect(alone).toMatchObject({ ids: ['a-correction'], flags: [[['correction', 'original']]] });
  expect((await hunted([openedGroup({ eventID: 'original' })])).flags).toEqual([[]]);
});

test.each<[string, readonly Own[]]>([
  ['another call', [correction('original', { eventName: 'RevokeSecurityGroupIngress' })]],
  ['a call in another account', [correction('original', { recipientAccountId: '444455556666' })]],
  ['a late record', [correction('original', { addendum: { reason: 'DELIVERY_DELAY' } })]],
])('%s replaces nothing', async (_, events) => {
  const { ids } = await hunted([openedGroup({ eventID: 'original' }), ...events]);
  expect(ids).toContain('original');
});

test('of two originals with one ID only the first is replaced', async () => {
  const { ids, counts, end } = await hunted([
    openedGroup({ eventID: 'original', eventTime: '2026-01-14T10:00:00Z' }),
    openedGroup({ eventID: 'original', eventTime: '2026-01-14T11:00:00Z' }),
    correction('original', { eventTime: '2026-01-14T12:00:00Z' }),
  ]);
  expect([ids, counts]).toEqual([['original', 'a-correction'], [2]]);
  expect(end?.[0]).toEqual({ stage: 'without corrected records', events: 2 });
});

test('of two corrections of one record the last one stays', async () => {
  const { ids, counts, flags, end } = await hunted([
    openedGroup({ eventID: 'original' }),
    correction('original', { eventID: 'z', eventTime: '2026-01-14T09:31:00Z' }),
    correction('original', { eventID: 'a', eventTime: '2026-01-14T09:32:00Z' }),
    correction('original', { eventID: 'b', eventTime: '2026-01-14T09:32:00Z' }),
  ]);
  expect(ids).toEqual(['b']);
  expect(counts).toEqual([1]);
  expect(flags).toEqual([[['correction', 'original']]]);
  expect(end).toContainEqual({ stage: 'without corrected records', events: 1 });
});

test('corrections of other records replace no corrections, so that no change is lost', async () => {
  const { ids } = await hunted([
    correction('b', { eventID: 'a' }),
    correction('a', { eventID: 'b' }),
    correction('c', { eventID: 'c' }),
  ]);
  expect(ids).toEqual(['a', 'b', 'c']);
});

/** Rows that name an event and its user, and lack the identity: they are no events, and their file says what to export. */
import { describe, expect, test } from 'vitest';
import { event, onlyReason, readOne } from '../dumps.js';

const row = {
  EventId: 'x',
  EventName: 'CreateSecurityGroup',
  EventTime: '2026-02-02T10:11:00+00:00',
  EventSource: 'ec2.amazonaws.com',
};
const { eventVersion: _, ...noVersion } = event('a');

describe('a row of a list is no event', () => {
  test.each<readonly [string, unknown]>([
    ['a query of the AWS CLI', [{ ...row, EventId: undefined, Username: 'robin' }]],
    ['LookupEvents without CloudTrailEvent', { Events: [{ ...row, Username: 'robin' }] }],
    ['a call without a user', { Events: [{ ...row, Resources: [] }] }],
    ['other spellings', [{ ...noVersion, user_name: 'robin' }]],
    ['records', { Records: [{ ...noVersion, userName: 'robin' }] }],
    ['a document by itself', { ...row, Username: 'robin' }],
  ])('%s', async (_name, value) => {
    for (const eventNames of [undefined, new Set(['runinstances'])]) {
      const read = await readOne(JSON.stringify(value), { eventNames });
      expect(read.rows).toEqual([]);
      expect(onlyReason(read)).toMatch(/rows without the whole event: export CloudTrailEvent/);
    }
  });

  test('a row beside the whole event is the event', async () => {
    const whole = event('a', { userIdentity: { type: 'IAMUser' } });
    const { ids, summary } = await readOne(
      JSON.stringify([{ ...row, Username: 'robin', CloudTrailEvent: JSON.stringify(whole) }]),
    );
    expect([ids, summary.unreadable]).toEqual([['a'], []]);
  });

  test('an event without an identity and without a user name is an event', async () => {
    const { ids, summary } = await readOne(JSON.stringify({ Records: [event('a')] }));
    expect([ids, summary.unreadable]).toEqual([['a'], []]);
  });
});

test('a whole event with a user name in the place of its identity is read, and the identity is unreadable', async () => {
  const read = await readOne(JSON.stringify({ Records: [event('a', { userName: 'robin' })] }));
  expect(read.ids).toEqual(['a']);
  expect(onlyReason(read)).toMatch(/userIdentity is in no form that hunt can read/);
});

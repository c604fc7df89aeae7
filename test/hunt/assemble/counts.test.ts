/** The numbers beside the funnel. Events that are alike share a row of the answer, so each is counted with more than one. */
import { expect, test } from 'vitest';
import { huntEvents, onlySection, openedGroup } from '../../support/hunt-events.js';

const SET = { PROD_ACCOUNT_IDS: ['112233445566'] };

/** Failed calls, which are no findings. */
const failed = (eventID: string, changes: object = {}) =>
  openedGroup({ eventID, errorCode: 'Denied', ...changes });

test('events without a readable time are counted one by one', async () => {
  const events = ['1', '2', '3'].map((id) => failed(id, { eventTime: 'never' }));
  const section = onlySection(await huntEvents([...events, failed('4')], { set: SET }));
  expect(section.undated).toBe(3);
});

test('so are repeats, and events whose records differ', async () => {
  const twice = ['1', '2', '3'].flatMap((id) => [failed(id), failed(id, { userAgent: 'other' })]);
  const alike = ['4', '5'].flatMap((id) => [failed(id), failed(id)]);
  const section = onlySection(await huntEvents([...twice, ...alike], { set: SET }));
  expect(section.repeats).toEqual({ removed: 5, conflicting: 3 });
});

test('so are events from which CloudTrail cut a field', async () => {
  const events = ['1', '2', '3'].map((id) => failed(id, { userAgent: { omitted: true } }));
  const { warnings } = onlySection(await huntEvents([...events, failed('4')], { set: SET }));
  expect(warnings.map(({ code }) => code)).toEqual(['FIELD_OMITTED']);
  expect(warnings[0]?.message).toContain('3 events');
});

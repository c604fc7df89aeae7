/**
 * The console makes a key for every few calls, and a person may begin one session of a role again and again. With as many keys as
 * beginnings, a search for each key among all beginnings takes minutes. Then the time limit of the test ends it.
 */
import { expect, test } from 'vitest';
import type { IssuingEvent } from '../../../src/change/actor/issued-key.js';
import { Beginnings } from '../../../src/hunt/follow/beginnings.js';
import { follow } from '../../../src/hunt/follow/follow.js';

const MANY = 5000;
const ARN = 'arn:aws:sts::112233445566:assumed-role/Ops/lee';
const BEGAN = '2026-01-13T02:00:00Z';

function switchRole(index: number, from: string): IssuingEvent {
  return {
    eventID: `switch-${String(index).padStart(5, '0')}`,
    eventTime: BEGAN,
    eventName: 'SwitchRole',
    eventSource: 'signin.amazonaws.com',
    eventType: 'AwsConsoleSignIn',
    recipientAccountId: '112233445566',
    sourceIPAddress: '203.0.113.24',
    userAgent: 'Mozilla/5.0',
    sessionCredentialFromConsole: null,
    userIdentity: { type: 'AssumedRole', arn: ARN, accountId: '112233445566' },
    additionalEventData: { SwitchFrom: from },
    requestParameters: null,
    responseElements: { SwitchRole: 'Success' },
    errorCode: null,
    errorMessage: null,
    addendum: null,
    extra: null,
  };
}

const keys = Array.from({ length: MANY }, (_, n) => `ASIA${String(n).padStart(16, '0')}`);
const began = Date.parse(BEGAN) / 1000;
const asked = {
  keys: new Set(keys),
  sessions: new Set(keys.map((key) => JSON.stringify([key, ARN, began]))),
  since: undefined,
  until: undefined,
};

test('many keys of a session that began many times lead to one beginning', async () => {
  const events = keys.map((_, n) => switchRole(n, 'arn:aws:iam::998877665544:user/ann'));
  const { links, starts } = await follow(asked, () => Promise.resolve(events));
  expect(links.map(({ issued }) => issued)).toEqual(
    keys.map((accessKey) => ({ accessKey, arn: ARN })),
  );
  expect(new Set(links.map(({ eventID }) => eventID))).toEqual(new Set(['switch-00000']));
  expect(new Set(Array.from(starts.values(), ({ name }) => name))).toEqual(new Set(['user/ann']));
  expect(starts.size).toBe(MANY);
});

test('many keys of a session that two persons began lead to nobody', async () => {
  const events = keys.map((_, n) =>
    switchRole(n, `arn:aws:iam::998877665544:user/${n === 0 ? 'bob' : 'ann'}`),
  );
  const { links, starts } = await follow(asked, () => Promise.resolve(events));
  expect(links).toEqual([]);
  expect(starts.size).toBe(0);
});

test('no key is issued by the call that takes its own session to the console, in whatever order keys are asked for', async () => {
  const [own = '', other = ''] = keys;
  const entered: IssuingEvent = {
    ...switchRole(0, ''),
    eventID: 'entered',
    eventName: 'GetSigninToken',
    userIdentity: {
      type: 'AssumedRole',
      arn: ARN,
      accountId: '112233445566',
      accessKeyId: own,
      sessionContext: { attributes: { creationDate: BEGAN } },
    },
    additionalEventData: null,
    responseElements: { GetSigninToken: 'Success' },
  };
  for (const both of [
    [own, other],
    [other, own],
  ]) {
    const sessions = new Set(both.map((key) => JSON.stringify([key, ARN, began])));
    const { links } = await follow({ ...asked, keys: new Set(both), sessions }, () =>
      Promise.resolve([entered]),
    );
    expect(links.map(({ issued }) => issued.accessKey)).toEqual([other]);
  }
});

test('who was in the console at many times is found among many sessions', () => {
  const beginnings = new Beginnings();
  const at = (second: number): string => new Date(second * 1000).toISOString();
  for (let n = 0; n < MANY; n++)
    beginnings.add({
      ...switchRole(n, `arn:aws:iam::998877665544:user/${n === 0 ? 'bob' : 'ann'}`),
      eventTime: at(began + n),
    });
  const HALF_A_DAY = 12 * 3600;
  const isOfOne = Array.from({ length: MANY }, (_, n) =>
    beginnings.isOfOneAt(ARN, began + HALF_A_DAY + n),
  );
  // The session of the first person lasts for 12 hours, and a second for clocks that are apart.
  expect(isOfOne.indexOf(true)).toBe(2);
  expect(isOfOne.lastIndexOf(false)).toBe(1);
  // Before all sessions, and after them, nobody is there.
  expect(beginnings.isOfOneAt(ARN, began - 2)).toBe(true);
  expect(beginnings.isOfOneAt(ARN, began - 1)).toBe(true);
  expect(beginnings.isOfOneAt(ARN, began)).toBe(false);
  // What is added later counts too.
  const later = began + HALF_A_DAY + MANY;
  expect(beginnings.isOfOneAt(ARN, later)).toBe(true);
  beginnings.add({
    ...switchRole(MANY, 'arn:aws:iam::998877665544:user/eve'),
    eventTime: at(later),
  });
  expect(beginnings.isOfOneAt(ARN, later)).toBe(false);
});

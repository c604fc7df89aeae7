/** Whether what a call asked for happened. */
import { expect, test } from 'vitest';
import { outcomeOf, type OutcomeEvent } from '../../src/change/outcome.js';

const CALL: OutcomeEvent = {
  eventName: 'StopLogging',
  errorCode: null,
  errorMessage: null,
  responseElements: null,
};

test.each<[string, Partial<OutcomeEvent>, string]>([
  ['a call without an error', {}, 'succeeded'],
  ['an error', { errorCode: 'AccessDenied' }, 'failed'],
  ['a message without a code', { errorMessage: 'Failed authentication' }, 'failed'],
  [
    'a sign-in that failed',
    { eventName: 'ConsoleLogin', responseElements: { ConsoleLogin: 'Failure' } },
    'failed',
  ],
  [
    'a sign-in',
    { eventName: 'ConsoleLogin', responseElements: { ConsoleLogin: 'Success' } },
    'succeeded',
  ],
  ['a call of EC2 that did nothing', { responseElements: { _return: false } }, 'failed'],
  ['a call of EC2', { responseElements: { _return: true } }, 'succeeded'],
])('%s', (_name, own, outcome) => {
  expect(outcomeOf({ ...CALL, ...own })).toBe(outcome);
});

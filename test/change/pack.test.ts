import { expect, it } from 'vitest';
import { described } from '../../src/change/describe.js';
import { rulesWithTests } from '../../src/rule/catalog/load.js';
import { eventOf } from '../support/change.js';

it('has a describer for each call that a rule of hunt finds', () => {
  const missing = rulesWithTests(['all'])
    .flatMap(({ tests }) => tests.filter(({ expected }) => expected))
    .map(({ log }) => eventOf(log))
    .filter((event) => described(event) === undefined)
    .map(({ eventSource, eventName }) => `${eventSource} ${eventName}`);
  expect(missing).toEqual([]);
});

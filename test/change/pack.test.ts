import { describe, expect, it } from 'vitest';
import { described } from '../../src/change/describe.js';
import { rulesWithTests } from '../../src/rule/catalog/load.js';
import { eventOf } from '../support/change.js';

/** Services whose calls are not all described yet. */
const NOT_DONE: readonly string[] = ['acm', 'config', 'guardduty', 'route53'];

describe('the rules that come with hunt', () => {
  const missing = rulesWithTests(['all'])
    .flatMap(({ tests }) => tests.filter(({ expected }) => expected))
    .map(({ log }) => eventOf(log))
    .filter((event) => described(event) === undefined)
    .map(
      ({ eventSource, eventName }) => `${eventSource?.replace('.amazonaws.com', '')} ${eventName}`,
    );
  const serviceOf = (call: string): string => call.split(' ')[0] ?? '';

  it('describe all that they find', () =>
    expect(missing.filter((call) => !NOT_DONE.includes(serviceOf(call)))).toEqual([]));

  it('have no service among the unfinished ones that is finished', () =>
    expect(new Set(missing.map(serviceOf))).toEqual(new Set(NOT_DONE)));
});

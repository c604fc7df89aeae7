/** The calls of one service are read without those of the others, and are the same. */
import { expect, test } from 'vitest';
import { callNames, callsOf } from '../../../src/rule/calls/names.js';

test('each service has its calls, and others have none', () => {
  for (const [service, names] of callNames().services) expect(callsOf(service)).toEqual(names);
  for (const unknown of ['', '#', 'nothing', 'iam CreateUser'])
    expect(callsOf(unknown), unknown).toEqual([]);
});

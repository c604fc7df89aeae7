/** The names of calls are generated; `npm run calls` makes them anew. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { callNames } from './make.mjs';

test('data/calls.txt is what npm run calls makes', () => {
  const file = new URL('../../../data/calls.txt', import.meta.url);
  expect(readFileSync(file, 'utf8')).toBe(callNames());
});

/** The file of access levels is generated from IAM's; `npm run access-levels` makes it anew. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { accessLevels } from './make.mjs';

test('queries/access-levels.yml is what npm run access-levels makes', () => {
  const file = new URL('../../../queries/access-levels.yml', import.meta.url);
  expect(readFileSync(file, 'utf8')).toBe(accessLevels());
});

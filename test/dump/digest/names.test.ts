import { expect, test } from 'vitest';
import { digestEnds, isDigestName } from '../../../src/dump/digest/names.js';

const NAME = '111122223333_CloudTrail-Digest_eu-west-1_trail_eu-west-1_20260301T100000Z';
const end = Date.parse('2026-03-01T10:00:00Z');

test.each([
  `copy/${NAME}.json.gz`,
  `AWSLogs_111122223333_CloudTrail-Digest_eu-west-1_2026_03_01_${NAME}.json.gz`,
  `copy/evidence-${NAME}_backfill.json`,
])('%s is named as a digest, whatever a tool wrote before the account', (path) => {
  expect(isDigestName(path)).toBe(true);
  expect(digestEnds(path)).toEqual({ since: end, until: end });
});

test.each([
  `${NAME}.txt`,
  `${NAME}/a.json`,
  '111122223333_CloudTrail_eu-west-1_20260301T1000Z_a.json.gz',
])('%s is not', (path) => {
  expect(isDigestName(path)).toBe(false);
  expect(digestEnds(path)).toBeUndefined();
});

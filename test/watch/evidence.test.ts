/** What the logs say of themselves is compared with the files of a hunt, however their paths are written. */
import { expect, test } from 'vitest';
import { watchedEvidence } from '../../src/watch/evidence.js';
import { ACCOUNT } from './watch-events.js';

const NAME = `${ACCOUNT}_CloudTrail_eu-west-1_20260301T0905Z_abc.json.gz`;
const key = `AWSLogs/${ACCOUNT}/CloudTrail/eu-west-1/2026/03/01/${NAME}`;
const at = Date.parse('2026-03-01T09:06:00Z');

test.each([
  ['a file', `C:\\logs\\${NAME}`],
  ['a folder', `C:\\logs\\AWSLogs\\${ACCOUNT}/CloudTrail/eu-west-1/2026/03/01/${NAME}`],
  ['no folder', NAME],
])('a delivered file is known by its name where the user named %s', (_what, path) => {
  const { deliveries } = watchedEvidence(
    { events: [], endings: [], deliveries: [{ bucket: 'logs', key, at }] },
    {
      accounts: new Map(),
      files: { paths: [path], named: new Set([path]) },
      window: { since: undefined, until: undefined },
    },
  );
  expect(deliveries).toMatchObject({ named: 1, present: 1, missing: [] });
});

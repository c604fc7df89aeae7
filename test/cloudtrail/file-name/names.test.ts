/** What the names say that CloudTrail gives to its files: logs and digests, and copies of them. */
import { describe, expect, test } from 'vitest';
import { digestNameOf } from '../../../src/cloudtrail/file-name/digest-name.js';
import { logNameOf } from '../../../src/cloudtrail/file-name/log-name.js';
import { instantOf } from '../../../src/cloudtrail/file-name/stamp.js';

const LOG = '111122223333_CloudTrail_us-east-1_20260131T0805Z_A1b2C3d4E5f6G7h8';
const DIGEST = '111122223333_CloudTrail-Digest_us-east-1_my.own_trail_eu-west-1_20260131T080712Z';

describe('the name of a log', () => {
  const said = {
    id: LOG,
    account: '111122223333',
    region: 'us-east-1',
    kind: '',
    stamp: '20260131T0805',
  };

  test.each(['.json.gz', '.json', '.gz', '', '.json.gz.metadata.json'])(
    'is known with the ending %j, wherever the file lies',
    (ending) => {
      for (const folder of ['', '/', 'AWSLogs/111122223333/CloudTrail/', 'a.zip!/', 's3://b/'])
        expect(logNameOf(`${folder}${LOG}${ending}`)).toEqual({ ...said, ending });
    },
  );

  test('says of what kind the log is', () => {
    const insights = LOG.replace('CloudTrail', 'CloudTrail-Insight');
    expect(logNameOf(`${insights}.json.gz`)).toMatchObject({ kind: 'Insight', id: insights });
  });

  test.each([
    ['a digest', `${DIGEST}.json.gz`],
    ['a folder', `${LOG}.json.gz/a.json`],
    ['a name with another before it', `copy-${LOG}.json.gz`],
    ['a longer account', `1${LOG}.json.gz`],
    ['a name without a time', LOG.replace('20260131T0805Z', 'march')],
    ['a name without a random text', `${LOG.slice(0, -16)}.json.gz`],
    ['another service', LOG.replace('CloudTrail', 'Config')],
  ])('is not that of %s', (_what, path) => {
    expect(logNameOf(path)).toBeUndefined();
  });
});

describe('the name of a digest', () => {
  const said = {
    id: DIGEST,
    account: '111122223333',
    region: 'us-east-1',
    trail: 'my.own_trail',
    homeRegion: 'eu-west-1',
    end: Date.parse('2026-01-31T08:07:12Z'),
    isBackfill: false,
  };

  test.each(['.json.gz', '.json'])('is known with the ending %j', (ending) => {
    expect(digestNameOf(`copy/${DIGEST}${ending}`)).toEqual(said);
    const id = `${DIGEST}_backfill`;
    expect(digestNameOf(`${id}${ending}`)).toEqual({ ...said, id, isBackfill: true });
  });

  test.each([
    ['a log', `${LOG}.json.gz`],
    ['its signature', `${DIGEST}.json.gz.metadata.json`],
    ['a day that is in no calendar', `${DIGEST.replace('0131T', '0231T')}.json.gz`],
    ['a folder', `${DIGEST}.json.gz/a.json`],
  ])('is not that of %s', (_what, path) => {
    expect(digestNameOf(path)).toBeUndefined();
  });
});

test('the time in a name is one of the calendar', () => {
  expect(instantOf('20260131T0805')).toBe(Date.parse('2026-01-31T08:05:00Z'));
  expect(instantOf('20240229T235959')).toBe(Date.parse('2024-02-29T23:59:59Z'));
  for (const stamp of ['20260229T0805', '20261301T0805', '20260131T2405', '20260131T0860'])
    expect(instantOf(stamp)).toBeUndefined();
  expect(instantOf('20260131T080560')).toBeUndefined();
});

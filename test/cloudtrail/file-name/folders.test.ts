/** What the folders say in which CloudTrail writes, and their copies. */
import { describe, expect, test } from 'vitest';
import { bucketFolders } from '../../../src/cloudtrail/file-name/bucket-folders.js';
import { digestNameOf } from '../../../src/cloudtrail/file-name/digest-name.js';
import { logNameOf } from '../../../src/cloudtrail/file-name/log-name.js';
import { regionFolder } from '../../../src/cloudtrail/file-name/region-folder.js';
import { expectLinear } from '../../support/cpu.js';

const ACCOUNT = '111122223333';
const day = (date: string): number => Date.parse(`${date}T00:00:00Z`);

describe('the folders above a region', () => {
  test('are those from AWSLogs on, below any prefix', () => {
    for (const prefix of ['', '/data/', 's3://logs/our/', 'old/AWSLogs/', 'a.tar!/'])
      expect(
        bucketFolders(`${prefix}AWSLogs/o-abc/${ACCOUNT}/CloudTrail/us-east-1/a.json`),
      ).toEqual({
        root: `${prefix}AWSLogs/o-abc/`,
        organization: 'o-abc',
        account: ACCOUNT,
        service: 'CloudTrail',
        rest: 'us-east-1/a.json',
      });
  });

  test.each([
    ['AWSLogs/', {}],
    ['AWSLogs/o-abc/', { root: 'AWSLogs/o-abc/', organization: 'o-abc' }],
    [`AWSLogs/${ACCOUNT}/`, { account: ACCOUNT }],
    [`AWSLogs/${ACCOUNT}/Config/`, { account: ACCOUNT, service: 'Config' }],
    [`AWSLogs/${ACCOUNT}/a.json`, { account: ACCOUNT, rest: 'a.json' }],
    ['AWSLogs/1/CloudTrail/a.json', { rest: '1/CloudTrail/a.json' }],
  ])('are as many as %s has', (path, said) => {
    expect(bucketFolders(path)).toEqual({
      root: 'AWSLogs/',
      organization: undefined,
      account: undefined,
      service: undefined,
      rest: '',
      ...said,
    });
  });

  test.each([`${ACCOUNT}/CloudTrail/a.json`, `myAWSLogs/${ACCOUNT}/a.json`, 'AWSLogs', ''])(
    'are none in %j',
    (path) => {
      expect(bucketFolders(path)).toBeUndefined();
    },
  );
});

describe('the folder of a region', () => {
  const said = (path: string) => regionFolder(`${path}x.json`);
  const first = day('2026-02-28');

  test('says the days of its files, as far as the path goes', () => {
    const region = `AWSLogs/${ACCOUNT}/CloudTrail/us-gov-west-1/`;
    const all = { holdsDigests: false, account: ACCOUNT, region: 'us-gov-west-1', rest: 'x.json' };
    expect(said(region)).toEqual({ ...all, grain: 'region', days: undefined });
    const year = { first: day('2026-01-01'), last: day('2026-12-31') };
    expect(said(`${region}2026/`)).toEqual({ ...all, grain: 'year', days: year });
    const month = { first: day('2026-02-01'), last: first };
    expect(said(`${region}2026/02/`)).toEqual({ ...all, grain: 'month', days: month });
    const days = { first, last: first };
    expect(said(`${region}2026/02/28/`)).toEqual({ ...all, grain: 'day', days });
    expect(said(`${region}2026/02/28/more/`)).toMatchObject({ days, rest: 'more/x.json' });
  });

  test('is known in a copy of a part, and for digests', () => {
    const digests = { holdsDigests: true, account: undefined, region: 'us-east-1', grain: 'day' };
    expect(said('CloudTrail-Digest/us-east-1/2026/02/28/')).toMatchObject(digests);
    expect(said('copy/CloudTrail-Digest/us-east-1/2026/02/28/')).toMatchObject(digests);
    expect(said(`1${ACCOUNT}/CloudTrail/us-east-1/`)).toMatchObject({ account: undefined });
  });

  test('is the one of the files, where the copy lies in another', () => {
    const path = `CloudTrail/us-east-1/AWSLogs/${ACCOUNT}/CloudTrail/eu-west-1/2026/02/28/`;
    expect(said(path)).toMatchObject({ account: ACCOUNT, region: 'eu-west-1', grain: 'day' });
  });

  test('has no days where its date is in no calendar', () => {
    for (const date of ['2026/02/30/', '2026/13/', '0000/'])
      expect(said(`CloudTrail/us-east-1/${date}`)?.days).toBeUndefined();
  });

  test.each([
    'CloudTrail/exports/2026/02/28/',
    'CloudTrail/case-17/2026/02/28/',
    'myCloudTrail/us-east-1/2026/02/28/',
    'CloudTrail-Insight/us-east-1/2026/02/28/',
    'CloudTrail/us-east-1',
  ])('is not %s', (path) => {
    expect(said(path)).toBeUndefined();
  });
});

test.each([
  'AWSLogs/',
  '/AWSLogs/o-a',
  `AWSLogs/${ACCOUNT}/`,
  '/CloudTrail/',
  'CloudTrail/us-gov-',
  '/CloudTrail/us-east-1/2026/01/',
  `${ACCOUNT}/`,
  ACCOUNT,
  `${ACCOUNT}_CloudTrail_`,
  `${ACCOUNT}_CloudTrail_us-east-1_20260131T0805Z_a.`,
  `${ACCOUNT}_CloudTrail-Digest_us-east-1_a`,
  `_us-east-1_20260131T080000Z`,
  '.json',
])('%j takes no more time than its length, however often it is in a path', async (piece) => {
  await expectLinear((amount) => {
    const path = piece.repeat(Math.ceil((amount << 13) / piece.length));
    for (const long of [path, `${path}/`, `${ACCOUNT}_CloudTrail-Digest_us-east-1_${path}`])
      for (const read of [bucketFolders, regionFolder, logNameOf, digestNameOf]) read(long);
  }, 8);
});

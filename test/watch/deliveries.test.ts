/** Log files that the logs name are compared with those that there are; and effects with their causes. */
import { describe, expect, test } from 'vitest';
import { compareDeliveries } from '../../src/watch/deliveries/deliveries.js';
import { missingCauses } from '../../src/watch/hints/missing-causes.js';
import { ACCOUNT, watched, type Call } from './watch-events.js';

const keyOf = (time: string, id: string): string =>
  `AWSLogs/${ACCOUNT}/CloudTrail/eu-west-1/2026/03/01/${ACCOUNT}_CloudTrail_eu-west-1_20260301T${time}Z_${id}.json.gz`;
const delivered = (keys: readonly string[], bucket = 'logs') =>
  keys.map((key, index) => ({ bucket, key, at: Date.parse('2026-03-01T00:00:00Z') + index }));
const files = (paths: readonly string[], named: readonly string[] = []) => ({
  paths,
  named: new Set(named),
});

const KEYS = Array.from({ length: 60 }, (_, index) =>
  keyOf(`${String(index).padStart(2, '0').slice(0, 1)}${index % 10}05`, `file${index}`),
);

describe('delivered files', () => {
  test('are all there, in whatever folder and form the copy has them', () => {
    for (const copy of [
      (key: string) => `copy/${key}`,
      (key: string) => `flat/${key.replace(/^.*\//, '')}`,
      (key: string) => `copy/${key.replace(/\.gz$/, '')}`,
      (key: string) => `logs.tar.gz!/some/prefix/${key}`,
      (key: string) => `s3://mine/${key}`,
    ])
      expect(compareDeliveries(delivered(KEYS), files(KEYS.map(copy)))).toMatchObject({
        named: 60,
        present: 60,
        missing: [],
        twice: [],
      });
  });
  test('are missing by name where others of their day are there', () => {
    const removed = KEYS.slice(5, 45);
    const rest = KEYS.filter((key) => !removed.includes(key)).map((key) => `copy/${key}`);
    const found = compareDeliveries(delivered(KEYS), files(rest));
    expect(found).toMatchObject({ named: 60, present: 20 });
    expect(found?.missing.map(({ key }) => key)).toEqual(removed);
  });
  test('are not missing after the copy ended, nor where nothing was hunted', () => {
    const rest = KEYS.slice(0, 20).map((key) => `copy/${key}`);
    expect(compareDeliveries(delivered(KEYS), files(rest))).toMatchObject({
      named: 20,
      missing: [],
    });
    const other = keyOf('0005', 'x').replaceAll('eu-west-1', 'us-east-1');
    expect(compareDeliveries(delivered([...KEYS, other]), files(KEYS))?.missing).toEqual([]);
    expect(compareDeliveries(delivered(KEYS), files([KEYS[59] ?? ''], KEYS))?.missing).toEqual([]);
  });
  test('of another trail are not missing where nothing of it was copied', () => {
    const second = KEYS.map((key) => key.replace('_file', '_other'));
    const all = [...delivered(KEYS), ...delivered(second, 'more')];
    expect(compareDeliveries(all, files(KEYS))).toMatchObject({ named: 60, missing: [] });
    expect(compareDeliveries(all, files([...KEYS, ...second.slice(1)]))?.missing).toHaveLength(1);
  });
  test('by two trails are said as that, and a copy is none', () => {
    const second = KEYS.map((key) => key.replace('_file', '_other'));
    const all = [...delivered(KEYS), ...delivered(second, 'more')];
    expect(compareDeliveries(all, files([]))?.twice).toEqual([
      {
        account: ACCOUNT,
        region: 'eu-west-1',
        folders: ['s3://logs/AWSLogs/', 's3://more/AWSLogs/'],
      },
    ]);
    expect(compareDeliveries([], files([...KEYS, ...KEYS.map((key) => `copy/${key}`)]))).toBeNull();
  });
});

describe('an effect without its cause', () => {
  const ARN = `arn:aws:secretsmanager:eu-west-1:${ACCOUNT}:secret:one-abcdef`;
  const call = (name: string, at: string, rest: Partial<Call>): Call => ({
    name,
    at,
    source: 'secretsmanager.amazonaws.com',
    ...rest,
  });
  const birth = call('CreateSecret', '10:00:00', { response: { arn: ARN } });
  const cause = call('DeleteSecret', '11:00:00', {
    request: { secretId: 'one' },
    response: { aRN: ARN },
  });
  const effects = [
    call('StartSecretVersionDelete', '11:00:00', { extra: { additionalEventData: { ARN } } }),
    call('EndSecretVersionDelete', '11:00:01', { extra: { additionalEventData: { ARN } } }),
  ];
  const hintsOf = (calls: readonly Call[], first = '2026-03-01T09:00:00Z', since?: string) =>
    missingCauses(watched(calls).events, {
      accounts: new Map([[ACCOUNT, { first: Date.parse(first) }]]),
      window: { since: since === undefined ? undefined : Date.parse(since), until: undefined },
    }).hints;
  test('is a hint where the logs must have it', () => {
    expect(hintsOf([birth, ...effects])).toMatchObject([
      { effect: 'EndSecretVersionDelete', cause: 'DeleteSecret', resource: ARN },
    ]);
    expect(hintsOf(effects, '2026-01-01T00:00:00Z')).toHaveLength(1);
  });
  test('is none where it is there, or may have been before the logs', () => {
    expect(hintsOf([birth, cause, ...effects])).toEqual([]);
    expect(hintsOf(effects)).toEqual([]);
  });
  test('may have its cause before the window, where nothing else counts', () => {
    const asked = (calls: readonly Call[], since: string) =>
      hintsOf(calls, '2026-01-01T00:00:00Z', `2026-03-01T${since}Z`);
    expect(asked(effects, '10:30:00')).toEqual([]);
    expect(asked([birth, ...effects], '10:30:00')).toEqual([]);
    expect(asked([birth, ...effects], '09:30:00')).toHaveLength(1);
    const earlier = { ...cause, at: '10:00:30' };
    expect(asked([birth, earlier, ...effects], '09:30:00')).toEqual([]);
    expect(asked([birth, ...effects], '11:30:00')).toEqual([]);
  });
});

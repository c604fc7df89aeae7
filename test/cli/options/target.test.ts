/** What a hunt looks at, as the command line and the configuration say it. */
import { describe, expect, test } from 'vitest';
import { targetOf } from '../../../src/cli/options/target.js';

const athena = {
  table: 'db.trail',
  workgroup: 'security',
  region: undefined,
  profile: undefined,
  output: 's3://results/',
  price: undefined,
  columns: new Map(),
  partitions: new Map(),
};
const trino = { url: 'https://host/c/s/t', columns: new Map(), partitions: new Map() };
const none = { paths: [], athena: undefined, trino: undefined };
const options = { parallel: 4 };

describe('what is hunted', () => {
  test('is what the command line names, whatever the configuration does', () => {
    const config = { paths: ['logs'], athena, trino };
    expect(targetOf(['dump'], options, config, {}).kind).toBe('local');
    expect(targetOf([], { ...options, athena: 'a.b' }, config, {})).toMatchObject({
      kind: 'athena',
      athena: { table: 'a.b', workgroup: 'security', output: 's3://results/' },
    });
    expect(targetOf([], { ...options, trino: true }, config, {})).toMatchObject({ url: trino.url });
  });

  test('is what the configuration names, where that is one thing', () => {
    expect(targetOf([], options, { ...none, athena }, {}).kind).toBe('athena');
    expect(targetOf([], options, { ...none, trino }, {}).kind).toBe('trino');
    expect(targetOf([], options, { ...none, paths: ['logs'] }, {})).toEqual({
      kind: 'local',
      paths: ['logs'],
    });
    expect(() => targetOf([], options, { ...none, paths: ['logs'], athena }, {})).toThrow(
      'the configuration names paths and athena: say which with a path, --athena or --trino',
    );
  });

  test('is one thing at a time', () => {
    expect(() => targetOf(['logs'], { ...options, athena: 'a.b' }, undefined, {})).toThrow(
      'paths and --athena: one of them at a time',
    );
    expect(() => targetOf([], { ...options, athena: true }, none, {})).toThrow(
      '--athena: name a table',
    );
  });
});

describe('the region of Athena', () => {
  const regionOf = (more: object, environment: Record<string, string> = {}) => {
    const target = targetOf([], { ...options, athena: 'a.b', ...more }, none, environment);
    return target.kind === 'athena' ? target.athena.aws.region : undefined;
  };

  test('is the SDK’s own affair', () => {
    expect(regionOf({})).toBeUndefined();
    expect(regionOf({ awsRegion: 'eu-west-1' })).toBe('eu-west-1');
    expect(regionOf({ region: ['eu-west-1'] })).toBeUndefined();
  });

  test('need not be known at an address of one’s own', () => {
    const endpoint = 'http://127.0.0.1:1';
    expect(regionOf({ endpoint })).toBe('us-east-1');
    expect(regionOf({ endpoint }, { AWS_REGION: 'eu-west-1' })).toBeUndefined();
    expect(regionOf({ endpoint, profile: 'security' })).toBeUndefined();
  });
});

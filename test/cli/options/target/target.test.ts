/** What a hunt reads, as the command line and the configuration say. */
import { describe, expect, test } from 'vitest';
import type { TableOptions } from '../../../../src/cli/options/flags/table-flags.js';
import { targetOf, type Target } from '../../../../src/cli/options/target/target.js';

const athena = {
  table: 'db.trail',
  workgroup: 'security',
  region: undefined,
  profile: undefined,
  output: 's3://results/',
  price: undefined,
  columns: new Map(),
  partitions: { roles: new Map() },
};
const trino = { url: 'https://host/c/s/t', columns: new Map(), partitions: { roles: new Map() } };
const none = { paths: [], athena: undefined, trino: undefined };
const options: TableOptions = {
  athena: undefined,
  trino: undefined,
  workgroup: undefined,
  results: undefined,
  profile: undefined,
  awsRegion: undefined,
  endpoint: undefined,
};

interface Given {
  readonly paths?: readonly string[];
  readonly options?: Partial<TableOptions>;
  readonly config?: Parameters<typeof targetOf>[0]['config'];
  readonly environment?: Readonly<Record<string, string>>;
}

function target({ paths = [], options: given = {}, config, environment = {} }: Given): Target {
  return targetOf({ paths, options: { ...options, ...given }, config, environment });
}

describe('what is hunted', () => {
  test('is what the command line names, whatever the configuration names', () => {
    const config = { paths: ['logs'], athena, trino };
    expect(target({ paths: ['dump'], config })).toEqual({ kind: 'logs', paths: ['dump'] });
    expect(target({ options: { athena: 'a.b' }, config })).toMatchObject({
      kind: 'athena',
      athena: { table: 'a.b', workgroup: 'security', output: 's3://results/' },
    });
    expect(target({ options: { trino: true }, config })).toMatchObject({ url: trino.url });
  });

  test('is what the configuration names, where that is one thing', () => {
    expect(target({ config: { ...none, athena } }).kind).toBe('athena');
    expect(target({ config: { ...none, trino } }).kind).toBe('trino');
    expect(target({ config: { ...none, paths: ['logs'] } })).toEqual({
      kind: 'logs',
      paths: ['logs'],
    });
    expect(() => target({ config: { ...none, paths: ['logs'], athena } })).toThrow(
      'the configuration names paths and athena: choose one with a path, --athena or --trino',
    );
  });

  test('is one thing at a time', () => {
    expect(() => target({ paths: ['logs'], options: { athena: 'a.b' } })).toThrow(
      'paths and --athena exclude each other',
    );
    expect(() => target({ options: { athena: true }, config: none })).toThrow(
      '--athena names no table',
    );
    expect(() => target({ options: { trino: true }, config: none })).toThrow(
      '--trino names no table',
    );
  });
});

describe('the region of Athena', () => {
  const regionOf = (given: Partial<TableOptions>, environment: Record<string, string> = {}) => {
    const found = target({ options: { athena: 'a.b', ...given }, config: none, environment });
    return found.kind === 'athena' ? found.athena.aws.region : undefined;
  };

  test('is left to the SDK where no option names it', () => {
    expect(regionOf({})).toBeUndefined();
    expect(regionOf({ awsRegion: 'eu-west-1' })).toBe('eu-west-1');
  });

  test('is made up for a server that is not AWS, unless it is known', () => {
    const endpoint = 'http://127.0.0.1:1';
    expect(regionOf({ endpoint })).toBe('us-east-1');
    expect(regionOf({ endpoint }, { AWS_REGION: 'eu-west-1' })).toBeUndefined();
    expect(regionOf({ endpoint, profile: 'security' })).toBeUndefined();
  });
});

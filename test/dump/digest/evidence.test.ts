/** What a reading gathers for a check of digests. The chains are those of the tests of that check. */
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { onTestFinished, beforeEach, describe, expect, test, vi } from 'vitest';
import type { LogEvidence } from '../../../src/dump/digest/evidence.js';
import { readEvidence, type EvidenceRead } from '../../../src/dump/digest/read-alone.js';
import type { DumpRequest } from '../../../src/dump/dump.js';
import { readDump } from '../../../src/dump/read/read.js';
import { NOTHING_REQUIRED, valueRequired } from '../../../src/cloudtrail/requirement.js';
import { tar } from '../../support/archives.js';
import { digestChain, type MadeDigest } from '../../support/digests/chain.js';
import {
  writeChain,
  writeSidecar,
  writeFile,
  type CopyOptions,
} from '../../support/digests/write.js';
import { folderOf } from '../../support/read-dump.js';
import { BUCKET, startS3 } from '../../support/s3/server.js';

const DAY = 86_400_000;
const chain = digestChain({ since: '2026-03-01T21:00:00Z', hours: [2, 1, 0, 1, 1] });
const logs = chain.flatMap((digest) => digest.logs);

interface Asked extends Partial<Pick<DumpRequest, 's3' | 'window' | 'workers' | 'prune'>> {
  readonly paths: readonly string[];
}

const OPEN = { since: undefined, until: undefined };

function alone(asked: Asked): Promise<EvidenceRead> {
  return readEvidence({
    window: OPEN,
    late: DAY,
    workers: 1,
    stdin: () => process.stdin,
    ...asked,
  });
}

async function besideRecords(asked: Asked): Promise<LogEvidence> {
  const dump = readDump({
    window: OPEN,
    late: DAY,
    workers: 1,
    stdin: () => process.stdin,
    required: valueRequired('eventName', new Set(['StopLogging'])),
    prefilter: true,
    verify: 'beside records',
    ...asked,
  });
  for await (const batch of dump.batches) batch satisfies object;
  return dump.evidence();
}

const names = (files: readonly { readonly path: string }[]): readonly string[] =>
  files.map(({ path }) => basename(path)).toSorted();
const hashes = ({ logs: read }: LogEvidence): readonly (readonly [string, string | null])[] =>
  read.map(({ path, sha256 }) => [basename(path), sha256] as const).toSorted();
const trueHashes = logs
  .map(({ key, text }) => [basename(key), createHash('sha256').update(text).digest('hex')] as const)
  .toSorted();

function copied(options: CopyOptions = {}): string {
  const root = folderOf({});
  writeChain(root, chain, options);
  return root;
}

describe.each([
  ['beside the records', besideRecords],
  ['alone', async (asked: Asked) => (await alone(asked)).evidence],
])('%s', (_, read) => {
  test.each<[CopyOptions]>([[{}], [{ isPacked: false }], [{ isFlat: true }]])(
    'hashes the text of logs and keeps digests whole, in a copy %j',
    async (options) => {
      const found = await read({ paths: [copied(options)] });
      expect(hashes(found)).toEqual(
        trueHashes.map(([name, hash]) =>
          options.isPacked === false ? [name.replace('.gz', ''), hash] : [name, hash],
        ),
      );
      expect(found.digests.map(({ text }) => text.toString()).toSorted()).toEqual(
        chain.map(({ text }) => text.toString()).toSorted(),
      );
      expect(found.digests.map(({ signature }) => signature)).toEqual(chain.map(() => null));
      expect(found.lostDigests).toEqual([]);
    },
  );

  test('reads members of an archive, and a digest under another name', async () => {
    const members = [...chain.slice(1), ...logs].map(
      ({ key, text }) => [{ name: key }, gzipSync(text)] as const,
    );
    const digest = chain[0]?.text ?? '';
    const root = folderOf({ 'copy.tar': await tar(members), 'first.json': digest, notes: digest });
    const found = await read({ paths: [root] });
    expect(hashes(found)).toEqual(trueHashes);
    expect(found.logs.every(({ path }) => path.startsWith(`${root}/copy.tar!/AWSLogs/`))).toBe(
      true,
    );
    expect(names(found.digests).filter((name) => !name.includes('Digest'))).toEqual([
      'first.json',
      'notes',
    ]);
    expect(found.digests).toHaveLength(chain.length + 1);
  });

  test('says what cannot be read to its end, or holds something else', async () => {
    const root = copied();
    const [first, second, third] = logs.map((log) => writeFile(root, log));
    const [digest] = chain.map((file) => writeFile(root, file));
    writeFileSync(first ?? '', gzipSync(logs[0]?.text ?? '').subarray(0, -20));
    writeFileSync(second ?? '', '');
    writeFileSync(third ?? '', '<html>not found</html>');
    writeFileSync(digest ?? '', Buffer.from([0x1f, 0x8b, 8, 0, 1, 2, 3]));
    const found = await read({ paths: [root] });
    const of = (path = ''): string | null | undefined =>
      found.logs.find((log) => log.path === path)?.sha256;
    expect(of(first)).toBe(null);
    expect(of(second)).toBe(createHash('sha256').digest('hex'));
    expect(of(third)).toBe(createHash('sha256').update('<html>not found</html>').digest('hex'));
    expect(found.lostDigests.map(({ path }) => path)).toEqual([digest]);
    expect(found.logs).toHaveLength(logs.length);
  });

  test('gives signatures from files beside a copy', async () => {
    const root = copied();
    const kinds = ['sig', 'metadata.json', 'head.json'] as const;
    kinds.forEach((kind, index) => {
      const digest = chain[index];
      if (digest) writeSidecar(writeFile(root, digest), digest, kind);
    });
    const found = await read({ paths: [root] });
    const signed = found.digests.filter(({ signature }) => signature !== null);
    expect(signed.map(({ signature }) => signature).toSorted()).toEqual(
      chain
        .slice(0, 3)
        .map(({ signature }) => signature)
        .toSorted(),
    );
    expect(found.digests).toHaveLength(chain.length);
    expect(found.logs).toHaveLength(logs.length);
  });
});

describe('in a bucket', () => {
  beforeEach(() => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIAEXAMPLE');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
    return () => void vi.unstubAllEnvs();
  });

  async function bucket(files: readonly MadeDigest[]) {
    const all = files.flatMap((digest) => [digest, ...digest.logs]);
    const server = await startS3({
      objects: Object.fromEntries(all.map(({ key, text }) => [key, gzipSync(text)])),
      metadata: Object.fromEntries(files.map(({ key, signature }) => [key, { signature }])),
    });
    onTestFinished(() => server.close());
    return { ...server, s3: { profile: undefined, region: 'us-east-1', endpoint: server.url } };
  }

  test('gives the signatures that S3 keeps, without a further request', async () => {
    const { s3, calls } = await bucket(chain);
    const { evidence } = await alone({ paths: [`s3://${BUCKET}`], s3 });
    expect(hashes(evidence)).toEqual(trueHashes);
    expect(evidence.digests.map(({ signature }) => signature).toSorted()).toEqual(
      chain.map(({ signature }) => signature).toSorted(),
    );
    expect(calls.filter(({ kind }) => kind === 'get')).toHaveLength(chain.length + logs.length);
  });

  test('reads the digests of the days whose logs it reads, and lists no others', async () => {
    const years = digestChain({ since: '2025-03-01T21:00:00Z', hours: [1] });
    const { s3, calls } = await bucket([...years, ...chain]);
    const window = {
      since: Date.parse('2026-03-02T00:00:00Z'),
      until: Date.parse('2026-03-02T00:30:00Z'),
    };
    const { evidence } = await alone({ paths: [`s3://${BUCKET}`], s3, window });
    expect(evidence.digests).toHaveLength(chain.length);
    expect(calls.some(({ key }) => key.includes('/2025/'))).toBe(false);
    const later = { since: Date.parse('2026-03-04T00:00:00Z'), until: undefined };
    const none = await alone({ paths: [`s3://${BUCKET}`], s3, window: later });
    expect(none.evidence).toEqual({ digests: [], lostDigests: [], logs: [] });
  });

  test('of a folder of logs, reads the digests beside it', async () => {
    const { s3 } = await bucket(chain);
    const folder = 'AWSLogs/111122223333/CloudTrail/eu-west-1/2026/03/01';
    const { evidence, isExpected } = await alone({ paths: [`s3://${BUCKET}/${folder}`], s3 });
    // Also of the next day, whose first digest has the logs of the last hour.
    expect(evidence.digests).toHaveLength(chain.length);
    expect(evidence.logs).toHaveLength(logs.filter(({ key }) => key.includes(folder)).length);
    expect(isExpected(chain[0]?.key ?? '')).toBe(true);
    const others = await alone({ paths: [`s3://${BUCKET}/AWSLogs/111122223333/CloudTrail`], s3 });
    expect(others.evidence.digests).toHaveLength(chain.length);
    const here = await alone({ paths: [join(copied(), folder)] });
    expect(here.evidence.digests).toHaveLength(chain.length);
    expect(hashes(here.evidence)).toEqual(hashes(evidence));
  });

  test('without verification, the folder of digests is not listed', async () => {
    const { s3, calls } = await bucket(chain);
    const dump = readDump({
      paths: [`s3://${BUCKET}`],
      s3,
      window: OPEN,
      late: DAY,
      workers: 1,
      stdin: () => process.stdin,
      required: NOTHING_REQUIRED,
      prefilter: true,
    });
    for await (const batch of dump.batches) batch satisfies object;
    expect(dump.evidence()).toEqual({ digests: [], lostDigests: [], logs: [] });
    expect(calls.some(({ key }) => key.includes('Digest'))).toBe(false);
  });
});

test('a log is expected below the paths that were read, on the days that were read', async () => {
  const root = copied();
  const key = (region: string, day: string, name = 'a'): string =>
    `AWSLogs/111122223333/CloudTrail/${region}/${day}/111122223333_CloudTrail_${region}_${day.replaceAll('/', '')}T0000Z_${name}.json.gz`;
  const window = { since: Date.parse('2026-03-01'), until: Date.parse('2026-03-02') };
  const expected = async (path: string, of: string): Promise<boolean> => {
    const { isExpected } = await alone({ paths: [path], window });
    return isExpected(`prefix/${of}`);
  };
  expect(await expected(root, key('eu-west-1', '2026/03/01'))).toBe(true);
  expect(await expected(root, key('eu-west-1', '2026/03/09'))).toBe(false);
  const region = join(root, 'AWSLogs/111122223333/CloudTrail/eu-west-1');
  expect(await expected(region, key('eu-west-1', '2026/03/01'))).toBe(true);
  expect(await expected(region, key('us-east-1', '2026/03/01'))).toBe(false);
  const digests = join(root, 'AWSLogs/111122223333/CloudTrail-Digest');
  expect(await expected(digests, key('eu-west-1', '2026/03/01'))).toBe(false);
  const [log] = logs;
  const file = join(root, log?.key ?? '');
  expect(await expected(file, log?.key ?? '')).toBe(true);
  expect(await expected(file, logs[1]?.key ?? '')).toBe(false);
});

/** Reads a bucket in a test through `readDump`, in this thread. */
import { onTestFinished, vi } from 'vitest';
import type { DumpRequest } from '../../../src/dump/dump.js';
import { ids, reading, type Reading } from '../read-dump.js';
import { startS3, type S3Call, type S3Options } from './server.js';

export interface ReadBucket extends Reading {
  /** The IDs of the events read, sorted. */
  readonly ids: readonly unknown[];
  readonly calls: readonly S3Call[];
  /** The prefixes that were listed, once for each page, sorted. */
  readonly listed: readonly string[];
}

/** Reads these paths in a bucket with these objects. */
export async function readBucket(
  objects: Readonly<Record<string, string | Buffer>>,
  paths: readonly string[],
  options: Partial<DumpRequest> & Omit<S3Options, 'objects'> = {},
): Promise<ReadBucket> {
  const { pageSize, faults, ...request } = options;
  const bytes = Object.entries(objects).map(([key, text]) => [key, Buffer.from(text)] as const);
  const server = await startS3({
    objects: Object.fromEntries(bytes),
    ...(pageSize === undefined ? {} : { pageSize }),
    ...(faults === undefined ? {} : { faults }),
  });
  onTestFinished(() => server.close());
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIAEXAMPLE');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
  onTestFinished(() => void vi.unstubAllEnvs());
  const s3 = { profile: undefined, region: 'us-east-1', endpoint: server.url };
  const read = await reading(paths, { s3, late: 86_400_000, ...request });
  const lists = server.calls.filter(({ kind }) => kind === 'list');
  return {
    ...read,
    ids: ids(read).toSorted(),
    calls: server.calls,
    listed: lists.map(({ key }) => key).toSorted(),
  };
}

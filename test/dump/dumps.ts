/** Makes events for dumps, and reads dumps in tests. */
import type { DumpRequest } from '../../src/dump/dump.js';
import { ids, reading, readingFile, type Reading } from '../support/read-dump.js';

export interface Read extends Reading {
  /** The IDs of the events read, sorted. */
  readonly ids: readonly unknown[];
}

export async function readPaths(
  paths: readonly string[],
  options: Partial<DumpRequest> = {},
): Promise<Read> {
  const read = await reading(paths, { late: 86_400_000, ...options });
  return { ...read, ids: ids(read).toSorted() };
}

/** Reads a folder that holds one file. */
export async function readOne(
  content: string | Buffer,
  options: Partial<DumpRequest> = {},
): Promise<Read> {
  const read = await readingFile(content, 'a.json', options);
  return { ...read, ids: ids(read).toSorted() };
}

export function event(id: string, more: Readonly<Record<string, unknown>> = {}) {
  return {
    eventVersion: '1.08',
    eventTime: '2024-05-01T10:20:30Z',
    eventSource: 'ec2.amazonaws.com',
    eventName: 'CreateSecurityGroup',
    awsRegion: 'eu-west-1',
    recipientAccountId: '111122223333',
    eventID: id,
    ...more,
  };
}

export function eventText(id: string, more: Readonly<Record<string, unknown>> = {}): string {
  return JSON.stringify(event(id, more));
}

/** The reason of the only unreadable file. Throws if there is not exactly one. */
export function onlyReason({ summary }: Reading): string {
  if (summary.unreadable.length !== 1)
    throw new Error(`not one unreadable file: ${JSON.stringify(summary.unreadable)}`);
  return summary.unreadable[0]?.reason ?? '';
}

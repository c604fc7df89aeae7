/** Reads dumps in a test through `readDump`, in this thread. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { NOTHING_REQUIRED } from '../../src/cloudtrail/requirement.js';
import type { EventRecord } from '../../src/cloudtrail/record.js';
import type { DumpRequest, DumpSummary, FileReading } from '../../src/dump/dump.js';
import { readDump } from '../../src/dump/read/read.js';
import { recordsIn } from './batch-records.js';
import { emptyFolder } from './folders.js';

export { namesRequired } from './names-required.js';

export interface Reading {
  readonly rows: readonly EventRecord[];
  readonly summary: DumpSummary;
  /** Empty without `notesFiles`. */
  readonly readings: readonly FileReading[];
}

/** Reads these paths. */
export async function reading(
  paths: readonly string[],
  options: Partial<DumpRequest> = {},
): Promise<Reading> {
  const dump = readDump({
    paths,
    stdin: () => Readable.from([]),
    window: { since: undefined, until: undefined },
    late: 0,
    required: NOTHING_REQUIRED,
    prefilter: true,
    workers: 1,
    ...options,
  });
  const rows: EventRecord[] = [];
  for await (const batch of dump.batches) rows.push(...recordsIn(batch));
  return { rows, summary: dump.summary(), readings: dump.readings() };
}

/** Reads standard input that arrives in these pieces. */
export function readingPieces(
  pieces: readonly Buffer[],
  options: Partial<DumpRequest> = {},
): Promise<Reading> {
  return reading(['-'], { stdin: () => Readable.from(pieces), ...options });
}

/** Reads one file with this content. */
export function readingFile(
  content: string | Buffer,
  name = 'log.json',
  options: Partial<DumpRequest> = {},
): Promise<Reading> {
  return reading([folderOf({ [name]: content })], options);
}

/** Makes a folder with these files. It is removed after the tests of the file. */
export function folderOf(files: Readonly<Record<string, string | Buffer>>): string {
  const folder = emptyFolder();
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

/** The IDs of the events read, in order of reading. */
export function ids({ rows }: Reading): readonly unknown[] {
  return rows.map((row) => row['eventid']);
}

/** Real logs and cases beside the checkout, read in place, as the sound logs that mutants are made of. None if there are none. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** In bytes. Longer files make a mutant take longer without finding more. */
const MAX_SAMPLE = 40_000;
/** How many records of a longer log are taken together. */
const RECORDS = 6;

/** The samples in these folders. */
export function samplesIn(folders: readonly string[]): readonly Buffer[] {
  return folders
    .filter((folder) => existsSync(folder))
    .flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .toSorted()
        .map((name) => join(folder, name)),
    )
    .filter((path) => statSync(path).isFile())
    .flatMap((path) => samplesOf(readFileSync(path)));
}

function samplesOf(file: Buffer): readonly Buffer[] {
  const text = unpacked(file);
  // Files that need random access are not read as streams.
  if (/^(PK|PAR1)/.test(text.toString('latin1', 0, 4))) return [];
  if (text.length <= MAX_SAMPLE) return [text];
  return recordsIn(text).flatMap((records) => [
    Buffer.from(JSON.stringify({ Records: records })),
    Buffer.from(records.map((record) => `${JSON.stringify(record)}\n`).join('')),
  ]);
}

function unpacked(file: Buffer): Buffer {
  try {
    return gunzipSync(file);
  } catch {
    return file;
  }
}

/** The records of a long log, a few at a time. */
function recordsIn(text: Buffer): readonly (readonly unknown[])[] {
  try {
    const { Records: records } = JSON.parse(text.toString()) as { readonly Records?: unknown };
    if (!Array.isArray(records)) return [];
    const groups: unknown[][] = [];
    for (let at = 0; at < records.length; at += RECORDS)
      groups.push(records.slice(at, at + RECORDS));
    return groups;
  } catch {
    return [];
  }
}

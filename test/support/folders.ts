/**
 * Folders that tests make. They are removed when the test file has ended (`test/clean.ts`): a module is loaded once for many test
 * files, so a hook in this one would run after the first file only.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const made: string[] = [];

/** A new folder, which is removed when the test file has ended. */
export function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'hunt-test-'));
  made.push(folder);
  return folder;
}

export function removeFolders(): void {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
}

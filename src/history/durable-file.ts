/** Files that survive a crash: a reader finds the old content or the new content, and never a part of it. */
import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Only the owner may read what a hunt found. */
const MODE = 0o600;

/** Writes a file under a temporary name, has it stored on the disk, and renames it. Its folder exists afterwards. */
export function writeDurably(path: string, content: string | Uint8Array): void {
  const folder = dirname(path);
  makeFolder(folder);
  // One name for all attempts: the lock lets one process write, and its successor removes what a killed one left.
  const temporary = `${path}.tmp`;
  const file = openSync(temporary, 'w', MODE);
  try {
    writeFileSync(file, content);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(temporary, path);
  syncFolder(folder);
}

/** Makes a folder for what a hunt found, with those around it. */
export function makeFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
}

/** A rename is on the disk once the folder is. Some systems cannot sync a folder, and need not. */
function syncFolder(folder: string): void {
  try {
    const opened = openSync(folder, 'r');
    try {
      fsyncSync(opened);
    } finally {
      closeSync(opened);
    }
  } catch {
    // The rename itself is atomic in any case.
  }
}

/** The names under which report files are written before they are renamed, and the removal of what a killed process left. */
import { randomUUID } from 'node:crypto';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isProcessAlive } from '../process-alive.js';

/** The name says which process writes. */
const NAME = /^\.hunt-(\d{1,10})-[0-9a-f-]{36}\.tmp$/;

/** A path in the folder that no other process and no other call gets. */
export function temporaryIn(folder: string): string {
  return join(folder, `.hunt-${process.pid}-${randomUUID()}.tmp`);
}

/** Removes the temporary files of processes that are dead. What stays because of an error does no harm. */
export function removeAbandoned(folder: string): void {
  try {
    for (const name of readdirSync(folder)) {
      const writer = NAME.exec(name)?.[1];
      if (writer !== undefined && isDead(Number(writer)))
        rmSync(join(folder, name), { force: true });
    }
  } catch {
    // There may be no such folder.
  }
}

function isDead(pid: number): boolean {
  // The number of this process was another's: this one has not written yet.
  return pid === process.pid || !isProcessAlive(pid);
}

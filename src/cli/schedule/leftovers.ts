/**
 * Removes the reports that a killed run left under other names than the run that made its report again: `{date}` in a name is
 * another day then, and its changes would be told twice.
 */
import { existsSync, rmSync, statSync } from 'node:fs';
import { proofFiles } from '../../integrity/manifest/names.js';
import { beginsAsReport } from '../../report/formats.js';
import { startOf } from '../files/read-file.js';

/** Removes only reports, and what proves them: the paths are read from a file. Gives what it removed. */
export function removeLeftovers(paths: readonly string[]): readonly string[] {
  const removed: string[] = [];
  const reports = paths.filter(isReport);
  const proofs = new Set(reports.flatMap((path) => Object.values(proofFiles(path))));
  for (const path of [...reports, ...paths.filter((one) => proofs.has(one) && existsSync(one))])
    try {
      rmSync(path);
      removed.push(path);
    } catch {
      // It stays: the report that counts is written.
    }
  return removed;
}

function isReport(path: string): boolean {
  try {
    return statSync(path).isFile() && beginsAsReport(startOf(path));
  } catch {
    return false;
  }
}

/**
 * The list of the files that a hunt read: one JSON object per line, sorted by path. The members have a fixed order, so that one
 * `sed` command turns the list into input for `sha256sum --check` (`docs/proof.md`).
 */
import { byCodePoint } from '../../cloudtrail/canonical.js';
import type { InputFile } from '../../dump/dump.js';
import { safeJson } from '../../text/safe-text.js';

/** What a run read: for its period, and for findings of earlier periods. A file may be in both. */
export interface Inputs {
  readonly own: readonly InputFile[];
  readonly late: readonly InputFile[];
}

/** The content of the list. Files that the search for late events alone has read have `late: true`. */
export function inputsText({ own, late }: Inputs): string {
  return [
    ...own.map(({ path, size, sha256 }) => ({ sha256, size, path })),
    ...late.map(({ path, size, sha256 }) => ({ sha256, size, path, late: true })),
  ]
    .toSorted((a, b) => byCodePoint(a.path, b.path))
    .map((line) => `${safeJson(JSON.stringify(line))}\n`)
    .join('');
}

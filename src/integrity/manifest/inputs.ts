/**
 * The list of the files that a hunt read: a JSON object a line, sorted by path. Its members stand in one order, so that a line of
 * `sed` makes the input of `sha256sum --check` of it (`docs/proof.md`).
 */
import { byCodePoint } from '../../cloudtrail/canonical.js';
import type { InputFile } from '../../dump/dump.js';
import { safeJson } from '../../text/safe-text.js';

/** What a run read: for its period, and for findings of earlier periods. A file may be in both. */
export interface Inputs {
  readonly own: readonly InputFile[];
  readonly late: readonly InputFile[];
}

export function inputsText({ own, late }: Inputs): string {
  return [
    ...own.map(({ path, size, sha256 }) => ({ sha256, size, path })),
    ...late.map(({ path, size, sha256 }) => ({ sha256, size, path, late: true })),
  ]
    .toSorted((a, b) => byCodePoint(a.path, b.path))
    .map((line) => `${safeJson(JSON.stringify(line))}\n`)
    .join('');
}

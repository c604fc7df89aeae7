/**
 * The list of the files that a hunt read: a JSON object a line, sorted by path. Its members stand in one order, so that a line of
 * `sed` makes the input of `sha256sum --check` of it (`docs/proof.md`).
 */
import { byCodePoint } from '../../cloudtrail/canonical.js';
import type { InputFile } from '../../dump/dump.js';
import { safeJson } from '../../text/safe-text.js';

export function inputsText(inputs: readonly InputFile[]): string {
  return inputs
    .toSorted((a, b) => byCodePoint(a.path, b.path))
    .map(({ sha256, size, path }) => `${safeJson(JSON.stringify({ sha256, size, path }))}\n`)
    .join('');
}

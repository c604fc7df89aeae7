/**
 * A fingerprint of everything that decides which events of a file are findings. If it changes, files that were read before are
 * read again.
 */
import { createHash } from 'node:crypto';
import type { Selection } from '../options/rules/selection.js';

/** A SHA-256 in hexadecimal. Where a rule stands in its file does not count. */
export function settingsFingerprint({
  rules,
  exclusions,
  filters,
}: Pick<Selection, 'rules' | 'exclusions' | 'filters'>): string {
  const decisive = [rules.map(({ rule, condition }) => [rule.id, condition]), exclusions, filters];
  // A rule finds the same after it has moved to another line or folder.
  const text = JSON.stringify(decisive, (key, value: unknown) =>
    key === 'at' ? undefined : value,
  );
  return createHash('sha256').update(text).digest('hex');
}

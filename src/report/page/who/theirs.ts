/** Which findings of `hunt who` are deeds of whom it asks about, and which only say who issued their key. */
import type { Finding, Findings } from '../../finding.js';

/** The ID of the rule that finds who issued a key. */
export const ISSUED_RULE = 'AWS.Who.Issued';

/** Made anew for each iteration. */
export function theirs(findings: Findings): Iterable<Finding> {
  return {
    *[Symbol.iterator]() {
      for (const finding of findings)
        if (finding.rules.some(({ id }) => id !== ISSUED_RULE)) yield finding;
    },
  };
}

/** Which findings of `hunt who` are what the people it asks about did, and which are there as evidence only. */
import type { Finding, Findings } from '../../finding.js';

/** The ID of the rule that finds who issued a key. */
export const ISSUED_RULE = 'AWS.Who.Issued';

/** The ID of the rule that finds what instances read: only all calls together tell credentials that were copied. */
export const INSTANCE_RULE = 'AWS.Who.InstanceReads';

/** The ID of the rule that finds who else may have begun the sessions of the console that are followed. */
export const BEGUN_RULE = 'AWS.Who.Begun';

const EVIDENCE: ReadonlySet<string> = new Set([ISSUED_RULE, INSTANCE_RULE, BEGUN_RULE]);

/** Made anew for each iteration. */
export function theirs(findings: Findings): Iterable<Finding> {
  return {
    *[Symbol.iterator]() {
      for (const finding of findings) if (isTheirs(finding)) yield finding;
    },
  };
}

/** Whether a rule other than those for evidence matched the finding. */
export function isTheirs({ rules }: Finding): boolean {
  return rules.some(({ id }) => !EVIDENCE.has(id));
}

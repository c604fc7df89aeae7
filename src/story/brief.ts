/** The brief form of a finding that is not stored as a text. */
import { ownAccountOf } from '../change/request/own-account.js';
import type { BriefFinding, MatchedFinding } from '../report/finding.js';

export function inBrief(finding: MatchedFinding): BriefFinding {
  return { ...finding, ownAccount: ownAccountOf(finding) ?? null };
}

/** Says in one line how far a report can be trusted. */
import type { Report } from '../report.js';
import type { Completeness, Evidence } from './completeness.js';
import { evidenceWarnings, proofMissing } from './evidence-warnings.js';
import { proofOf } from './proof.js';
import { reasonsOf, firstReasons } from './reasons.js';
import { sentenceOf } from './sentence.js';

export interface Demands {
  /** Whether the logs must be proven to be intact: `verify: required` of hunt.yml. */
  readonly isProofRequired: boolean;
}

/** The report with its conclusion, and with warnings of what is wrong. To be called when everything else of it is known. */
export function concluded(
  report: Omit<Report, 'completeness'>,
  evidence: Evidence,
  { isProofRequired }: Demands,
): Report {
  const proof = proofOf(report, evidence);
  const unproven = isProofRequired ? proofMissing(proof) : null;
  const warned = {
    ...report,
    warnings: [
      ...report.warnings,
      ...evidenceWarnings(report, evidence, proof),
      ...(unproven === null ? [] : [unproven]),
    ],
  };
  // The findings stay the last member.
  const { findings, ...others } = warned;
  return { ...others, completeness: completenessOf(warned, evidence), findings };
}

/** The report for an auditor: it names every account, and without bounds of the period, nobody can notice what is missing before and after. */
export function concludedForAudit(report: Report): Report {
  const completeness = completenessOf(report, report.completeness, { isForAudit: true });
  return { ...report, completeness };
}

function completenessOf(
  report: Omit<Report, 'completeness'>,
  evidence: Evidence,
  { isForAudit = false }: { readonly isForAudit?: boolean } = {},
): Completeness {
  const { digests, lateFiles, deliveries, blindSpots, moreBlindSpots } = evidence;
  const { kinds, hints, moreHints, unmet } = evidence;
  const { losses, doubts } = reasonsOf(report, {
    hints,
    moreHints,
    mustHaveBounds: isForAudit,
  });
  const proof = proofOf(report, evidence);
  const verdict =
    losses.length > 0
      ? 'incomplete'
      : doubts.length > 0
        ? 'in doubt'
        : proof.kind === 'whole'
          ? 'complete and intact'
          : 'complete';
  return {
    verdict,
    sentence: sentenceOf(report, {
      verdict,
      proof,
      namesAll: isForAudit,
      ...(losses.length > 0
        ? { reasons: losses, others: doubts.length }
        : { reasons: doubts, others: 0 }),
    }),
    because: firstReasons([...losses, ...doubts]),
    digests,
    lateFiles,
    deliveries,
    blindSpots,
    moreBlindSpots,
    kinds,
    hints,
    moreHints,
    unmet,
  };
}

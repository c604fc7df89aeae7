/** Warnings from what is known of the logs beside their records: digests, deliveries, blind spots, expectations. */
import { counted } from '../../text/counted.js';
import { truncate } from '../../text/width.js';
import type { Report, Warning } from '../report.js';
import { warn } from '../warn.js';
import type { WarningCode } from '../warnings.js';
import { blindSpotText, hasLostFiles, isDark, isNarrowed } from './blind-spot-words.js';
import type { BlindSpot, Evidence, UnmetExpectation } from './completeness.js';
import { digestLosses } from './digest-words.js';
import { lateLosses } from './late-words.js';
import type { Proof } from './proof.js';
import { reportScope } from './scope.js';

/** Of one code. The report lists all. */
const MOST = 5;
const LONGEST = 400;

/** A warning for each thing that is wrong. What the hunt itself has warned of is not said again. */
export function evidenceWarnings(
  report: Omit<Report, 'completeness'>,
  evidence: Evidence,
  proof: Proof,
): readonly Warning[] {
  const known = new Set(report.warnings.map(({ code }) => code));
  const scope = reportScope(report);
  const { blindSpots, moreBlindSpots, deliveries, digests, lateFiles, unmet } = evidence;
  const spots = (isWanted: (spot: BlindSpot) => boolean): readonly string[] =>
    blindSpots.filter(isWanted).map((spot) => blindSpotText(spot, scope));
  const absent = (deliveries?.missing.length ?? 0) + (deliveries?.moreMissing ?? 0);
  return [
    ...warnings('DIGESTS_NOT_INTACT', [
      ...(digests === null ? [] : digestLosses(digests)),
      ...lateLosses(lateFiles),
    ]),
    ...warnings(
      'DELIVERED_FILES_MISSING',
      absent === 0
        ? []
        : [
            `${counted(absent, 'log file')} ${absent === 1 ? 'is' : 'are'} missing (the logs have ${absent === 1 ? 'its' : 'their'} delivery)`,
          ],
    ),
    ...warnings('LOGGING_SWITCHED_OFF', spots(isDark)),
    ...warnings('LOG_FILES_DELETED', spots(hasLostFiles)),
    ...warnings('EXPECTED_ABSENT', unmetTexts(unmet ?? [])),
    ...warnings('LOGGING_NARROWED', spots(isNarrowed), moreBlindSpots),
    ...warnings('DIGESTS_NOT_PROVEN', proof.kind === 'none' ? [unprovenText(proof.why)] : []),
  ].filter(({ code }) => !known.has(code));
}

/** Why `verify: required` is not met; null if it is. */
export function proofMissing(proof: Proof): Warning | null {
  switch (proof.kind) {
    case 'whole':
    // It is incomplete already.
    case 'wrong':
      return null;
    case 'not checked':
      return missing('digests were not checked');
    case 'part':
      return missing(`digests prove it, but ${proof.but}`);
    case 'none':
      return missing(proof.why);
    default:
      return proof satisfies never;
  }
}

function missing(why: string): Warning {
  return warn('PROOF_MISSING', `the logs are not proven to be intact: ${why}`);
}

function unprovenText(why: string): string {
  return `digests do not prove the logs: ${why}`;
}

/** What is expected and absent, one sentence for each kind. */
function unmetTexts(unmet: readonly UnmetExpectation[]): readonly string[] {
  const kinds = [...new Set(unmet.map(({ kind }) => kind))];
  return kinds.flatMap((kind) => {
    const all = unmet.filter((one) => one.kind === kind).map(({ message }) => message);
    return all.length <= 2 ? all : [`${all[0]} (and ${all.length - 1} more)`];
  });
}

function warnings(code: WarningCode, messages: readonly string[], others = 0): readonly Warning[] {
  const more = messages.length - MOST + others;
  return [
    ...messages.slice(0, MOST).map((message) => ({ code, message: truncate(message, LONGEST) })),
    ...(more > 0 ? [{ code, message: `${more} more, which the report lists` }] : []),
  ];
}

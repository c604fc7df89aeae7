/** The one line of every report on its completeness. */
import { counted } from '../../text/counted.js';
import { truncate } from '../../text/width.js';
import type { Report } from '../report.js';
import type { Completeness } from './completeness.js';
import type { Proof } from './proof.js';
import { accountName, reportScope } from './scope.js';
import { namesText, shortTime } from './words.js';

/** It is one line. The report has the other reasons, and each one whole. */
const SHOWN = 2;
const LONGEST = 160;
const ACCOUNTS = 2;

interface Conclusion extends Pick<Completeness, 'verdict'> {
  /** What is missing; if nothing is, the doubts. */
  readonly reasons: readonly string[];
  /** How many doubts there are beside the reasons. */
  readonly others: number;
  readonly proof: Proof;
  /** Of an audit report, whose sentence is signed: whoever signs must see all accounts. */
  readonly namesAll: boolean;
}

/** Without a full stop at its end. */
export function sentenceOf(
  report: Omit<Report, 'completeness'>,
  { verdict, reasons, others, proof, namesAll }: Conclusion,
): string {
  switch (verdict) {
    case 'incomplete':
      return `NOT COMPLETE: ${reasonsText(reasons, others)}`;
    case 'in doubt':
      return `perhaps not complete: ${reasonsText(reasons, others)}`;
    case 'complete':
      return `nothing is known to be missing${scopeText(report, namesAll)}; ${proofText(proof)}`;
    case 'complete and intact':
      return `complete and intact${scopeText(report, namesAll)}${conditionText(proof)}`;
    default:
      return verdict satisfies never;
  }
}

function reasonsText(reasons: readonly string[], others: number): string {
  const more = Math.max(0, reasons.length - SHOWN) + others;
  const shown = reasons
    .slice(0, SHOWN)
    .map((reason) => truncate(reason.replace(/\.$/, ''), LONGEST));
  return [...shown, ...(more > 0 ? [counted(more, 'more reason')] : [])].join('; ');
}

function proofText(proof: Proof): string {
  switch (proof.kind) {
    case 'part':
      return `digests prove it, but ${proof.but}${conditionText(proof)}`;
    case 'none':
      return `digests do not prove it: ${proof.why}`;
    case 'not checked':
    case 'wrong':
    case 'whole':
      return 'digests were not checked';
    default:
      return proof satisfies never;
  }
}

function conditionText(proof: Proof): string {
  return 'condition' in proof && proof.condition !== null ? `, ${proof.condition}` : '';
}

/** ` from 2026-03-01 00:00Z to 2026-03-08 00:00Z for accounts prod (112233445566), 2 more`; without bounds, those of the records. */
function scopeText(report: Omit<Report, 'completeness'>, namesAll: boolean): string {
  const { window, coverage } = report;
  const since = window.since ?? coverage.first;
  const until = window.until ?? coverage.last;
  const span =
    since === null || until === null ? '' : ` from ${shortTime(since)} to ${shortTime(until)}`;
  const { ids, records, names } = reportScope(report);
  const seen = ids.filter((id) => (records.get(id) ?? 0) > 0);
  if (seen.length === 0) return span;
  const accounts = namesText(
    seen.map((id) => accountName(id, names)),
    namesAll ? Infinity : ACCOUNTS,
  );
  return `${span} for ${seen.length === 1 ? 'account' : 'accounts'} ${accounts}`;
}

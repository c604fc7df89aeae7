/** What digests prove of the window: all of it, a part, or nothing. */
import { minuteText } from '../../cloudtrail/time/time.js';
import { counted } from '../../text/counted.js';
import type { Report } from '../report.js';
import type { Evidence } from './completeness.js';
import type { DigestChain, DigestCheck } from './digest-check.js';
import { unprovenLateText } from './late-words.js';
import { accountName, reportScope } from './scope.js';
import { namesText } from './words.js';

export type Proof =
  /** Digests were not checked. */
  | { readonly kind: 'not checked' }
  | { readonly kind: 'whole'; readonly condition: string | null }
  /** Nothing is wrong, and digests of a part of the window are not there yet, or their signature is not at hand. */
  | { readonly kind: 'part'; readonly but: string; readonly condition: string | null }
  /** Something could not be checked. */
  | { readonly kind: 'none'; readonly why: string }
  /** The sentences about what is wrong say more. */
  | { readonly kind: 'wrong' };

interface Span {
  readonly since: string;
  readonly until: string;
}

export function proofOf(
  report: Omit<Report, 'completeness'>,
  { digests, lateFiles }: Pick<Evidence, 'digests' | 'lateFiles'>,
): Proof {
  if (digests === null) return { kind: 'not checked' };
  if (digests.verdict === 'not intact' || (lateFiles?.altered ?? 0) > 0) return { kind: 'wrong' };
  const proof = proofOfWindow(report, digests);
  const late = unprovenLateText(lateFiles);
  if (late === null) return proof;
  switch (proof.kind) {
    case 'whole':
      return { ...proof, kind: 'part', but: `not ${late}` };
    case 'part':
      return { ...proof, but: `${proof.but}; nor ${late}` };
    case 'none':
      return proof;
    default:
      return proof satisfies never;
  }
}

/** Of digests that find nothing wrong. */
function proofOfWindow(
  report: Omit<Report, 'completeness'>,
  digests: DigestCheck,
): Exclude<Proof, { readonly kind: 'not checked' | 'wrong' }> {
  const { digestCounts, chains } = digests;
  if (chains.length === 0) return { kind: 'none', why: 'no digest was found' };
  if (digestCounts.withoutKey > 0)
    return {
      kind: 'none',
      why: `the public key of ${counted(digestCounts.withoutKey, 'digest')} is not at hand`,
    };
  const bare = bareAccounts(report, chains);
  if (bare !== null) return { kind: 'none', why: `no digest is about ${bare}` };
  const part = partOf(report, digests);
  // What is before the first digest or after the last one is said as a time.
  const others = digests.uncovered
    .filter(({ why }) => why !== 'before the first digest' && why !== 'after the last digest')
    .reduce((sum, { logs }) => sum + logs, digests.moreUncovered);
  return others > 0 && part.kind !== 'none'
    ? {
        kind: 'part',
        but: `not ${counted(others, 'log file')} for which there is none`,
        condition: conditionOf(digests),
      }
    : part;
}

/** What the proof rests on, if somebody may have made that up. */
function conditionOf({ keysBesideLogs }: DigestCheck): string | null {
  return keysBesideLogs.length === 0
    ? null
    : "if the public keys that lie beside the logs are CloudTrail's";
}

function bareAccounts(
  report: Omit<Report, 'completeness'>,
  chains: readonly DigestChain[],
): string | null {
  const { ids, records, names } = reportScope(report);
  const known = new Set(chains.map(({ account }) => account));
  const bare = ids.filter((id) => (records.get(id) ?? 0) > 0 && !known.has(id));
  return bare.length === 0
    ? null
    : namesText(
        bare.map((id) => accountName(id, names)),
        3,
      );
}

/** Whether the digests of each account and region cover the window. */
function partOf(
  report: Omit<Report, 'completeness'>,
  digests: DigestCheck,
): Exclude<Proof, { readonly kind: 'not checked' | 'wrong' }> {
  const { chains, digestCounts, verdict } = digests;
  const condition = conditionOf(digests);
  const whole = windowOf(report);
  if (whole !== null) {
    const { ids } = reportScope(report);
    const proven = provenSpans(
      chains.filter(({ account, isBackfill }) => ids.includes(account) && !isBackfill),
      whole.since,
    );
    const from = latest(proven.map(({ since }) => since));
    const to = earliest(proven.map(({ until }) => until));
    const parts = [
      ...(from > whole.since ? [`before ${minuteText(from)}`] : []),
      ...(to < whole.until ? [`after ${minuteText(to)}`] : []),
    ];
    const tail = digestCounts.unverifiedTail > 0 && to < whole.until;
    if (parts.length > 0)
      return {
        kind: 'part',
        but: `not ${parts.join(' and ')}${tail ? ': the signature of the newest is not at hand' : ''}`,
        condition,
      };
  }
  return verdict === 'intact'
    ? { kind: 'whole', condition }
    : { kind: 'none', why: 'something could not be checked' };
}

/** For each account and region, the span that all of its trails prove from this instant on. */
function provenSpans(chains: readonly DigestChain[], since: string): readonly Span[] {
  const groups = new Map<string, Span[]>();
  for (const { account, region, spans } of chains) {
    const key = JSON.stringify([account, region]);
    const all = groups.get(key) ?? [];
    groups.set(key, all);
    for (const { since: from, provenUntil } of spans)
      if (provenUntil !== null) all.push({ since: from, until: provenUntil });
  }
  return [...groups.values()].map((spans) => {
    const all = joined(spans);
    return (
      all.find((span) => span.since <= since && since < span.until) ??
      all[0] ?? { since, until: since }
    );
  });
}

function joined(spans: readonly Span[]): readonly Span[] {
  const all: Span[] = [];
  for (const span of spans.toSorted((a, b) => (a.since < b.since ? -1 : 1))) {
    const last = all.at(-1);
    if (last !== undefined && span.since <= last.until)
      all.splice(-1, 1, { since: last.since, until: latest([last.until, span.until]) });
    else all.push(span);
  }
  return all;
}

function latest(instants: readonly string[]): string {
  return instants.reduce((last, one) => (one > last ? one : last), '');
}

function earliest(instants: readonly string[]): string {
  return instants.reduce((first, one) => (one < first ? one : first), '\uffff');
}

/** The window; where it is open, from the first or to the last record. */
function windowOf({ window, coverage }: Omit<Report, 'completeness'>): Span | null {
  const since = window.since ?? coverage.first;
  const until = window.until ?? coverage.last;
  return since === null || until === null ? null : { since, until };
}

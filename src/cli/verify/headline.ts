/** The first line of `hunt verify`: the answer. */
import type { DigestCheck, DigestProblem } from '../../report/completeness/digest-check.js';
import { formatInstant, minuteText } from '../../cloudtrail/time/time.js';
import { isIntact, type Verified } from './verified.js';

/** One line that begins with `INTACT`, `NOT INTACT` or `NOT PROVEN`. */
export function headline(verified: Verified): string {
  const { check } = verified;
  if (isIntact(verified)) {
    const condition =
      check.keysBesideLogs.length === 0
        ? ''
        : ", if the public keys that lie beside the logs are CloudTrail's";
    return `INTACT${condition}: ${intactText(verified)}`;
  }
  return check.verdict === 'not intact'
    ? `NOT INTACT: ${wrongText(check)}`
    : `NOT PROVEN: ${doubtText(verified)}`;
}

/** `1 log file`, `1,204 log files`. */
export function many(count: number, one: string): string {
  return `${count.toLocaleString('en-US')} ${one}${count === 1 ? '' : 's'}`;
}

function intactText({ check, window }: Verified): string {
  const { chains, logCounts, digestCounts } = check;
  const spans = chains.flatMap((chain) => chain.spans);
  const [first] = spans.map((span) => span.since).toSorted();
  const last = spans
    .flatMap(({ provenUntil }) => provenUntil ?? [])
    .toSorted()
    .at(-1);
  const accounts = new Set(chains.map(({ account }) => account));
  const regions = new Set(chains.map(({ region }) => region));
  const [account] = accounts;
  const who = accounts.size === 1 ? `account ${account}` : many(accounts.size, 'account');
  const when =
    first === undefined || last === undefined
      ? ''
      : `, ${minuteText(later(first, window.since))} to ${minuteText(earlier(last, window.until))}`;
  const tail =
    digestCounts.unverifiedTail === 0
      ? ''
      : `; not verified: the newest ${many(digestCounts.unverifiedTail, 'digest')} with ${many(logCounts.unproven, 'log file')}`;
  return `${many(logCounts.intact, 'log file')}${when}, ${who}, ${many(regions.size, 'region')}${tail}`;
}

function later(instant: string, bound = -Infinity): string {
  return formatInstant(Math.max(Date.parse(instant), bound));
}

function earlier(instant: string, bound = Infinity): string {
  return formatInstant(Math.min(Date.parse(instant), bound));
}

function wrongText({ logCounts, digestCounts, problems }: DigestCheck): string {
  const moved = problemsOf(problems, 'digest in another place');
  return listed([
    [logCounts.altered, 'log file', 'altered'],
    [logCounts.missing, 'log file', 'missing'],
    [logCounts.extra, 'log file', 'extra'],
    [logCounts.unreadable, 'log file', 'unreadable'],
    [digestCounts.wrong, 'digest', 'altered or unreadable'],
    [digestCounts.missing, 'digest', 'missing'],
    [moved, 'digest', 'in another place'],
  ]);
}

function doubtText({ check, unreadable, moreUnreadable }: Verified): string {
  const { digestCounts, logCounts, problems, chains } = check;
  const { verified, unverifiedTail, withoutKey } = digestCounts;
  const isNothingRead = logCounts.intact + logCounts.unproven + logCounts.uncovered === 0;
  if (isNothingRead && chains.some(({ logs }) => logs > 0))
    return 'none of the log files that digests name was looked at';
  if (verified + unverifiedTail + withoutKey === 0)
    return logCounts.uncovered > 0
      ? `no digest for ${many(logCounts.uncovered, 'log file')}`
      : 'no digest and no log file of CloudTrail';
  const keys = problemsOf(problems, 'key missing');
  const gaps = new Set(
    problems
      .filter(({ kind }) => kind === 'digest missing')
      .map(({ account, region }) => `${account} ${region}`),
  ).size;
  const lost = unreadable.length + moreUnreadable;
  const unproven = chains.filter(({ spans }) =>
    spans.every(({ provenUntil }) => provenUntil === null),
  ).length;
  return [
    ...(keys > 0
      ? [`no public key for ${many(withoutKey, 'digest')}, see --public-keys below`]
      : []),
    ...(logCounts.uncovered > 0
      ? [`${many(logCounts.uncovered, 'log file')} without a digest`]
      : []),
    ...(gaps > 0 ? [`hours of the window have no digest, in ${many(gaps, 'region')}`] : []),
    ...(lost > 0 ? [`${many(lost, 'file')} could not be read`] : []),
    ...(keys === 0 && unproven > 0
      ? [`${many(unproven, 'chain')} without a digest whose signature is at hand`]
      : []),
  ].join('; ');
}

function problemsOf(problems: readonly DigestProblem[], kind: DigestProblem['kind']): number {
  return problems.filter((problem) => problem.kind === kind).length;
}

function listed(counts: readonly (readonly [number, string, string])[]): string {
  return counts
    .filter(([number]) => number > 0)
    .map(([number, one, what]) => `${many(number, one)} ${what}`)
    .join(', ');
}

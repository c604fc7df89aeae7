/** From everything that was read to what a report says of it. */
import { byCodePoint } from '../../cloudtrail/canonical.js';
import { formatInstant } from '../../cloudtrail/time/time.js';
import type {
  DigestChain,
  DigestCheck,
  DigestProblem,
  UncoveredLogs,
} from '../../report/completeness/digest-check.js';
import type { TrailKey } from './trail-key.js';
import { shownChains } from './chain/shown.js';
import { judgeDigests, touches, type DigestSettings } from './judged-digests.js';
import type { LogBook } from './logs/book.js';
import { Coverage } from './logs/coverage.js';
import { judgeLogs, type JudgedLogs } from './logs/judge.js';
import { sortUnclaimed, type UncoveredGroup } from './logs/unclaimed.js';
import { pathText, uncoveredMessage } from './messages.js';
import { ProblemList } from './problem-list.js';
import { extraLog, wrongLog } from './problems.js';
import type { Shelf } from './verify/shelf.js';

/** So many are listed. */
const MOST = 1000;

/** The verdict, the counts, the chains and the problems. Of long lists it has the beginning, and the number of the others. */
export function conclusionOf(shelf: Shelf, book: LogBook, settings: DigestSettings): DigestCheck {
  const { keys, window, isExpected, settled } = settings;
  const { since = -Infinity, until = Infinity } = window;
  const digests = judgeDigests(shelf, settings);
  const { chains, statusOf, digestOf, isFirstOfCopy } = digests;
  const logs = judgeLogs(book, {
    statusOf,
    isFirstOfCopy,
    isExpected,
    isInWindow: (oldest, newest) => newest >= since && oldest < until,
    isSettled: (time) => time < settled,
    timeOf: (digest) => digestOf(digest) ?? { since: -Infinity, until: Infinity },
  });
  const { extra, uncovered } = sortUnclaimed(logs.unclaimed, new Coverage(chains), logs.scopes);
  const groups = uncovered.toSorted(byPlace);
  const problems = new ProblemList(MOST);
  for (const problem of digests.problems) problems.add(problem);
  for (const finding of logs.findings) problems.add(wrongLog(finding));
  for (const log of extra) problems.add(extraLog(log));
  const shown = shownChains(chains, touches(window));
  const found = (kind: DigestProblem['kind']): number =>
    logs.findings.filter((finding) => finding.kind === kind).length;
  return {
    verdict:
      logs.findings.length + extra.length > 0 || digests.problems.some((one) => !isDoubt(one))
        ? 'not intact'
        : digests.problems.length === 0 && groups.length === 0 && isProven(shown, logs)
          ? 'intact'
          : 'not proven',
    keys: sourcesOf(keys),
    keysBesideLogs: sourcesOf(onlyBeside(keys, digests.fingerprints)),
    digestCounts: digests.counts,
    logCounts: {
      intact: logs.intact,
      unproven: logs.unproven,
      altered: found('log altered'),
      missing: found('log missing'),
      extra: extra.length,
      uncovered: groups.reduce((sum, group) => sum + group.logs, 0),
      unreadable: found('log unreadable'),
    },
    chains: shown.slice(0, MOST),
    moreChains: Math.max(0, shown.length - MOST),
    problems: problems.listed,
    moreProblems: problems.more,
    uncovered: groups.slice(0, MOST).map(shownGroup),
    moreUncovered: Math.max(0, groups.length - MOST),
  };
}

function sourcesOf(keys: readonly TrailKey[]): readonly string[] {
  return [...new Set(keys.map(({ from }) => from))].toSorted();
}

/** The keys that verified a digest and lie nowhere but beside the logs. */
function onlyBeside(keys: readonly TrailKey[], used: ReadonlySet<string>): readonly TrailKey[] {
  const sure = new Set(
    keys.filter(({ isBeside }) => isBeside !== true).map(({ fingerprint }) => fingerprint),
  );
  return keys.filter(({ fingerprint }) => used.has(fingerprint) && !sure.has(fingerprint));
}

/** Whether each chain has a digest that is verified, and log files were looked at if there are any. */
function isProven(
  chains: readonly DigestChain[],
  { intact, unproven }: Pick<JudgedLogs, 'intact' | 'unproven'>,
): boolean {
  return (
    chains.length > 0 &&
    chains.every(({ spans }) => spans.some(({ provenUntil }) => provenUntil !== null)) &&
    (intact + unproven > 0 || chains.every((chain) => chain.logs === 0))
  );
}

/** Whether nothing was changed for all that is known: a key is not at hand, or nothing says that there was a digest. */
function isDoubt({ kind, path }: Pick<DigestProblem, 'kind' | 'path'>): boolean {
  return kind === 'key missing' || (kind === 'digest missing' && path === null);
}

function shownGroup(group: UncoveredGroup): UncoveredLogs {
  const { why, account, region, logs, since, until, path } = group;
  return {
    why,
    account,
    region,
    logs,
    since: since === undefined ? null : formatInstant(since),
    until: until === undefined ? null : formatInstant(until),
    path: pathText(path),
    message: uncoveredMessage(group),
  };
}

function byPlace(a: UncoveredGroup, b: UncoveredGroup): number {
  return (
    byCodePoint(a.account ?? '', b.account ?? '') ||
    byCodePoint(a.region ?? '', b.region ?? '') ||
    byCodePoint(a.why, b.why)
  );
}

/** From everything that was read to what a report says of it. */
import { formatInstant } from '../../cloudtrail/time/time.js';
import type {
  DigestChain,
  DigestCheck,
  DigestProblem,
  UncoveredLogs,
} from '../../report/completeness/completeness.js';
import { shownChains } from './chain/shown.js';
import { judgeDigests, touches, type DigestSettings } from './judged-digests.js';
import type { LogBook } from './logs/book.js';
import { Coverage } from './logs/coverage.js';
import { judgeLogs } from './logs/judge.js';
import { sortUnclaimed, type UncoveredGroup } from './logs/unclaimed.js';
import { pathText, uncoveredMessage } from './messages.js';
import { extraLog, wrongLog } from './problems.js';
import type { Shelf } from './verify/shelf.js';

/** So many are listed. */
const MOST = 1000;

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
  const problems = [
    ...digests.problems,
    ...logs.findings.map(wrongLog),
    ...extra.map(extraLog),
  ].toSorted(byKindAndPath);
  const shown = shownChains(chains, touches(window));
  const found = (kind: DigestProblem['kind']): number =>
    logs.findings.filter((finding) => finding.kind === kind).length;
  return {
    verdict: verdictOf(problems, groups, shown),
    keys: [...new Set(keys.map(({ from }) => from))].toSorted(),
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
    problems: problems.slice(0, MOST),
    moreProblems: Math.max(0, problems.length - MOST),
    uncovered: groups.slice(0, MOST).map(shownGroup),
    moreUncovered: Math.max(0, groups.length - MOST),
  };
}

function verdictOf(
  problems: readonly DigestProblem[],
  uncovered: readonly UncoveredGroup[],
  chains: readonly DigestChain[],
): DigestCheck['verdict'] {
  if (problems.some((problem) => !isDoubt(problem))) return 'not intact';
  const isProven =
    problems.length === 0 &&
    uncovered.length === 0 &&
    chains.length > 0 &&
    chains.every(({ spans }) => spans.some(({ provenUntil }) => provenUntil !== null));
  return isProven ? 'intact' : 'not proven';
}

/** Whether nothing was changed for all that is known: a key is not at hand, or nothing says that there was a digest. */
export function isDoubt({ kind, path }: Pick<DigestProblem, 'kind' | 'path'>): boolean {
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

function byKindAndPath(a: DigestProblem, b: DigestProblem): number {
  return (
    byText(a.kind, b.kind) ||
    byText(a.path ?? '', b.path ?? '') ||
    byText(a.since ?? '', b.since ?? '') ||
    byText(a.message, b.message)
  );
}

function byPlace(a: UncoveredGroup, b: UncoveredGroup): number {
  return (
    byText(a.account ?? '', b.account ?? '') ||
    byText(a.region ?? '', b.region ?? '') ||
    byText(a.why, b.why)
  );
}

/** By UTF-16 code unit, so the order is the same everywhere. */
function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

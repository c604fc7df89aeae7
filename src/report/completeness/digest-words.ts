/** What the check of CloudTrail's digests found, in short sentences. */
import { counted } from '../../text/counted.js';
import type { DigestCheck, DigestProblem, DigestProblemKind } from './digest-check.js';
import { minutesOf } from './words.js';

type Said = (count: number) => string;

const verb = (count: number, one: string, many: string): string => (count === 1 ? one : many);

/** The gravest first. Undefined for what proves nothing wrong. */
const SAID: Readonly<Record<DigestProblemKind, Said | undefined>> = {
  'log altered': (n) =>
    `${counted(n, 'log file')} ${verb(n, 'was', 'were')} altered (digests prove it)`,
  'log missing': (n) =>
    `${counted(n, 'log file')} ${verb(n, 'is', 'are')} missing (digests name ${verb(n, 'it', 'them')})`,
  'log extra': (n) =>
    `${counted(n, 'log file')} ${verb(n, 'is', 'are')} in no digest of ${verb(n, 'its', 'their')} time: added, or not as delivered`,
  'digest altered': (n) => `${counted(n, 'digest')} ${verb(n, 'was', 'were')} altered`,
  'signature wrong': (n) => `${counted(n, 'digest')} ${verb(n, 'has', 'have')} a wrong signature`,
  'digest missing': (n) => `${counted(n, 'digest')} ${verb(n, 'is', 'are')} missing`,
  'digest unreadable': (n) => `${counted(n, 'digest')} could not be read`,
  'log unreadable': (n) =>
    `${counted(n, 'log file')} could not be read, so ${verb(n, 'its digest is', 'their digests are')} not compared`,
  'key missing': undefined,
  'digest in another place': undefined,
};

/** What is wrong, the gravest first: one sentence for each kind. */
export function digestLosses(digests: DigestCheck): readonly string[] {
  const losses = lossesOf(digests);
  return losses.length === 0 && digests.verdict === 'not intact'
    ? ['the logs are not as their digests say']
    : losses;
}

function lossesOf(digests: DigestCheck): readonly string[] {
  return Object.entries(SAID).flatMap(([kind, said]) => {
    const problems = digests.problems.filter((one) => one.kind === kind);
    const count = Math.max(problems.length, countOf(digests, kind));
    return said === undefined || count === 0 ? [] : [`${said(count)}${timeText(problems)}`];
  });
}

/** The counts are of all problems, and the list is not. */
function countOf({ digestCounts, logCounts }: DigestCheck, kind: string): number {
  switch (kind) {
    case 'log altered':
      return logCounts.altered;
    case 'log missing':
      return logCounts.missing;
    case 'log extra':
      return logCounts.extra;
    case 'log unreadable':
      return logCounts.unreadable;
    case 'digest missing':
      return digestCounts.missing;
    default:
      return 0;
  }
}

/** Whether the message of a problem has its time: that of a missing digest is about nothing else. */
export function saysTime({ kind }: Pick<DigestProblem, 'kind'>): boolean {
  return kind === 'digest missing';
}

/** `, of 2026-03-01 04:00Z to 07:00Z`: digests that nothing names have no name to look for. */
function timeText(problems: readonly DigestProblem[]): string {
  const [first] = problems;
  if (first?.kind !== 'digest missing' || first.since === null || first.until === null) return '';
  const others = problems.length - 1;
  return `, of ${minutesOf(first.since, first.until)}${others > 0 ? ' and of other times' : ''}`;
}

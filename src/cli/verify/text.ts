/** The answer of `hunt verify` for people: the answer first, then what is wrong, then what was looked at, then what to do. */
import { minuteText } from '../../cloudtrail/time/time.js';
import type { Window } from '../../cloudtrail/time/window.js';
import type {
  ChainSpan,
  DigestChain,
  DigestProblem,
  DigestProblemKind,
} from '../../report/completeness/digest-check.js';
import { saysTime } from '../../report/completeness/digest-words.js';
import { isCutAfter, isCutBefore } from '../../report/completeness/span-edges.js';
import { safeLine } from '../../text/safe-text.js';
import { truncate, truncateStart } from '../../text/width.js';
import { headline, many } from './headline.js';
import { nextSteps } from './next-steps.js';
import type { Verified } from './verified.js';

/** In lines, and in columns. */
const MOST_PROBLEMS = 20;
const MOST_GROUPS = 20;
const MOST_CHAINS = 40;
const MOST_SPANS = 3;
const LONGEST = 500;
const LONGEST_PATH = 300;

/** The gravest first. */
const KINDS: readonly DigestProblemKind[] = [
  'log altered',
  'log missing',
  'log extra',
  'log unreadable',
  'digest altered',
  'signature wrong',
  'digest missing',
  'digest in another place',
  'digest unreadable',
  'key missing',
];

/** The whole text. Long lists are cut, with the number of what is left out. */
export function verifyText(verified: Verified): string {
  const { check, unreadable, moreUnreadable, window } = verified;
  const { problems, moreProblems, uncovered, moreUncovered, chains, moreChains } = check;
  return [
    line(headline(verified)),
    ...part('Problems', [
      ...KINDS.flatMap((kind) => problemLines(problems.filter((one) => one.kind === kind))),
      ...more(moreProblems, 'problem'),
    ]),
    ...part('Not covered by digests', [
      ...uncovered
        .slice(0, MOST_GROUPS)
        .flatMap(({ message, path }) => [message, `  one of them: ${end(path)}`]),
      ...more(Math.max(0, uncovered.length - MOST_GROUPS) + moreUncovered, 'line'),
    ]),
    ...part('Could not be read', [
      ...unreadable.slice(0, MOST_GROUPS).map(({ path, reason }) => `${end(path)}: ${reason}`),
      ...more(Math.max(0, unreadable.length - MOST_GROUPS) + moreUnreadable, 'file'),
    ]),
    ...part('Chains of digests', [
      ...chains.slice(0, MOST_CHAINS).map((chain) => chainLine(chain, window)),
      ...more(Math.max(0, chains.length - MOST_CHAINS) + moreChains, 'chain'),
      ...keysLine(check.keys),
    ]),
    ...part(
      'What to do next',
      nextSteps(verified).flatMap(({ why, commands }) => [
        why,
        ...commands.map((command) => `  ${command}`),
      ]),
      2048,
    ),
    '',
  ].join('\n');
}

function part(title: string, lines: readonly string[], longest = LONGEST): readonly string[] {
  return lines.length === 0 ? [] : ['', title, ...lines.map((text) => `  ${line(text, longest)}`)];
}

function problemLines(problems: readonly DigestProblem[]): readonly string[] {
  return [
    ...problems.slice(0, MOST_PROBLEMS).map(problemLine),
    ...more(Math.max(0, problems.length - MOST_PROBLEMS), `${problems[0]?.kind}`),
  ];
}

function problemLine(problem: DigestProblem): string {
  const { kind, path, account, region, since, until, message } = problem;
  const scope = [account, region].filter((word) => word !== null).join(' ');
  const when = since === null || saysTime(problem) ? '' : ` (${spanOf(since, until)})`;
  const what = path === null ? scope : `${end(path)}${when}`;
  return [kind, what, message].filter((word) => word !== '').join(': ');
}

function spanOf(since: string, until: string | null): string {
  return until === null || until === since
    ? minuteText(since)
    : `${minuteText(since)} to ${minuteText(until)}`;
}

function more(count: number, one: string): readonly string[] {
  return count === 0 ? [] : [`… and ${count} more (${one}): --format json has up to 1,000`];
}

function chainLine(chain: DigestChain, window: Window): string {
  const { account, region, trail, organization, isBackfill, spans, moreSpans } = chain;
  const name = [organization, account, region, trail].filter((word) => word !== null).join(' ');
  const shown = spans.slice(0, MOST_SPANS).map((span) => spanText(span, window));
  const others = spans.length - shown.length + moreSpans;
  return `${name}${isBackfill ? ', backfill' : ''}: ${many(chain.digests, 'digest')}, ${many(chain.logs, 'log file')}; ${[...shown, ...(others > 0 ? [`and ${others} more spans`] : [])].join('; ')}`;
}

/** The window ends there, and no digest beyond it was looked at. */
const AS_READ = 'as far as was read';

const BEGINS: Readonly<Record<ChainSpan['begins'], string>> = {
  start: 'the chain begins here',
  copy: 'earlier digests are not here',
  'after a gap': 'after missing digests',
};

const ENDS: Readonly<Record<ChainSpan['ends'], string>> = {
  tail: 'the newest digest is not verified',
  signature: 'verified to its end',
  gap: 'digests are missing after it',
  stop: 'the chain ends here, and a new one begins',
};

function spanText(span: ChainSpan, window: Window): string {
  const { since, until, begins, ends, provenUntil } = span;
  const beginning = isCutBefore(span, window) ? AS_READ : BEGINS[begins];
  const ending = isCutAfter(span, window) ? AS_READ : ENDS[ends];
  const edges = beginning === ending ? ending : `${beginning}; ${ending}`;
  const proven =
    provenUntil === until
      ? ''
      : provenUntil === null
        ? ', nothing proven'
        : `, proven until ${minuteText(provenUntil)}`;
  return `${minuteText(since)} to ${minuteText(until)} (${edges}${proven})`;
}

function keysLine(keys: readonly string[]): readonly string[] {
  return keys.length === 0 ? [] : [`public keys from ${keys.join(', ')}`];
}

function line(text: string, longest = LONGEST): string {
  return safeLine(truncate(text, longest));
}

/** Of a path, its end says which file it is. */
function end(path: string): string {
  return truncateStart(path, LONGEST_PATH);
}

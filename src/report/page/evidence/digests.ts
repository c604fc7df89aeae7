/** What the check of CloudTrail's digests found. */
import { truncate, truncateStart } from '../../../text/width.js';
import type {
  ChainSpan,
  DigestChain,
  DigestCheck,
  DigestProblem,
} from '../../completeness/digest-check.js';
import { saysTime } from '../../completeness/digest-words.js';
import { isCutAfter, type Bounds } from '../../completeness/span-edges.js';
import type { Report } from '../../report.js';
import { under, type Block, type Fact } from '../blocks/block.js';
import { joined, path, text, value, type Text } from '../blocks/text.js';
import { instant, timeSpan } from '../blocks/words.js';
import { moreBlock } from './more.js';

const MOST = { problems: 10, chains: 20, spans: 5, uncovered: 5, keys: 5 };
// In columns. A long path must not hide the reason.
const LONGEST_PATH = 300;
const LONGEST = 200;

type DigestReport = Pick<Report, 'completeness' | 'window'>;

/** Facts for the list of what was read. */
export function digestFacts(digests: DigestCheck | null): readonly Fact[] {
  if (digests === null) return [];
  const { digestCounts, logCounts, keys, keysBesideLogs } = digests;
  return [
    {
      label: 'digests',
      text: countsText([
        [digestCounts.verified, 'verified'],
        [digestCounts.backfill, 'of them backfill'],
        [digestCounts.unverifiedTail, 'newest whose signature is not at hand'],
        [digestCounts.withoutKey, 'without a public key'],
        [digestCounts.wrong, 'wrong'],
        [digestCounts.missing, 'missing'],
      ]),
    },
    {
      label: 'log files',
      text: text`by digests: ${countsText([
        [logCounts.intact, 'intact'],
        [logCounts.unproven, 'matching a digest that is not verified'],
        [logCounts.altered, 'altered'],
        [logCounts.missing, 'missing'],
        [logCounts.extra, 'in no digest of their time'],
        [logCounts.uncovered, 'without a digest'],
        [logCounts.unreadable, 'unreadable'],
      ])}`,
    },
    ...(keys.length === 0
      ? []
      : [
          {
            label: keysBesideLogs.length === 0 ? 'public keys' : 'public keys (beside the logs)',
            text: joined(
              [
                ...keys.slice(0, MOST.keys).map((key): Text => [path(truncateStart(key, LONGEST))]),
                ...(keys.length > MOST.keys ? [[`${keys.length - MOST.keys} more`]] : []),
              ],
              ', ',
            ),
          },
        ]),
  ];
}

function countsText(counts: readonly (readonly [number, string])[]): Text {
  const said = counts.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}`);
  return [said.length === 0 ? 'none' : said.join(', ')];
}

export function* digestBlocks({ completeness, window }: DigestReport): Generator<Block> {
  const { digests } = completeness;
  if (digests === null) return;
  const { problems, moreProblems, uncovered, moreUncovered } = digests;
  yield* under(
    ['What digests say is wrong'],
    [
      ...problems
        .slice(0, MOST.problems)
        .map(({ kind, path: file, since, until, account, region, message }): Block => ({
          kind: 'loss',
          text: text`${[kind]}${placeText(file, account, region)}${timeText({ kind, since, until })}: ${[truncate(message, LONGEST * 2)]}`,
        })),
      ...moreBlock(problems.length - MOST.problems + moreProblems),
    ],
  );
  yield* under(
    ['Log files without a digest'],
    [
      ...uncovered.slice(0, MOST.uncovered).map(({ message, logs, path: file }): Block => ({
        kind: 'item',
        head: [truncate(message, LONGEST * 2)],
        details: [text`${logs > 1 ? ['such as '] : []}${path(truncateStart(file, LONGEST_PATH))}`],
      })),
      ...moreBlock(uncovered.length - MOST.uncovered + moreUncovered),
    ],
  );
  yield* chainBlocks(digests, {
    since: window.since === null ? undefined : Date.parse(window.since),
    until: window.until === null ? undefined : Date.parse(window.until),
  });
}

function timeText({ kind, since, until }: TimeOf): Text {
  if (saysTime({ kind }) || (since === null && until === null)) return [];
  return [since === until ? `, of ${instant(since ?? '')}` : `, of ${timeSpan(since, until)}`];
}

type TimeOf = Pick<DigestProblem, 'kind' | 'since' | 'until'>;

function placeText(file: string | null, account: string | null, region: string | null): Text {
  if (file !== null) return text` ${path(truncateStart(file, LONGEST_PATH))}`;
  const names = [account, region].filter((name) => name !== null);
  return names.length === 0 ? [] : text` ${value(truncate(names.join(' '), LONGEST))}`;
}

/** A chain that is whole has nothing to say. */
function* chainBlocks({ chains, moreChains }: DigestCheck, bounds: Bounds): Generator<Block> {
  const broken = chains.filter(
    ({ spans, moreSpans }) => spans.length !== 1 || moreSpans > 0 || spans[0]?.ends === 'stop',
  );
  yield* under(
    ['Chains of digests with gaps'],
    [
      ...broken.slice(0, MOST.chains).map((chain) => chainBlock(chain, bounds)),
      ...(broken.length === 0 ? [] : moreBlock(broken.length - MOST.chains + moreChains)),
    ],
  );
}

function chainBlock(
  { account, region, trail, spans, moreSpans }: DigestChain,
  bounds: Bounds,
): Block {
  const more = spans.length - MOST.spans + moreSpans;
  return {
    kind: 'item',
    head: text`${value(truncate([account, region].join(' '), LONGEST))}, trail ${value(truncate(trail, LONGEST))}`,
    details: [
      ...spans.slice(0, MOST.spans).map((span) => spanText(span, bounds)),
      ...(more > 0 ? [[`and ${more} more`]] : []),
    ],
  };
}

const BEGINS: Readonly<Record<ChainSpan['begins'], string>> = {
  start: ', a new chain',
  copy: '',
  'after a gap': ', after a gap',
};
const ENDS: Readonly<Record<ChainSpan['ends'], string>> = {
  tail: ', the signature of the newest is not at hand',
  signature: '',
  gap: ', then digests are missing',
  stop: ', then the chain ends',
};

function spanText(span: ChainSpan, bounds: Bounds): Text {
  const { since, until, begins, ends } = span;
  return [
    `${timeSpan(since, until)}${BEGINS[begins]}${isCutAfter(span, bounds) ? '' : ENDS[ends]}`,
  ];
}

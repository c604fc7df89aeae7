/** What to look at first: of each reason how many findings there are, which of them are shown, and where the others are. */
import { formatInstant } from '../../cloudtrail/time/time.js';
import { ATTENTION_REASONS, type AttentionReason } from '../../report/attention.js';
import type { Attention, AttentionExample } from '../../report/overview.js';
import { CONCERNS } from '../../report/story.js';
import type { Facts } from '../facts.js';
import type { Shown } from '../shown.js';
import type { Reasons } from './reasons.js';

const MOST_EXAMPLES = 3;

/** Above all ranks of one concern. */
const CONCERN_STEP = 10;
const FAILED = CONCERN_STEP * CONCERNS.length;

/** The findings of one reason. */
export interface StandingOut {
  readonly reason: AttentionReason;
  readonly findings: readonly number[];
  /** The gravest first. */
  readonly examples: readonly number[];
}

/** The reasons that some finding has. What an earlier reason shows is shown again only where nothing else is left. */
export function standingOut(facts: Facts, reasons: Reasons): readonly StandingOut[] {
  const byReason = new Map<AttentionReason, number[]>(ATTENTION_REASONS.map((one) => [one, []]));
  for (const index of facts.indexes())
    for (const reason of reasons.of(index)) byReason.get(reason)?.push(index);
  const shown = new Set<number>();
  return [...byReason].flatMap(([reason, findings]) => {
    if (findings.length === 0) return [];
    const own = findings.filter((index) => !shown.has(index));
    const examples = gravest(own.length > 0 ? own : findings, (index) => gravityOf(facts, index));
    for (const index of examples) shown.add(index);
    return [{ reason, findings, examples }];
  });
}

/** As stories rank their changes: the lower, the graver. A failed call is the least. */
function gravityOf(facts: Facts, index: number): number {
  if (facts.kindOf(index) === 'failed') return FAILED;
  return CONCERN_STEP * CONCERNS.indexOf(facts.concernOf(index)) + facts.rankOf(index);
}

/** The few with the lowest rank, in the order of ranks, then in that of the report. */
function gravest(
  findings: readonly number[],
  rankOf: (index: number) => number,
): readonly number[] {
  let first: readonly { readonly index: number; readonly rank: number }[] = [];
  for (const index of findings) {
    const rank = rankOf(index);
    const last = first[MOST_EXAMPLES - 1];
    if (last !== undefined && last.rank <= rank) continue;
    first = [...first, { index, rank }].toSorted((a, b) => a.rank - b.rank).slice(0, MOST_EXAMPLES);
  }
  return first.map(({ index }) => index);
}

/** As a report has it. `shown` has what is shown of the examples. */
export function attentionOf(
  { reason, findings, examples }: StandingOut,
  { facts, shown }: { readonly facts: Facts; readonly shown: ReadonlyMap<number, Shown> },
): Attention {
  return {
    reason,
    findings: findings.length,
    examples: examples.flatMap((index): readonly AttentionExample[] => {
      const one = shown.get(index);
      if (one === undefined) return [];
      const { eventID, eventTime, actor, tool, sentence } = one;
      const known = { eventID, eventTime, actor, tool, sentence };
      return [{ number: index + 1, ...known, ...facts.lastEndOf(index) }];
    }),
    ...spanOf(
      findings.filter((index) => !examples.includes(index)),
      facts,
    ),
  };
}

function spanOf(
  others: readonly number[],
  facts: Facts,
): Pick<Attention, 'othersFrom' | 'othersUntil'> {
  let [from, until] = [Infinity, -Infinity];
  for (const index of others) {
    const instant = facts.instantOf(index);
    if (instant < from) from = instant;
    if (instant > until) until = instant;
  }
  return from <= until
    ? { othersFrom: formatInstant(from), othersUntil: formatInstant(until) }
    : { othersFrom: null, othersUntil: null };
}

/** From the report of the one reading to what `hunt init` proposes, and what that would do. */
import type { Report } from '../../report/report.js';
import { bind } from '../../rule/bind.js';
import { builtInUntested, foldersOfAll } from '../../rule/catalog/built-in.js';
import { requiredValues } from '../../rule/condition/required-values.js';
import { decide, type Decision } from './proposal/decide.js';
import { effectOf, type Effect } from './proposal/effect.js';
import { factsOf } from './facts/facts.js';
import { onlyReads, type OnlyReads } from './facts/plans.js';
import type { Proposal } from './proposal/proposal.js';
import { countsText } from './facts/seen.js';
import { tally, type Line, type Tallied } from './facts/tally.js';

export interface InitPlan {
  readonly tallied: Tallied;
  readonly decisions: ReadonlyMap<Line, Decision>;
  readonly effect: Effect;
  readonly plans: readonly OnlyReads[];
  /** The calls of what stays visible that no rule of the pack but AWS.Any.* looks for. */
  readonly notCovered: readonly (readonly [name: string, count: number])[];
}

/** Reads the findings of the report several times, and the logs no more. */
export function initPlan(report: Report, minDays: number): InitPlan {
  const tallied = tally(report.findings);
  const { lines } = tallied;
  const isFollowed = report.warnings.every(({ code }) => code !== 'KEYS_NOT_FOLLOWED');
  const facts = factsOf(report, lines);
  const first = decide(lines, { facts, minDays, isFollowed });
  const { decisions, effect } = withoutSuspects(report, first);
  const covered = namesOfPack();
  return {
    tallied,
    decisions,
    effect,
    plans: onlyReads(report.sections, lines),
    notCovered: effect.calls.filter(([name]) => !covered.has(name)),
  };
}

/** The proposals of a kind, each once. What an allowance leaves visible may be a question. */
export function proposalsOf(
  decisions: Iterable<Decision>,
  kind: 'allow' | 'ask',
): readonly Proposal[] {
  const all = [...decisions].flatMap((one) => proposalsIn(one, kind));
  return [...new Set(all)];
}

function proposalsIn(decision: Decision, kind: 'allow' | 'ask'): readonly Proposal[] {
  if (decision.kind !== 'allow' && decision.kind !== 'ask') return [];
  const { proposal, further } = decision;
  return [
    ...(proposal !== null && decision.kind === kind ? [proposal] : []),
    ...(kind === 'ask' ? further.map((one) => one.proposal) : []),
  ];
}

/** Whatever the reasons were: what would hide a change by a person, or one with a flag, is a question. */
function withoutSuspects(
  { findings }: Report,
  decisions: ReadonlyMap<Line, Decision>,
): Pick<InitPlan, 'decisions' | 'effect'> {
  const effectFor = (of: ReadonlyMap<Line, Decision>): Effect =>
    effectOf(findings, proposalsOf(of.values(), 'allow'), proposalsOf(of.values(), 'ask'));
  const effect = effectFor(decisions);
  const isWrong = (proposal: Proposal): boolean => {
    const hides = effect.hides.get(proposal);
    return hides === undefined || hides.suspects.size > 0 || hides.changes === 0;
  };
  const changed = [...decisions].map(([line, decision]): readonly [Line, Decision] => {
    if (decision.kind !== 'allow' || !isWrong(decision.proposal)) return [line, decision];
    const hides = effect.hides.get(decision.proposal);
    const why =
      hides?.changes === 0
        ? 'it would hide nothing'
        : `it would hide changes that deserve a second look: ${countsText(hides?.suspects)}`;
    const { proposal, further } = decision;
    return [line, { kind: 'ask', proposal, why: [why], further }];
  });
  if (changed.every(([line, decision]) => decisions.get(line) === decision))
    return { decisions, effect };
  const kept = new Map(changed);
  return { decisions: kept, effect: effectFor(kept) };
}

let ofPack: ReadonlySet<string> | undefined;

/** The names of all calls that a rule of the pack looks for. */
function namesOfPack(): ReadonlySet<string> {
  return (ofPack ??= readNamesOfPack());
}

function readNamesOfPack(): ReadonlySet<string> {
  const rules = builtInUntested(foldersOfAll()).map((rule) => bind(rule, new Map()));
  return new Set(
    rules.flatMap(({ condition }) => requiredValues(condition, 'eventName')?.values ?? []),
  );
}

/** Tries proposals on logs or on a table: applies the rules as they are, and says what each entry would have hidden. */
import type { Finding } from '../../report/finding.js';
import type { Report } from '../../report/report.js';
import { EffectTally, shownOf, type Effect, type Shown } from './effect.js';
import { meaningOf } from './entry.js';
import type { Proposal } from './propose.js';

export interface Tried {
  readonly effect: Effect;
  /** What it would hide, and the report of the decisions does not have. */
  readonly others: Effect;
  /** What it would hide, and nothing may hide: how many, and one of them. */
  readonly conflicts: number;
  readonly conflict: Shown | undefined;
}

/** In the order of the proposals. */
export function triedOn(
  report: Report,
  proposals: readonly Pick<Proposal, 'selectors'>[],
  {
    isInReport,
    isProtected,
  }: Readonly<Record<'isInReport' | 'isProtected', (finding: Finding) => boolean>>,
): readonly Tried[] {
  const all = proposals.map(({ selectors }) => ({
    meaning: meaningOf(selectors),
    tally: new EffectTally(),
    others: new EffectTally(),
    conflicts: 0,
    conflict: undefined as Shown | undefined,
  }));
  for (const finding of report.findings)
    for (const one of all) {
      if (!one.meaning.mayHide(finding)) continue;
      one.tally.add(finding);
      if (!isInReport(finding)) one.others.add(finding);
      if (!isProtected(finding)) continue;
      one.conflicts += 1;
      one.conflict ??= shownOf(finding);
    }
  return all.map(({ tally, others, conflicts, conflict }) => ({
    effect: tally.effect(),
    others: others.effect(),
    conflicts,
    conflict,
  }));
}

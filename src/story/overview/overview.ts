/** Takes findings one by one, and keeps the numbers of the overview. */
import { nameIn } from '../../report/counted-by.js';
import type { BriefFinding } from '../../report/finding.js';
import { BREAKDOWNS, type Attention, type Overview } from '../../report/overview.js';
import type { Facts } from '../facts.js';
import { NameCounts, type Mark } from './name-counts.js';
import { timelineOf } from './timeline.js';

export class OverviewCounts {
  readonly #byName = BREAKDOWNS.map((by) => ({ by, counts: new NameCounts() }));

  add(finding: BriefFinding, mark: Mark): void {
    for (const { by, counts } of this.#byName) counts.add(nameIn(by, finding), mark);
  }

  /** `facts` has what is kept of the same findings. */
  overview(facts: Facts, attention: readonly Attention[]): Overview {
    return {
      timeline: timelineOf(facts),
      breakdowns:
        facts.length === 0 ? [] : this.#byName.map(({ by, counts }) => counts.breakdown(by)),
      attention,
    };
  }
}

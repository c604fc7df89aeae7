/** Takes findings one by one, and keeps the numbers of the overview. */
import { nameIn } from '../../report/counted-by.js';
import type { BriefFinding } from '../../report/finding.js';
import {
  ATTENTION_REASONS,
  BREAKDOWNS,
  type AttentionExample,
  type AttentionReason,
  type Overview,
} from '../../report/overview.js';
import type { Facts } from '../facts.js';
import { sentenceOf } from '../sentence.js';
import { NameCounts, type Mark } from './name-counts.js';
import { timelineOf } from './timeline.js';

const MOST_EXAMPLES = 3;

export class OverviewCounts {
  readonly #byName = BREAKDOWNS.map((by) => ({ by, counts: new NameCounts() }));
  readonly #byReason = ATTENTION_REASONS.map((reason) => ({
    reason,
    findings: 0,
    examples: new Array<AttentionExample>(),
  }));
  #length = 0;

  add(finding: BriefFinding, reasons: readonly AttentionReason[], mark: Mark): void {
    this.#length += 1;
    for (const { by, counts } of this.#byName) counts.add(nameIn(by, finding), mark);
    for (const one of this.#byReason) {
      if (!reasons.includes(one.reason)) continue;
      one.findings += 1;
      const { eventID, eventTime } = finding;
      if (one.examples.length < MOST_EXAMPLES)
        one.examples.push({
          number: this.#length,
          eventID,
          eventTime,
          sentence: sentenceOf(finding),
        });
    }
  }

  /** `facts` has what is kept of the same findings. */
  overview(facts: Facts): Overview {
    return {
      timeline: timelineOf(facts),
      breakdowns:
        this.#length === 0 ? [] : this.#byName.map(({ by, counts }) => counts.breakdown(by)),
      attention: this.#byReason.filter(({ findings }) => findings > 0),
    };
  }
}

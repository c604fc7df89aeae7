/** Takes findings one by one, and keeps the numbers of the overview. */
import { shortened } from '../../change/sentence.js';
import { LONGEST_NAME, nameIn } from '../../report/counted-by.js';
import type { BriefFinding } from '../../report/finding.js';
import { ATTENTION_REASONS, type AttentionReason } from '../../report/attention.js';
import { BREAKDOWNS, type AttentionExample, type Overview } from '../../report/overview.js';
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
    examples: new Array<Example>(),
  }));
  #length = 0;

  add(finding: BriefFinding, reasons: readonly AttentionReason[], mark: Mark): void {
    this.#length += 1;
    for (const { by, counts } of this.#byName) counts.add(nameIn(by, finding), mark);
    for (const one of this.#byReason) {
      if (!reasons.includes(one.reason)) continue;
      one.findings += 1;
      if (one.examples.length < MOST_EXAMPLES) one.examples.push(exampleOf(finding, this.#length));
    }
  }

  /** `facts` has what is kept of the same findings. */
  overview(facts: Facts): Overview {
    return {
      timeline: timelineOf(facts),
      breakdowns:
        this.#length === 0 ? [] : this.#byName.map(({ by, counts }) => counts.breakdown(by)),
      attention: this.#byReason
        .filter(({ findings }) => findings > 0)
        .map(({ examples, ...one }) => ({
          ...one,
          examples: examples.map((example) => ({
            ...example,
            ...facts.lastEndOf(example.number - 1),
          })),
        })),
    };
  }
}

/** What is known of an example before all findings are read. */
type Example = Omit<AttentionExample, 'end' | 'until'>;

function exampleOf(finding: BriefFinding, number: number): Example {
  const { eventID, eventTime, actor, how } = finding;
  return {
    number,
    eventID,
    eventTime,
    actor: shortened(actor.name, LONGEST_NAME),
    tool: how.tool === null ? null : shortened(how.tool, LONGEST_NAME),
    sentence: sentenceOf(finding),
  };
}

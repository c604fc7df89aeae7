/** What stories and the overview show of a finding. They show few findings, which are read once more for it. */
import { shortened } from '../change/sentence.js';
import { LONGEST_NAME } from '../report/counted-by.js';
import type { MatchedFinding } from '../report/finding.js';
import type { AttentionExample } from '../report/overview.js';
import { sentenceOf } from './sentence.js';
import { distinct } from './state-key.js';

/** Of each finding. */
export const MOST_STATES = 50;

export interface Shown extends Omit<AttentionExample, 'number' | 'end' | 'until'> {
  readonly states: readonly { readonly resource: string; readonly what: string }[];
}

export function shownOf(finding: MatchedFinding): Shown {
  const { eventID, eventTime, actor, how, change } = finding;
  return {
    eventID,
    eventTime,
    actor: shortened(actor.name, LONGEST_NAME),
    tool: how.tool === null ? null : shortened(how.tool, LONGEST_NAME),
    sentence: sentenceOf(finding),
    states: distinct(change?.begins ?? [])
      .slice(0, MOST_STATES)
      .map(({ resource, what }) => ({
        resource: shortened(resource, LONGEST_NAME),
        what: shortened(what, LONGEST_NAME),
      })),
  };
}

/** A finding in one sentence, as stories and the overview quote it. */
import { shortened } from '../change/sentence.js';
import { calledText } from '../report/called.js';
import type { MatchedFinding } from '../report/finding.js';

const LONGEST = 400;

/** Of a finding without a change, which call it was. Cut to a line. */
export function sentenceOf({
  change,
  eventName,
}: Pick<MatchedFinding, 'change' | 'eventName'>): string {
  return shortened(change?.sentence ?? calledText(eventName), LONGEST);
}

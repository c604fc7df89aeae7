/** The title of a story: the worst that it came to, then what else there was. */
import { shortened } from '../change/sentence.js';
import { durationText } from '../report/duration.js';
import { CONCERNS, type Concern, type StoryPoint } from '../report/story.js';
import { counted } from '../text/counted.js';
import type { Tally } from './groups.js';

const LONGEST_SENTENCE = 160;

/** `opened tcp 22 to everyone … (for 109 s), 1 more exposure, 3 ways in, 8 other changes, 2 failed attempts`. */
export function titleOf(
  tally: Omit<Tally, 'networkActivity'>,
  points: readonly StoryPoint[],
): string {
  const [worst] = points;
  if (worst === undefined) return failures(tally.failed);
  const done = tally.changes + tally.sessions + tally.reads;
  const failed = tally.failed === 0 ? [] : [failures(tally.failed)];
  if (done === 0)
    return `${failures(tally.failed)}: ${shortened(worst.sentence, LONGEST_SENTENCE)}`;
  const rest = CONCERNS.flatMap((concern) => {
    const count = tally.concerns[concern] - Number(concern === worst.concern);
    return count <= 0 ? [] : [concernText(concern, count, concern === worst.concern)];
  });
  const isChange = tally.concerns[worst.concern] > 0;
  const quiet = done - sumOf(tally.concerns) - Number(!isChange);
  return [
    `${shortened(worst.sentence, LONGEST_SENTENCE)}${lasting(worst)}`,
    ...rest,
    ...(quiet > 0
      ? [counted(quiet, 'call that changes nothing', 'calls that change nothing')]
      : []),
    ...failed,
  ].join(', ');
}

function sumOf(concerns: Tally['concerns']): number {
  return CONCERNS.reduce((sum, concern) => sum + concerns[concern], 0);
}

function failures(count: number): string {
  return counted(count, 'failed attempt');
}

function lasting({ concern, eventTime, end, until }: StoryPoint): string {
  if (until === null) return '';
  const span = durationText(Date.parse(until) - Date.parse(eventTime));
  if (concern === 'exposed') return ` (for ${span})`;
  return end === 'deleted' ? ` (ended by a deletion after ${span})` : ` (undone after ${span})`;
}

function concernText(concern: Concern, count: number, isMore: boolean): string {
  const more = isMore ? 'more ' : '';
  switch (concern) {
    case 'exposed':
      return counted(count, `${more}exposure`);
    case 'access':
      return counted(count, `${more}way in`, `${more}ways in`);
    case 'logs':
      return counted(
        count,
        `${more}change that weakens the logs`,
        `${more}changes that weaken the logs`,
      );
    case 'destroyed':
      return counted(
        count,
        `${more}change that destroys data or backups`,
        `${more}changes that destroy data or backups`,
      );
    case 'data':
      return counted(
        count,
        `${more}call that reaches data or credentials`,
        `${more}calls that reach data or credentials`,
      );
    case 'other':
      return counted(count, isMore ? 'more change' : 'other change');
    default:
      return concern satisfies never;
  }
}

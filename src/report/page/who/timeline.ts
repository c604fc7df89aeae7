/** Everything that somebody did, as one time line: above the lines stand the identity, the address and the tool that they share. */
import { shortened } from '../../../change/sentence.js';
import { counted } from '../../../text/counted.js';
import type { Finding } from '../../finding.js';
import type { Report } from '../../report.js';
import type { Block, TimelineFinding, TimelineItem } from '../blocks/block.js';
import { plainText, someOf, text, value, type Text } from '../blocks/text.js';
import { detailsOf, type DetailFacts } from '../timeline/details.js';
import { howText } from '../timeline/facts.js';
import { lineOf, type LineFacts } from '../timeline/line.js';
import { fileBlocks } from '../timeline/files.js';
import { surveyOf } from '../timeline/survey.js';
import { instant } from '../blocks/words.js';
import { AlikeLines, type Alike } from './alike.js';
import { isTheirs, theirs } from './theirs.js';
import { addressText, identityText } from './identity.js';

const LONGEST_NAME = 60;

interface WhoFacts extends LineFacts, DetailFacts {}

/** The time line; nothing where there are no findings. */
export function* whoTimeline(report: Report): Generator<Block> {
  const [first] = theirs(report.findings);
  if (first === undefined) return;
  const survey = surveyOf(report);
  const isByTime = report.order === 'time';
  const facts: WhoFacts = {
    accountNames: survey.accountNames,
    paths: report.source.paths,
    ruleNumbers: new Map(),
    files: survey.files.size < 2 ? new Map() : survey.files,
    hasDay: isByTime,
    expires: new Map(),
    hasTickets: false,
  };
  yield { kind: 'title', text: ['Time line'] };
  yield { kind: 'timeline', items: itemsOf(report, facts) };
  yield* fileBlocks(report, survey);
}

/** Made anew for each iteration, so that the findings need not fit into memory. */
function itemsOf({ findings }: Report, facts: WhoFacts): Iterable<TimelineItem> {
  return {
    *[Symbol.iterator]() {
      let day: string | undefined;
      let run: string | undefined;
      let who: string | undefined;
      const lines = new AlikeLines();
      let number = 0;
      for (const finding of findings) {
        number += 1;
        if (!isTheirs(finding)) continue;
        const own = dayOf(finding);
        const [whoNow, howNow] = [whoText(finding), howText(finding)];
        const [whoKey, runKey] = [plainText(whoNow), plainText(text`${whoNow}, ${howNow}`)];
        if ((facts.hasDay && own !== day) || runKey !== run)
          for (const alike of lines.end()) yield lineFor(alike, facts);
        if (facts.hasDay && own !== day) yield { kind: 'day', text: [own] };
        const whole = text`${whoNow}, ${howNow}`;
        if (whoKey !== who) yield { kind: 'run', text: whole, whole };
        else if (runKey !== run) yield { kind: 'run', text: text`the same, ${howNow}`, whole };
        [day, who, run] = [own, whoKey, runKey];
        for (const alike of lines.add(finding, number)) yield lineFor(alike, facts);
      }
      for (const alike of lines.end()) yield lineFor(alike, facts);
    },
  };
}

function whoText(finding: Finding): Text {
  return text`${identityText(finding)} from ${addressText(finding)}`;
}

function lineFor(alike: Alike, facts: WhoFacts): TimelineFinding {
  const { first, number, also, count, until } = alike;
  const line = { ...lineOf(first, facts), number, details: () => detailsOf(first, facts) };
  if (count === 1) return line;
  const last =
    until === null || until === first.eventTime ? [] : [`, until ${instant(until).slice(11)}`];
  return { ...line, also, change: text`${line.change}; and ${othersText(alike)}${last}` };
}

/** `1 more like it`; of calls on other things, on how many: `2 more of this call, on 2 other things: vpc-1, vpc-2`. */
function othersText({ count, others, things, areMore, isAgain }: Alike): Text {
  if (things === 0) return [`${count - 1} more like it`];
  const names = others.map((name) => [value(shortened(name, LONGEST_NAME))]);
  const number = areMore
    ? `${things} or more other things`
    : counted(things, 'other thing', 'other things');
  const on = `${isAgain ? 'this and ' : ''}${number}`;
  return text`${count - 1} more of this call, on ${[on]}: ${someOf(names, things)}`;
}

function dayOf({ eventTime }: Finding): string {
  return eventTime === null ? 'no readable time' : eventTime.slice(0, eventTime.indexOf('T'));
}

/** The page of `hunt who`: first what somebody did in numbers, then as whom, then every call but reads, then what was read for it. */
import { counted } from '../../../text/counted.js';
import { truncate } from '../../../text/width.js';
import type { CallCount, Report, Section } from '../../report.js';
import type { Block, Fact } from '../blocks/block.js';
import { completenessBlocks } from '../evidence/completeness.js';
import { funnelBlocks } from '../section/funnel.js';
import { under } from '../blocks/block.js';
import { storyBlocks } from '../stories.js';
import { text, value, type Text } from '../blocks/text.js';
import { warningBlock } from '../blocks/warning.js';
import { accountText } from '../blocks/account-name.js';
import { USER_HOURS } from '../../../change/actor/behind.js';
import { surveyOf } from '../timeline/survey.js';
import { instant } from '../blocks/words.js';
import { countsText } from './answer.js';
import { byFailure } from './calls.js';
import { isFollowed, linkBlocks } from './links.js';
import { partialNames, partialText } from './partial-names.js';
import { addressText } from './identity.js';
import { callText, type Share } from './shares.js';
import { stretch, type Span } from './span.js';
import { whoSurveyOf, type WhoSurvey } from './survey.js';
import { whoTimeline } from './timeline.js';

// In columns.
const NAME = 176;
const CODE = 60;
const STAGE = 140;
/** Lines of each list. The JSON report has all. */
const SHOWN = 12;

const SAID_FIRST: ReadonlySet<string> = new Set([
  'INSTANCE_CREDENTIALS_ELSEWHERE',
  'KEYS_NOT_FOLLOWED',
  'NOBODY_FOUND',
  'WHO_TOO_WIDE',
  'WHO_WIDENED',
]);

const NOTE =
  'times are UTC; hunt show LOGS EVENT-ID prints an event; reads are counted and not listed';

/** Whether every call is here. Before a window, `hunt who` looks for keys only in the time that a session lasts. */
function wholeText(report: Report): string {
  if (!isFollowed(report)) return '';
  return report.window.since === null
    ? '; all other calls are here, alike ones on one line'
    : `; calls with keys that were issued more than ${USER_HOURS} hours before the window are not here`;
}

export function* whoBlocks(report: Report): Generator<Block> {
  const survey = whoSurveyOf(report);
  yield { kind: 'title', text: text`What ${value(report.subject?.text ?? '')} did` };
  const { first, last, account, region, accountNames } = {
    ...surveyOf(report),
    ...callSpan(report),
  };
  yield { kind: 'paragraph', text: text`${[countsText(survey)]}${spanText(first, last)}` };
  const where = [
    account === null ? [] : text`account ${accountText(account, accountNames)}, `,
    region === null ? [] : text`${region}, `,
  ].flat();
  yield { kind: 'paragraph', text: [...where, `${NOTE}${wholeText(report)}`] };
  // What was read says it too, where few would see it.
  for (const warning of report.warnings)
    if (SAID_FIRST.has(warning.code)) yield warningBlock(warning);
  yield* callerBlocks(report);
  yield* addressBlocks(report, survey);
  yield* shareBlocks('With which tools (calls of the time line)', survey.tools);
  yield* linkBlocks(report, survey);
  yield* shareBlocks('Changes by call', survey.changes.change);
  yield* shareBlocks('Operations by call', survey.changes.operation);
  yield* shareBlocks('Calls that change no resource', survey.changes.other);
  yield* callBlocks(survey);
  yield* storyBlocks(report);
  yield* storyNote(report, survey);
  yield* whoTimeline(report);
  const [section] = report.sections;
  if (section !== undefined) {
    yield* under(['Warnings'], section.warnings.map(warningBlock));
    yield* under(['From records to what they did'], funnelBlocks(withShortStages(section)));
  }
  yield* completenessBlocks(report);
}

/** The numbers above would contradict those of the stories. */
function* storyNote({ stories }: Report, { done }: WhoSurvey): Generator<Block> {
  if (stories.length > 0 && done.operation + done.other > 0)
    yield {
      kind: 'paragraph',
      text: ['stories count operations and calls that change no resource among the changes'],
    };
}

/** The principals of all calls, reads too. */
function* callerBlocks(report: Report): Generator<Block> {
  const { callers } = report;
  if (callers === null || callers.length === 0) return;
  yield* listBlocks(
    'As whom (all calls, reads too)',
    callers.map(({ principal, events }) => ({
      label: counted(events, 'call'),
      text: [principal === null ? 'no name' : value(truncate(principal, NAME))],
    })),
  );
  for (const part of partialNames(report)) yield { kind: 'paragraph', text: partialText(part) };
}

/** Where all calls came from. A thief may do nothing but read. */
function* addressBlocks({ addresses }: Report, survey: WhoSurvey): Generator<Block> {
  if (addresses === null) {
    yield* shareBlocks('From where (calls of the time line)', survey.addresses);
    return;
  }
  yield* shareBlocks(
    'From where (all calls, reads too)',
    addresses.map(({ address, events, first, last }) => ({
      text: addressText({ sourceIPAddress: address }),
      count: events,
      first,
      last,
    })),
  );
}

/** When the first and the last of all calls were, reads too; nothing where calls are not counted. */
function callSpan({ calls }: Report): Partial<Span> {
  if (calls === null) return {};
  const span: Span = { first: null, last: null };
  for (const { first, last } of calls) {
    stretch(span, first);
    stretch(span, last);
  }
  return span;
}

/** What failed, whether the time line has it or it would only have read; and reads. */
function* callBlocks({ failed, reads, failedReads }: WhoSurvey): Generator<Block> {
  const failures = byFailure([...failed, ...failedReads]);
  yield* shareBlocks('Refused calls (reads too)', failures.refused.map(callShare));
  yield* shareBlocks('Sign-ins that failed', failures['sign-in'].map(callShare));
  yield* shareBlocks(
    'Calls that failed for another reason (reads too)',
    failures.otherwise.map(callShare),
  );
  yield* shareBlocks('Reads', reads.map(callShare));
}

function callShare(call: CallCount): Share {
  const { errorCode, events, first, last } = call;
  const error = errorCode === null ? [] : text` ${truncate(errorCode, CODE)}`;
  return { text: text`${truncate(callText(call), NAME)}${error}`, count: events, first, last };
}

function* shareBlocks(heading: string, shares: readonly Share[]): Generator<Block> {
  yield* listBlocks(
    heading,
    shares.map((share) => ({ label: String(share.count), text: shareText(share) })),
  );
}

function* listBlocks(heading: string, facts: readonly Fact[]): Generator<Block> {
  if (facts.length === 0) return;
  const more = facts.length - SHOWN;
  yield { kind: 'heading', text: [heading] };
  yield { kind: 'facts', facts: facts.slice(0, SHOWN) };
  if (more > 0) yield { kind: 'paragraph', text: [`and ${counted(more, 'other')}`] };
}

/** All their keys stand in a stage: the JSON report has them. */
function withShortStages(section: Section): Section {
  const funnel = section.funnel.map(({ stage, events }) => ({
    stage: truncate(stage, STAGE),
    events,
  }));
  return { ...section, funnel };
}

function shareText({ text: of, first, last }: Share): Text {
  return text`${of}${spanText(first, last)}`;
}

/** `, 2023-07-10 11:54:39Z to 12:28:41Z` */
function spanText(first: string | null, last: string | null): Text {
  if (first === null || last === null) return [];
  return first === last
    ? [`, ${instant(first)}`]
    : [`, ${instant(first)} to ${withoutDay(last, first)}`];
}

function withoutDay(at: string, from: string): string {
  return at.slice(0, 10) === from.slice(0, 10) ? instant(at).slice(11) : instant(at);
}

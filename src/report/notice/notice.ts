/**
 * What a message about a report says: a subject in the words of the report's answer, and a few lines. Every kind of message is
 * made from it. It has no secret, and no text of a log that could act on its reader (a link, a mention), so that it may be kept.
 */
import { safeLine } from '../../text/safe-text.js';
import { answerText } from '../page/answer.js';
import { plainText } from '../page/blocks/text.js';
import { calledText } from '../called.js';
import { newFindings } from '../news.js';
import type { Report } from '../report.js';
import { CONCERNS, type StoryPoint } from '../story.js';
import { limited } from './limited.js';

/** A plain object: it can be kept as JSON. */
export interface Notice {
  /** One line. */
  readonly subject: string;
  /** The answer of the report in one sentence. */
  readonly answer: string;
  /** How many findings are new, accepted and so on; null if the hunt has nothing to compare with. */
  readonly counts: string | null;
  /** The changes that matter most, each in one line. */
  readonly changes: readonly string[];
  /** How many changes the lines leave out. */
  readonly moreChanges: number;
  /** Why the hunt is not complete; empty if it is. */
  readonly incomplete: readonly string[];
  /** How far the report can be trusted, in one line. Null where `incomplete` says it. */
  readonly completeness: string | null;
  /** The files of the report. */
  readonly files: readonly string[];
  readonly report: string | null;
  readonly period: string | null;
  readonly run: number | null;
  readonly findings: number;
  /** Whether there is something to tell: what is new, what was accepted until now, or evidence that was lost. */
  readonly isNews: boolean;
}

export interface NoticeRequest {
  /** Why the exit code is 3; empty if it is not. */
  readonly incomplete: readonly string[];
  /** The files that the report was written to. */
  readonly files: readonly string[];
}

const MOST_CHANGES = 10;
const MOST_REASONS = 3;
const MOST_FILES = 10;
/** In UTF-16 units. Mail programs and chats cut a longer subject anyway. */
const SUBJECT = 180;
const LINE = 400;

/** All texts are bounded, so that a message stays short whatever the logs have. */
export function noticeOf(report: Report, { incomplete, files }: NoticeRequest): Notice {
  const { run, dispositions, findings } = report;
  const answer = plainText(answerText(report));
  const counts = dispositions === null ? null : countsText(dispositions);
  const points = pointsOf(report);
  const about = run === null ? 'hunt' : `hunt ${run.report} ${run.period.name}`;
  const mark = incomplete.length === 0 ? '' : ' (INCOMPLETE)';
  return {
    subject: bounded(`${about}${mark}: ${counts === null ? '' : `${counts}; `}${answer}`, SUBJECT),
    answer: bounded(answer, LINE),
    counts,
    changes: points.slice(0, MOST_CHANGES).map(pointText),
    moreChanges: Math.max(0, findings.length - Math.min(points.length, MOST_CHANGES)),
    incomplete: incomplete.slice(0, MOST_REASONS).map((reason) => bounded(reason, LINE)),
    completeness: incomplete.length > 0 ? null : bounded(report.completeness.sentence, LINE),
    files: files.slice(0, MOST_FILES).map((file) => bounded(file, LINE)),
    report: run?.report ?? null,
    period: run?.period.name ?? null,
    run: run?.number ?? null,
    findings: findings.length,
    isNews: incomplete.length > 0 || newFindings(report) > 0,
  };
}

function countsText(counts: NonNullable<Report['dispositions']>): string {
  const parts = [
    `${counts.new} new`,
    ...(counts.expired > 0 ? [`${counts.expired} no longer accepted`] : []),
    ...(counts.late > 0 ? [`${counts.late} of earlier days`] : []),
    ...(counts.accepted > 0 ? [`${counts.accepted} accepted`] : []),
    ...(counts.known > 0 ? [`${counts.known} known`] : []),
    ...(counts.tickets === null ? [] : [`${counts.unexplained} unexplained`]),
  ];
  return parts.join(', ');
}

/** The changes that matter most in the stories; without stories, the first findings. */
function pointsOf({
  stories,
  findings,
}: Report): readonly Pick<StoryPoint, 'eventTime' | 'actor' | 'sentence'>[] {
  const points = stories.flatMap((story) => story.points);
  if (points.length > 0)
    return points.toSorted((a, b) => CONCERNS.indexOf(a.concern) - CONCERNS.indexOf(b.concern));
  const first = [];
  for (const { eventTime, actor, change, eventName } of findings) {
    if (first.length === MOST_CHANGES) break;
    const sentence = change?.sentence ?? calledText(eventName);
    first.push({ eventTime: eventTime ?? 'at an unknown time', actor: actor.name, sentence });
  }
  return first;
}

function pointText({
  eventTime,
  actor,
  sentence,
}: Pick<StoryPoint, 'eventTime' | 'actor' | 'sentence'>): string {
  const time = eventTime.replace(/^(.{10})T(.{8})\.\d+Z$/, '$1 $2Z');
  return bounded(`${time} ${actor}: ${sentence}`, LINE);
}

/** The notice as it leaves, however it was made: no text in it hides anything. */
export function safeNotice(notice: Notice): Notice {
  const { subject, answer, counts, changes, incomplete, completeness, files, report, period } =
    notice;
  return {
    ...notice,
    subject: safeLine(subject),
    answer: safeLine(answer),
    counts: counts === null ? null : safeLine(counts),
    changes: changes.map(safeLine),
    incomplete: incomplete.map(safeLine),
    completeness: completeness === null ? null : safeLine(completeness),
    files: files.map(safeLine),
    report: report === null ? null : safeLine(report),
    period: period === null ? null : safeLine(period),
  };
}

function bounded(text: string, most: number): string {
  return limited(safeLine(text), most);
}

/** What somebody did in one line: how many changes and by which means, what they led to, and what was refused. */
import { counted } from '../../../text/counted.js';
import type { Report } from '../../report.js';
import { outcomeTexts } from '../answer.js';
import { NETWORK_ACTIVITY } from '../stories.js';
import { joined, plainText, text, value, type Text } from '../blocks/text.js';
import { countOf } from '../calls.js';
import { byFailure } from './calls.js';
import { CHANGING_KINDS, type ChangingKind } from './kinds.js';
import type { Share } from './shares.js';
import { partialCount, partialNames } from './partial-names.js';
import { instant } from '../blocks/words.js';
import { issuersOf, keyCounts } from './links.js';
import { whoSurveyOf, type WhoSurvey } from './survey.js';

const NAMED_CLASSES = 3;

/** `ann: 415 changes (377 infrastructure as code by a person, …), 12 credentials issued, 107 refused; …` */
export function whoAnswer(report: Report): Text {
  const { subject } = report;
  const survey = whoSurveyOf(report);
  const followed = keysText(keyCounts(report, survey));
  const parts = [
    text`${value(subject?.text ?? '')}: ${[countsText(survey)]}`,
    ...issuersOf(report, survey).map(
      ({ by, eventName, eventTime, issued }) =>
        text`${issued.accessKey} was issued to ${issued.arn ?? 'an unknown principal'} by ${by.name} with ${eventName ?? ''}${eventTime === null ? [] : [`, ${instant(eventTime)}`]}`,
    ),
    // Who issued the key is among the findings too, and is not what was done with it.
    ...(CHANGING_KINDS.some((kind) => survey.done[kind] > 0) ? outcomeTexts(report) : []),
    ...(followed === undefined ? [] : [[followed]]),
    ...(report.warnings.some(({ code }) => code === 'WHO_TOO_WIDE')
      ? [[`said of ${counted(report.callers?.length ?? 0, 'principal')} or more: name one`]]
      : partialNames(report).map(partialCount)),
  ];
  return joined(parts, '; ');
}

/** `2 keys issued, 1 of them used: 4 calls` */
function keysText({ all, used, calls, isWhole }: ReturnType<typeof keyCounts>): string | undefined {
  if (all === 0) return undefined;
  const issued = `${counted(all, 'key')} issued`;
  if (used === 0) return isWhole ? `${issued}, not used` : `${issued}, not known if used`;
  const limit = isWhole ? '' : ' (not all were followed)';
  return `${issued}, ${used} of them used${limit}: ${counted(calls, 'call')}`;
}

/**
 * `415 changes (377 …, 36 …), 12 credentials issued, 57 refused, 1986 reads, 3 reads that failed`: each call is in one number.
 * The changes have one even where there are none.
 */
export function countsText({ done, failed, reads, failedReads, classes }: WhoSurvey): string {
  const failures = byFailure(failed);
  const numbers: readonly (readonly [count: number, one: string, more?: string])[] = [
    [done.access, 'access to machines', 'accesses to machines'],
    [done.credential, 'credential issued', 'credentials issued'],
    [done['sign-in'], 'sign-in'],
    [countOf(failures.refused), 'refused', 'refused'],
    [countOf(failures['sign-in']), 'failed sign-in'],
    [countOf(failures.otherwise), 'failed for another reason', 'failed for another reason'],
    [done['network activity'], NETWORK_ACTIVITY],
    [countOf(reads), 'read'],
    [countOf(failedReads), 'read that failed', 'reads that failed'],
  ];
  return [
    ...CHANGING_KINDS.filter((kind) => kind === 'change' || done[kind] > 0).map(
      (kind) => `${counted(done[kind], ...CHANGING[kind])}${meansText(classes[kind])}`,
    ),
    ...numbers.flatMap(([count, one, several]) =>
      count > 0 ? [counted(count, one, several)] : [],
    ),
  ].join(', ');
}

const CHANGING: Readonly<Record<ChangingKind, readonly [one: string, more?: string]>> = {
  change: ['change'],
  operation: ['operation'],
  other: ['call that changes no resource', 'calls that change no resource'],
};

/** ` (377 infrastructure as code by a person, 36 command line or SDK by a person)` */
function meansText(classes: readonly Share[]): string {
  if (classes.length === 0) return '';
  const means = classes
    .slice(0, NAMED_CLASSES)
    .map((share) => `${share.count} ${plainText(share.text)}`);
  const more = classes.slice(NAMED_CLASSES).reduce((sum, { count }) => sum + count, 0);
  return ` (${[...means, ...(more > 0 ? [`${more} otherwise`] : [])].join(', ')})`;
}

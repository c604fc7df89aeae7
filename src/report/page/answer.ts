/** The answer of a report in one line: what was changed, by whom, what it came to, and whether it is still so. */
import { counted } from '../../text/counted.js';
import type { Report } from '../report.js';
import type { StateCounts, Summary } from '../story.js';
import { dispositionText } from './comparison.js';
import { limitOf } from './limited.js';
import { isAllOfTime, recordsInWindow, recordsText } from './nothing.js';
import { actorsText, countsText } from './stories.js';
import { joined, text, value, type Text } from './blocks/text.js';

/** `4 changes by user/ann; 2 opened sg-1 to everyone; both closed again`. */
export function answerText(report: Report): Text {
  const { findings, summary } = report;
  const disposition = dispositionText(report);
  const last: readonly Text[] = disposition === null ? [] : [[disposition]];
  if (findings.length === 0) return joined([[zeroText(report)], ...last], '; ');
  const head = text`${[countsText(summary)]} by ${actorsText(summary)}`;
  return joined([head, ...outcomeTexts(report), ...last], '; ');
}

/** What the changes came to, and whether it is still so. */
export function outcomeTexts(report: Report): readonly Text[] {
  return [...exposedTexts(report), ...concernTexts(report.summary)];
}

/** What a zero means: in how many records nothing was found. Whether they are complete is said beside it. */
function zeroText({ coverage, window }: Report): string {
  return recordsInWindow(coverage) === 0
    ? `0 findings: ${isAllOfTime(window) ? 'no record was read' : 'no record lies in the window'}, so this zero says nothing`
    : `0 findings in ${recordsText(coverage)}`;
}

function exposedTexts(report: Report): readonly Text[] {
  const { concerns, exposed } = report.summary;
  if (concerns.exposed === 0) return [];
  const ends = endsText(exposed.changes, concerns.exposed, limitOf(report) !== undefined);
  return [
    text`${concerns.exposed} opened ${resourcesText(exposed)}${[peerText(exposed.peer)]}`,
    ...(ends === null ? [] : [[ends]]),
  ];
}

function resourcesText({ resources, moreResources }: Summary['exposed']): Text {
  const names = joined(
    resources.map((name) => [value(name)]),
    ', ',
  );
  return moreResources === 0 ? names : text`${names} and ${moreResources} more`;
}

function peerText(peer: Summary['exposed']['peer']): string {
  switch (peer) {
    case 'everyone':
      return ' to everyone';
    case 'much of the internet':
      return ' to much of the internet';
    case 'foreign account':
      return ' to a foreign account';
    case 'both':
      return ' to everyone or a foreign account';
    case 'several':
      return ' to everyone, much of the internet or a foreign account';
    case null:
      return '';
    default:
      return peer satisfies never;
  }
}

/** What became of the changes that let others in. */
function endsText(changes: StateCounts, count: number, isLimited: boolean): string | null {
  const { ended, notSeen, notLookedFor, notKnown } = changes;
  if (ended === count) return `${all(count)} closed again`;
  const where = isLimited ? ' (hunt what ID tells)' : '';
  if (ended + notSeen === 0)
    return notLookedFor === 0 ? null : `whether closed again was not looked for${where}`;
  const why = isLimited
    ? `because not every call that closes them was looked for${where}`
    : 'because no rule looks for every call that closes them (hunt --kind change looks for them)';
  const parts = [
    ...(ended > 0 ? [`${ended} closed again`] : []),
    ...(notSeen > 0 ? [`${notSeen} not closed again in these findings`] : []),
    ...(notLookedFor > 0 ? [`${notLookedFor} unknown, ${why}`] : []),
    ...(notKnown > 0 ? [`${notKnown} unknown`] : []),
  ];
  return parts.length === 0 ? null : parts.join(', ');
}

function all(count: number): string {
  if (count === 1) return 'it was';
  return count === 2 ? 'both' : `all ${count}`;
}

function concernTexts({ concerns }: Summary): readonly Text[] {
  return [
    ...(concerns.access > 0
      ? [[`${counted(concerns.access, 'way in', 'ways in')} (users, keys, rights, sign-ins)`]]
      : []),
    ...(concerns.logs > 0 ? [[`${concerns.logs} weakening the logs`]] : []),
    ...(concerns.destroyed > 0 ? [[`${concerns.destroyed} destroying data or backups`]] : []),
    ...(concerns.data > 0 ? [[`${concerns.data} reaching data or credentials`]] : []),
  ];
}

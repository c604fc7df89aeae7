/** All findings as one time line. What a run of findings has in common is said once, above it. */
import { countsText } from '../stories.js';
import type { Finding } from '../../finding.js';
import type { Report } from '../../report.js';
import type { Block, TimelineItem } from '../blocks/block.js';
import { chartBlocks } from '../overview.js';
import { joined, path, plainText, text, value, type Text } from '../blocks/text.js';
import { instant } from '../blocks/words.js';
import { detailsOf } from './details.js';
import { howText, whoText } from './facts.js';
import { fileBlocks } from './files.js';
import { lineOf, type LineFacts } from './line.js';
import { accountText } from '../blocks/account-name.js';
import { shownPath, surveyOf, type Survey } from './survey.js';

/** The first blocks of the page. */
export function* timelineBlocks(report: Report): Generator<Block> {
  const survey = surveyOf(report);
  yield { kind: 'title', text: ['What was changed'] };
  const found = report.findings.length === 0 ? 'nothing was found' : countsText(report.summary);
  yield { kind: 'paragraph', text: [found + spanText(survey)] };
  if (report.findings.length === 0) return;
  yield { kind: 'paragraph', text: commonText(report, survey) };
  yield* chartBlocks(report);
  yield { kind: 'timeline', items: itemsOf(report, survey) };
  yield* fileBlocks(report, survey);
}

function spanText({ first, last }: Survey): string {
  if (first === null || last === null) return '';
  return first === last ? `, ${instant(first)}` : `, ${instant(first)} to ${instant(last)}`;
}

/** What all findings have in common. */
function commonText({ source }: Report, { account, region, accountNames, files }: Survey): Text {
  const [file] = files.keys();
  const parts: readonly Text[] = [
    ...(account === null ? [] : [text`account ${accountText(account, accountNames)}`]),
    ...(region === null ? [] : [[value(region)]]),
    ...(files.size === 1 && file !== undefined
      ? [text`in ${path(shownPath(file, source.paths))}`]
      : []),
    ['times are UTC; hunt show LOGS EVENT-ID prints an event'],
  ];
  return joined(parts, ', ');
}

/** Made anew for each iteration, so that the findings need not fit into memory. */
function itemsOf(report: Report, survey: Survey): Iterable<TimelineItem> {
  const { sections, findings, exceptions, dispositions, order } = report;
  const isByTime = order === 'time';
  const facts: LineFacts = {
    ruleNumbers: new Map(
      sections.length < 2 ? [] : sections.map(({ rule }, index) => [rule.id, index + 1]),
    ),
    files: survey.files.size < 2 ? new Map() : survey.files,
    hasDay: isByTime,
    expires: new Map(exceptions.map(({ id, expires }) => [id, expires])),
    hasTickets: (dispositions?.tickets ?? null) !== null,
  };
  const placeFacts = { accountNames: survey.accountNames, paths: report.source.paths };
  return {
    *[Symbol.iterator]() {
      let day: string | undefined;
      let who: string | undefined;
      let how: string | undefined;
      let number = 0;
      for (const finding of findings) {
        number += 1;
        const own = dayOf(finding);
        if (isByTime && own !== day) yield { kind: 'day', text: [own] };
        day = own;
        const [whoNow, howNow] = [whoText(finding, survey), howText(finding)];
        const [whoKey, howKey] = [plainText(whoNow), plainText(howNow)];
        const whole = text`${whoNow}, ${howNow}`;
        if (whoKey !== who) yield { kind: 'run', text: whole, whole };
        else if (howKey !== how) yield { kind: 'run', text: text`the same, ${howNow}`, whole };
        [who, how] = [whoKey, howKey];
        yield {
          ...lineOf(finding, facts),
          number,
          details: () => detailsOf(finding, placeFacts),
        };
      }
    },
  };
}

function dayOf({ eventTime }: Finding): string {
  return eventTime === null ? 'no readable time' : eventTime.slice(0, eventTime.indexOf('T'));
}

/** The words by which an exception names a change. */
import { expect, test } from 'vitest';
import { coversOf } from '../../../src/disposition/exceptions/covers.js';
import { readExceptions } from '../../../src/disposition/exceptions/read.js';
import { noticeOf } from '../../../src/report/notice/notice.js';
import { plainText } from '../../../src/report/page/blocks/text.js';
import { lineOf } from '../../../src/report/page/timeline/line.js';
import { finding, reportOn } from '../../support/report-sample.js';

test.each([
  ['StopLogging', 'called StopLogging'],
  [null, 'a call without a name'],
])('are those of every report, also for a call without a sentence (%s)', (eventName, words) => {
  const call = finding({ change: null, eventName });
  const facts = {
    ruleNumbers: new Map(),
    files: new Map(),
    expires: new Map(),
    hasDay: true,
    hasTickets: false,
  };
  expect(plainText(lineOf(call, facts).change)).toContain(words);
  expect(noticeOf(reportOn([call]), { incomplete: [], files: [] }).changes[0]).toMatch(
    new RegExp(`: ${words}$`),
  );
  const [exception] = readExceptions(
    `- { id: E, reason: agreed, owner: kim, expires: 2030-01-01, match: { change: "${words}" } }`,
    'exceptions.yml',
  );
  expect(exception && coversOf(exception)(call)).toBe(true);
});

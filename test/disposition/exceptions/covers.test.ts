/** The words by which an exception names a change. */
import { expect, test } from 'vitest';
import { findRule } from '../../../src/rule/catalog/find.js';
import { coversOf } from '../../../src/disposition/exceptions/covers.js';
import { readExceptions } from '../../../src/disposition/exceptions/read.js';
import type { Finding } from '../../../src/report/finding.js';
import { noticeOf } from '../../../src/report/notice/notice.js';
import { plainText } from '../../../src/report/page/blocks/text.js';
import { lineOf } from '../../../src/report/page/timeline/line.js';
import { huntEvents, openedGroup } from '../../support/hunt-events.js';
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
  expect(isCovered(call, words)).toBe(true);
});

test.each([
  ['stopped logging', { eventName: 'StopLogging', eventSource: 'cloudtrail.amazonaws.com' }],
  ['called FooBar', { eventName: 'FooBar', eventSource: 'foo.amazonaws.com' }],
  ['a call without a name', { eventName: null, eventSource: 'iam.amazonaws.com' }],
])('are also there for an event that says little: %s', async (words, fields) => {
  const event = { ...openedGroup(), ...fields, requestParameters: null, responseElements: null };
  const { findings } = await huntEvents([event], { rules: [findRule('AWS.Any.ManualChange')] });
  expect(findings).toHaveLength(1);
  expect(findings.map((one) => isCovered(one, words))).toEqual([true]);
});

function isCovered(one: Finding, change: string): boolean {
  const match = JSON.stringify({ change });
  const [exception] = readExceptions(
    `- { id: E, reason: agreed, owner: kim, expires: 2030-01-01, match: ${match} }`,
    'exceptions.yml',
  );
  return exception !== undefined && coversOf(exception)(one);
}

/** Hunts over events in other spellings: filters and windows see them, and what cannot be read is never a plain zero. */
import { describe, expect, test } from 'vitest';
import { exitCodeOf } from '../../src/cli/reports/report-exit-code.js';
import { filterConditions } from '../../src/rule/filters.js';
import {
  huntText,
  onlySection,
  openedGroup,
  type HuntEventsOptions,
  type ListedReport,
} from '../support/hunt-events.js';

const DANA = openedGroup()['userIdentity'];
const DEPLOYMENT = {
  userIdentity: { type: 'AssumedRole', arn: 'arn:aws:sts::1:assumed-role/ContinousDeployment/x' },
  userAgent: 'APN/1.0 HashiCorp/1.0 Terraform/1.9.2',
};
const PRINCIPAL = { filters: filterConditions({ principal: ['dana'] }) };

/** The report, which must be the same however the records are read. */
async function hunted(
  events: readonly Record<string, unknown>[],
  options: HuntEventsOptions = {},
): Promise<ListedReport> {
  const text = JSON.stringify({ Records: events });
  const report = await huntText(text, options);
  expect(await huntText(text, { ...options, prefilter: false })).toEqual(report);
  return report;
}

const found = (report: ListedReport): number => onlySection(report).findings.length;
const exitOf = (report: ListedReport): number =>
  exitCodeOf(report, { failOnFindings: false, allowEmpty: false });

describe('an identity', () => {
  const { userIdentity: _, ...nobody } = openedGroup();
  test.each<[string, Record<string, unknown>]>([
    ['as JSON text', { ...nobody, userIdentity: JSON.stringify(DANA) }],
    ['in parts', { ...nobody, 'userIdentity.arn': 'arn:aws:sts::1:assumed-role/Admin/dana' }],
    ['as a struct of Athena', { ...nobody, userIdentity: '{type=IAMUser, username=dana}' }],
  ])('%s is found by its name', async (_name, event) => {
    const report = await hunted([event], PRINCIPAL);
    expect({ found: found(report), exit: exitOf(report) }).toEqual({ found: 1, exit: 0 });
  });

  test('as text is excluded like any other', async () => {
    const { userIdentity, userAgent } = DEPLOYMENT;
    const event = openedGroup({ userAgent, userIdentity: JSON.stringify(userIdentity) });
    const report = await hunted([event]);
    expect({ found: found(report), exit: exitOf(report) }).toEqual({ found: 0, exit: 0 });
  });

  test('that cannot be read is lost evidence, if a rule may match the event', async () => {
    const lost = openedGroup({ userIdentity: 'dana', eventID: 'lost' });
    const other = openedGroup({ userIdentity: 'dana', eventName: 'DescribeInstances' });
    const report = await hunted([openedGroup(), other, lost], PRINCIPAL);
    expect({ found: found(report), exit: exitOf(report) }).toEqual({ found: 1, exit: 3 });
    expect(report.files.unreadable).toEqual([
      { path: '-', reason: expect.stringMatching(/record 3: userIdentity is in no form/) },
    ]);
    expect(report.warnings.map(({ code, message }) => [code, message.slice(0, 7)])).toEqual([
      ['FIELDS_UNREADABLE', '1 event'],
    ]);
    const unasked = await hunted([openedGroup(), other]);
    expect({ lost: unasked.files.unreadable, exit: exitOf(unasked) }).toEqual({
      lost: [],
      exit: 0,
    });
  });
});

describe('a time', () => {
  const window = {
    since: Date.parse('2026-01-14T09:00:00Z'),
    until: Date.parse('2026-01-14T10:00:00Z'),
  };

  test.each([
    1768383000,
    '1768383000123',
    1768383000.5,
    '2026-01-14 09:30:00 UTC',
    '2026-01-14T10:30:00+0100',
    { $date: '2026-01-14T09:30:00Z' },
    '/Date(1768383000000)/',
  ])('%j is in the window, and shown as CloudTrail writes it', async (eventTime) => {
    const report = await hunted([openedGroup({ eventTime })], { window });
    expect(onlySection(report).findings[0]?.eventTime).toMatch(/^2026-01-14T09:30:00\.\d{3}Z$/);
    expect(report.coverage.first).toBe(onlySection(report).findings[0]?.eventTime);
    expect(exitOf(report)).toBe(0);
  });

  test('of an event that no rule names is counted too', async () => {
    const other = openedGroup({ eventName: 'DescribeInstances', eventTime: 1768383000 });
    const { coverage } = await hunted([other], { window });
    expect(coverage.first).toBe('2026-01-14T09:30:00.000Z');
  });

  test('that has two readings is lost evidence, where the rest of the rule matches', async () => {
    const undated = openedGroup({ eventTime: '01/02/2026 09:30:00', eventID: 'undated' });
    const report = await hunted([openedGroup(), undated], { window });
    expect({ found: found(report), exit: exitOf(report) }).toEqual({ found: 1, exit: 3 });
    const excluded = { ...undated, ...DEPLOYMENT };
    expect(exitOf(await hunted([openedGroup(), excluded], { window }))).toBe(0);
    const all = await hunted([openedGroup(), undated]);
    expect({ found: found(all), exit: exitOf(all) }).toEqual({ found: 2, exit: 0 });
  });
});

test.each(['', ' ', '-', 'null', 'None', '#N/A', '<nil>', '\\N', false, {}, 'Success', '200', 204])(
  'the error code %j is none',
  async (errorCode) => {
    const report = await hunted([openedGroup({ errorCode, errorMessage: errorCode })]);
    expect(found(report)).toBe(1);
  },
);

test.each(['NullPointer', 'NoneFound', '404', '20', '2000'])(
  'the error code %j is one',
  async (errorCode) => {
    expect(found(await hunted([openedGroup({ errorCode })]))).toBe(0);
  },
);

test('an event whose name is no text is lost evidence', async () => {
  const report = await hunted([openedGroup({ eventName: ['AuthorizeSecurityGroupIngress'] })]);
  expect(exitOf(report)).toBe(3);
});

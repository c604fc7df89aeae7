import { describe, expect, it } from 'vitest';
import type { Block, TimelineFinding, TimelineItem } from '../../src/report/page/blocks/block.js';
import { pageOf } from '../../src/report/page/page.js';
import { plainText, value } from '../../src/report/page/blocks/text.js';
import type { Findings, MatchedRule } from '../../src/report/finding.js';
import type { LogCoverage } from '../../src/report/coverage.js';
import type { Report, Section } from '../../src/report/report.js';
import {
  coveredAccount,
  finding,
  MATCH,
  report,
  reportOn,
  section,
  exclusion,
} from '../support/report-sample.js';

function itemsIn(given: Report): Iterable<TimelineItem> {
  const block = [...pageOf(given)].find(({ kind }) => kind === 'timeline');
  if (block?.kind !== 'timeline') throw new Error('the page has no time line');
  return block.items;
}

function findingsIn(given: Report): readonly TimelineFinding[] {
  return [...itemsIn(given)].flatMap((item) => (item.kind === 'finding' ? [item] : []));
}

/** The time line as text, without the marks of a format. */
function linesIn(given: Report): readonly string[] {
  return [...itemsIn(given)].map((item) =>
    item.kind === 'finding'
      ? [item.when, item.change, item.rules, item.event].map(plainText).join(' ').trim()
      : `${item.kind}: ${plainText(item.text)}`,
  );
}

function headingsIn(given: Report): readonly string[] {
  return [...pageOf(given)].flatMap((block) =>
    block.kind === 'heading' || block.kind === 'title' ? [plainText(block.text)] : [],
  );
}

function warningsIn(blocks: Iterable<Block>): readonly string[] {
  return [...blocks].flatMap((block) => (block.kind === 'warning' ? [block.message] : []));
}

const nothing = (fields: Partial<Section> = {}): Section =>
  section({
    findingCount: 0,
    funnel: [
      { stage: 'read', events: 3 },
      { stage: 'findings', events: 0 },
    ],
    ...fields,
  });

/** The same with other IDs: a, b … Sections get rules with these IDs. */
function named<T extends Section | MatchedRule>(all: readonly T[]): readonly T[] {
  return all.map((one, index) => {
    const id = String.fromCharCode(97 + index);
    return 'rule' in one ? { ...one, rule: { ...one.rule, id } } : { ...one, id };
  });
}

describe('pageOf', () => {
  it('says the findings first, then why these, then what was read', () => {
    expect(headingsIn(report())).toEqual([
      'What was changed',
      'AWS EC2 Manual Security Group Change',
      'Warnings',
      'From records to findings',
      'Exclusions, and how many events each alone hid',
      'What was read',
      'Accounts and regions',
      '1 file or record could not be read: evidence was lost',
    ]);
  });

  it('has no funnel of a rule among others that found nothing, but what an exclusion hid', () => {
    const [usual] = section().exclusions;
    if (usual === undefined) throw new Error('the sample has an exclusion');
    const exclusions = [usual, { ...usual, hidden: 0, by: [] }];
    const page = [
      ...pageOf(report({ sections: named([nothing({ exclusions, warnings: [] }), nothing()]) })),
    ];
    expect(page.filter(({ kind }) => kind === 'counts')).toEqual([]);
    const shown = page.filter((block) => block.kind === 'exclusion');
    expect(shown.map(({ hides }) => hides)).toEqual([true, true]);
  });

  it('says in one line of a funnel that several exclusions in a row removed nothing', () => {
    const [usual] = section().exclusions;
    if (usual === undefined) throw new Error('the sample has an exclusion');
    const exclusions = ['a', 'b', 'c', 'd', 'e'].map((name) => ({ ...usual, name }));
    const funnel = [
      ['read', 9],
      ['not a', 9],
      ['not b', 9],
      ['not c', 7],
      ['not d', 7],
      ['x is y', 7],
      ['not (z)', 7],
      ['not e', 7],
      ['findings', 7],
    ].map(([stage, events]) => ({ stage: String(stage), events: Number(events) }));
    const rowsOf = (from: typeof funnel): readonly string[] =>
      [...pageOf(report({ sections: [section({ exclusions, funnel: from })] }))].flatMap((block) =>
        block.kind === 'counts'
          ? block.rows.map(({ count, text }) => `${count} ${plainText(text)}`)
          : [],
      );
    expect(rowsOf(funnel)).toEqual([
      '9 read',
      '9 2 exclusions removed nothing',
      '7 not c',
      '7 not d',
      '7 x is y',
      '7 not (z)',
      '7 not e',
      '7 findings',
    ]);
    expect(rowsOf([...funnel.slice(3, 5), { stage: 'not e', events: 7 }])).toEqual([
      '7 not c',
      '7 2 other exclusions removed nothing',
    ]);
  });

  it('gives a warning of several rules once', () => {
    const warnings = [{ code: 'PARAMETER_EMPTY', message: 'P=any: its tests are true' }] as const;
    const own = { code: 'UNDATED_MATCH', message: 'one event has no time' } as const;
    const sections = [nothing({ warnings }), nothing({ warnings: [...warnings, own] })];
    expect(warningsIn(pageOf(report({ sections: named(sections) })))).toEqual([
      'P=any: its tests are true',
      'b: one event has no time',
    ]);
  });

  it('makes no finding before a format asks for it, and each as often as it asks', () => {
    let made = 0;
    const findings: Findings = {
      length: 300,
      *[Symbol.iterator]() {
        for (let n = 0; n < 300; n++, made++) yield finding({ eventID: String(n) });
      },
    };
    const given = reportOn(findings);
    const before = made;
    const items = itemsIn(given);
    // One walk tells what all findings have in common.
    expect(made - before).toBe(300);
    items[Symbol.iterator]().next();
    expect(made - before).toBeLessThan(302);
    for (let walk = 0; walk < 2; walk++)
      expect([...items].filter(({ kind }) => kind === 'finding')).toHaveLength(300);
  });

  it('names those whose events an exclusion hid most often, and sums the others', () => {
    const by = [9, 5, 3, 2, 1].map((events) => ({ principal: 'p', userAgent: 'a', events }));
    const moreOf = (count: number): string | null => {
      const hiding = { ...exclusion(), hidden: 20, by: by.slice(0, count) };
      const blocks = [...pageOf(report({ sections: [section({ exclusions: [hiding] })] }))];
      const block = blocks.find(({ kind }) => kind === 'exclusion');
      if (block?.kind !== 'exclusion') throw new Error('the page has no exclusion');
      expect(block.by.map((row) => row.count)).toEqual([9, 5, 3]);
      return block.more === null ? null : plainText(block.more);
    };
    expect([3, 4, 5].map(moreOf)).toEqual([
      null,
      'and 2 by 1 other pair of principal and user agent',
      'and 3 by 2 other pairs of principal and user agent',
    ]);
  });

  describe('says of what was read', () => {
    const { coverage } = report();
    const blocksOf = (fields: Partial<LogCoverage>): readonly Block[] => [
      ...pageOf(report({ coverage: { ...coverage, ...fields } })),
    ];
    const factOf = (label: string, fields: Partial<LogCoverage>): readonly string[] =>
      blocksOf(fields)
        .flatMap((block) => (block.kind === 'facts' ? block.facts : []))
        .filter((fact) => fact.label === label)
        .map((fact) => plainText(fact.text));
    const accountsIn = (fields: Partial<LogCoverage>) =>
      blocksOf(fields).flatMap((block) =>
        block.kind === 'item'
          ? [{ head: plainText(block.head), details: block.details.map(plainText) }]
          : [],
      );
    const gap = (day: number) => ({
      since: `2026-01-${String(day).padStart(2, '0')}T00:00:00.000Z`,
      until: `2026-01-${String(day).padStart(2, '0')}T05:00:00.000Z`,
    });
    const days = Array.from({ length: 25 }, (_, n) => n + 1);
    const span = (day: number): string => `2026-01-${String(day).padStart(2, '0')} 00:00:00Z`;

    it('the accounts with the most records first', () => {
      const accounts = [1, 3, 2].map((events) => coveredAccount(`a${events}`, { events }));
      expect(accountsIn({ accounts }).map(({ head }) => head.slice(0, 13))).toEqual([
        'a3: 3 records',
        'a2: 2 records',
        'a1: 1 record ',
      ]);
    });

    it('every region, and the longest gaps of all accounts', () => {
      const regions = days.map((n) => ({
        name: `r${n}`,
        events: n,
        first: null,
        last: null,
      }));
      expect(factOf('regions', { regions })).toEqual([
        days
          .toReversed()
          .map((n) => `r${n} (${n})`)
          .join(', '),
      ]);
      const gapsOf = (own: readonly number[]): string =>
        String(factOf('gaps', { hours: { covered: 1, empty: 1, gaps: own.map(gap) } })[0]);
      const few = days.slice(0, 24);
      for (const day of few) expect(gapsOf(few)).toContain(span(day));
      expect(gapsOf(days.slice(0, 25))).toBe(
        `${gapsOf(few)} and 1 shorter one, which the json report has`,
      );
    });

    it('how a region differs from its account', () => {
      const hours = { covered: 9, empty: 1, gaps: [] };
      const whole = {
        events: 1,
        first: '2026-01-01T00:00:00.000Z',
        last: '2026-01-09T00:00:00.000Z',
      };
      const regions = [
        { name: 'as-its-account', ...whole, hours },
        { name: 'few', ...whole, hours: { ...hours, covered: 2 } },
        { name: 'late', ...whole, first: '2026-01-02T00:00:00.000Z', hours },
        { name: 'early', ...whole, last: '2026-01-08T00:00:00.000Z', hours },
      ].map((region) => ({ usualGap: null, unusualGaps: [], ...region }));
      const [account] = accountsIn({
        accounts: [coveredAccount('a', { ...whole, hours, regions })],
      });
      expect(account).toEqual({
        head: 'a: 1 record in 9 of 10 hours, 2026-01-01 00:00:00Z to 2026-01-09 00:00:00Z',
        details: [
          'regions as-its-account (1), few (1, 2 hours), late (1, from 2026-01-02 00:00:00Z), ' +
            'early (1, to 2026-01-08 00:00:00Z)',
        ],
      });
    });

    it('the gaps of an account that are not those of all; of a rarely active one the longest', () => {
      const detailsOf = (count: number): readonly string[] => {
        const gaps = [...coverage.hours.gaps, ...days.slice(0, count).map(gap)];
        const account = coveredAccount('a', { hours: { covered: 1, empty: 1, gaps } });
        return accountsIn({ accounts: [account] }).flatMap(({ details }) => details.slice(1));
      };
      expect(detailsOf(0)).toEqual([]);
      expect(detailsOf(1)).toEqual([`no records ${span(1)} to 2026-01-01 05:00:00Z`]);
      const [all = ''] = detailsOf(24);
      for (const day of days.slice(0, 24)) expect(all).toContain(span(day));
      const [longest = ''] = detailsOf(25);
      expect(longest).toMatch(/^no records in 25 gaps, the longest .*; the json report has each$/);
      expect(longest.match(/ to /g)).toHaveLength(5);
    });

    it('the gaps that are longer than usual, of regions only those beside their account', () => {
      const hours = { covered: 9, empty: 1, gaps: [] };
      const silent = (name: string, ...of: readonly number[]) => ({
        name,
        events: 1,
        first: null,
        last: null,
        hours,
        usualGap: 0,
        unusualGaps: of.map(gap),
      });
      const [account] = accountsIn({
        accounts: [
          coveredAccount('a', {
            unusualGaps: [gap(1)],
            regions: [silent('eu-west-1', 1, 3), silent('us-east-1', 4, 5, 6, 7)],
          }),
        ],
      });
      expect(account?.details.at(-1)).toMatch(
        /^longer without records than usual: 2026-01-01 .*, eu-west-1 2026-01-03 .*, us-east-1 .* and 1 more$/,
      );
    });

    it('what was not counted one by one', () => {
      expect(factOf('others', {})).toEqual([]);
      expect(factOf('others', { uncounted: 7 })).toEqual([
        '7 records of further accounts and regions',
      ]);
      expect(factOf('gaps', { shortestGap: 3 }).at(-1)).toBe(
        'gaps shorter than 3 hours are not listed',
      );
    });
  });

  it('never shows a failed call as a change', () => {
    const failed = finding({ errorCode: 'Client.UnauthorizedOperation', errorMessage: 'No.' });
    const given = reportOn([failed, finding(), finding({ readOnly: 'true' })]);
    const [block] = findingsIn(given);
    expect(plainText(block?.failure ?? [])).toBe('FAILED Client.UnauthorizedOperation');
    expect(plainText(block?.change ?? [])).toMatch(/^tried to open .* \(No\.\)$/);
    expect(block?.exposure).toBeNull();
    const verdict = [...pageOf(given)].at(-1);
    const answer = verdict?.kind === 'verdict' ? verdict.lines.at(-1) : undefined;
    expect(plainText(answer?.text ?? [])).toMatch(/^1 change, 1 read, 1 failed attempt by /);
  });

  it('says once what a run of findings has in common', () => {
    const other = { userAgent: 'Boto3/1.34.51' };
    const later = '2026-01-13T10:00:00.500Z';
    const given = report({
      sections: named([section(), section()]),
      findings: [
        finding({ eventID: '1', rules: named([MATCH, MATCH]) }),
        finding({ eventID: '2', source: 'logs/b.json', rules: [{ ...MATCH, id: 'none' }] }),
        finding({ eventID: '3', rules: named([MATCH]), ...other }),
        finding({
          eventID: '4',
          rules: named([MATCH]),
          ...other,
          awsRegion: 'us-west-2',
          eventTime: later,
        }),
        finding({
          eventID: null,
          eventTime: null,
          source: null,
          rules: named([MATCH]),
          awsRegion: 'us-west-2',
          ...other,
        }),
      ],
    });
    const opened =
      'opened tcp 22 to everyone (0.0.0.0/0) on sg-0abc (not closed again in these findings)';
    const who = 'role/SecurityAdmin (session dana) (key ASIAIOSFODNN7EXAMPLE) from 203.0.113.24';
    expect(linesIn(given)).toEqual([
      'day: 2026-01-12',
      `run: ${who}, in us-east-1, console.ec2.amazonaws.com, console`,
      `09:14:27Z ${opened} [1,2] 1 f1`,
      `09:14:27Z ${opened}  2 f2`,
      'run: the same, Boto3 1.34.51, by hand or not: unknown',
      `09:14:27Z ${opened} [1] 3 f1`,
      'day: 2026-01-13',
      `run: ${who}, in us-west-2, Boto3 1.34.51, by hand or not: unknown`,
      `10:00:00.500Z ${opened} [1] 4 f1`,
      'day: no readable time',
      `no time opened tcp 22 to everyone (0.0.0.0/0) on sg-0abc [1] event without an ID`,
    ]);
  });

  it('groups rules that found nothing by the reason', () => {
    const funnel = [
      { stage: 'read', events: 3 },
      { stage: 'event names', events: 0 },
      { stage: 'findings', events: 0 },
    ];
    const sections = named([nothing({ funnel }), nothing(), nothing({ funnel }), section()]);
    const texts = [...pageOf(report({ sections }))].flatMap((block) =>
      block.kind === 'paragraph' && plainText(block.text).includes('found nothing')
        ? [plainText(block.text)]
        : [],
    );
    expect(texts).toEqual([
      '2 rules found nothing in 3 records of 3 log files (no event has an event name that the rule asks for): a, c',
      '1 rule found nothing in 3 records of 3 log files (no event passes all tests of the rule): b',
    ]);
    const unread = nothing({ funnel: [{ stage: 'read', events: 0 }] });
    const first = [...pageOf(report({ sections: named([unread, unread]) }))].find(
      (block) => block.kind === 'paragraph' && plainText(block.text).includes('found nothing'),
    );
    expect(first?.kind === 'paragraph' ? plainText(first.text) : '').toMatch(
      /^2 rules found nothing in 0 records .*\(no record was read\)$/,
    );
  });

  it('says of several rules which of their events were repeated or have no time', () => {
    const repeats = { removed: 2, conflicting: 1 };
    const none = { repeats: { removed: 0, conflicting: 0 }, undated: 0 };
    const sections = named([
      section({ ...none, repeats }),
      section(none),
      section({ repeats, undated: 1 }),
    ]);
    const texts = [...pageOf(report({ sections }))].flatMap((block) =>
      block.kind === 'paragraph' ? [plainText(block.text)] : [],
    );
    expect(texts).toEqual(
      expect.arrayContaining([
        '2 repeated records counted once [1,3]',
        '1 event whose repeats differ [1,3]',
        '1 event without a readable time [3]',
      ]),
    );
  });

  it('says once which exclusions were dropped from several rules', () => {
    const dropped = { ...exclusion(), applied: false };
    const shared = { ...dropped, condition: 'not (a)' };
    const own = { ...dropped, condition: 'not (b)' };
    const sections = named([
      section({ exclusions: [shared] }),
      section({ exclusions: [shared, own] }),
    ]);
    const labels = [...pageOf(report({ sections }))].flatMap((block) =>
      block.kind === 'exclusion' ? [`${plainText(block.label)} ${plainText(block.condition)}`] : [],
    );
    expect(labels).toEqual(['dropped from 2 rules not (a)', 'b: dropped not (b)']);
  });

  it('leaves texts as a log has them, and sets values apart from words', () => {
    const hostile = '\u001b[2J`|\u202e';
    const findings = [finding({ awsRegion: hostile }), finding({ sourceIPAddress: hostile })];
    const [, run] = itemsIn(reportOn(findings));
    expect(run?.kind === 'run' && run.text).toEqual([
      value('role/SecurityAdmin (session dana)'),
      ' (key ',
      value('ASIAIOSFODNN7EXAMPLE'),
      ')',
      ' from ',
      value('203.0.113.24'),
      ', in ',
      value(hostile),
      ', ',
      value('console.ec2.amazonaws.com'),
      ', ',
      'console',
    ]);
  });

  it('marks exposure and severity as levels', () => {
    const events = ['AuthorizeSecurityGroupIngress', 'AuthorizeSecurityGroupEgress', 'Revoke'];
    const given = reportOn(events.map((eventName) => finding({ eventName })));
    const marks = findingsIn(given).map(({ exposure }) => exposure?.direction);
    expect(marks).toEqual(['ingress', 'egress', undefined]);
    const levels = (['Critical', 'High', 'Medium', 'Low', 'Info'] as const).map((severity) => {
      const rule = { ...section().rule, severity };
      const blocks = [...pageOf(report({ sections: [section({ rule })] }))];
      return blocks.flatMap((block) => (block.kind === 'classification' ? [block.severity] : []));
    });
    expect(levels.flat()).toEqual(['high', 'high', 'medium', 'low', 'low']);
  });
});

import { describe, expect, it } from 'vitest';
import { isObject, type Json } from '../../src/cloudtrail/json.js';
import { renderSarif } from '../../src/report/sarif/render.js';
import type { Report } from '../../src/report/report.js';
import {
  finding,
  HOSTILE,
  MATCH,
  report,
  reportOn,
  reportWith,
  section,
} from '../support/report-sample.js';
import { checkerOf } from '../support/schema-check.js';

const errorsIn = checkerOf('sarif-2.1.0.schema.json');

interface Sarif {
  readonly runs: readonly [
    {
      readonly tool: { readonly driver: { readonly rules: readonly Record<string, unknown>[] } };
      readonly invocations: readonly [Record<string, unknown>];
      readonly results: readonly Record<string, unknown>[];
    },
  ];
}

function runOf(given: Report) {
  const text = [...renderSarif(given)].join('');
  const parsed = JSON.parse(text) as Sarif;
  expect(errorsIn(parsed)).toBeNull();
  return { text, ...parsed.runs[0] };
}

describe('sarif', () => {
  it('is checked by a schema that refuses what is none', () => {
    expect(errorsIn({})).not.toBeNull();
    expect(
      errorsIn({ ...(JSON.parse([...renderSarif(report())].join('')) as object), unknown: 1 }),
    ).not.toBeNull();
  });

  it('has a result for each finding, with its rule, its event and its identity', () => {
    const { results, tool } = runOf(report());
    expect(results).toMatchObject([
      {
        ruleId: 'AWS.EC2.ManualSecurityGroupChange',
        ruleIndex: 0,
        level: 'warning',
        message: {
          text: expect.stringMatching(
            /^role\/SecurityAdmin \(session dana\) opened tcp 22 to everyone \(0\.0\.0\.0\/0\) on sg-0abc.*\. OPEN TO everyone\. 2026-01-12 09:14:27Z, .* from 203\.0\.113\.24/,
          ) as string,
        },
        locations: [
          {
            physicalLocation: {
              artifactLocation: { uri: expect.stringMatching(/^logs\//) as string },
            },
            logicalLocations: [{ name: '93d8874c-8c86-40fc-a93d-be15c765ffa0', kind: 'event' }],
          },
        ],
        partialFingerprints: {
          'huntFinding/v1': expect.stringMatching(/^[0-9a-f]{32}$/) as string,
        },
      },
    ]);
    expect(results[0]).not.toHaveProperty('suppressions');
    expect(tool.driver.rules).toMatchObject([
      {
        id: 'AWS.EC2.ManualSecurityGroupChange',
        defaultConfiguration: { level: 'warning' },
        properties: { tags: ['security', 'AWS', 'TA0005', 'T1562'], 'security-severity': '5.5' },
      },
    ]);
  });

  it('says in a sentence of its own that a call failed, and why', () => {
    const failed = finding({ outcome: 'failed', errorCode: 'AccessDenied' });
    expect(runOf(reportOn([failed])).results).toMatchObject([
      { message: { text: expect.stringContaining('. FAILED AccessDenied. 2026-01-12') as string } },
    ]);
  });

  it('counts the resources that it leaves out', () => {
    const resources = Array.from({ length: 30 }, (_, i) => ({
      type: 'instance',
      id: `i-${i}`,
      name: null,
    }));
    const { change } = finding();
    const many = finding({ change: change && { ...change, resources, isCut: true } });
    const [few, more] = runOf(reportOn([finding(), many])).results;
    expect(more).toMatchObject({
      properties: { resources: { length: 20 }, moreResources: 10, isCut: true },
    });
    expect(few?.['properties']).not.toHaveProperty('moreResources');
    expect(few?.['properties']).not.toHaveProperty('isCut');
  });

  it('is of the rule that takes the finding most seriously', () => {
    const rules = [MATCH, { ...MATCH, id: 'Other', severity: 'Critical' as const }];
    expect(runOf(reportOn([finding({ rules })])).results).toMatchObject([
      {
        ruleId: 'Other',
        level: 'error',
        properties: { rules: [{ id: MATCH.id }, { id: 'Other' }] },
      },
    ]);
  });

  it('says what was lost, and that the hunt did not see all', () => {
    const { invocations } = runOf(
      report({ warnings: [{ code: 'NO_RECORDS', message: 'no [record](1) {0}' }] }),
    );
    expect(invocations[0]).toMatchObject({
      executionSuccessful: false,
      toolExecutionNotifications: [
        {
          descriptor: { id: 'EVIDENCE_LOST' },
          level: 'error',
          message: { text: 'could not read logs/broken.json.gz: unexpected end of file' },
        },
        {
          descriptor: { id: 'NO_RECORDS' },
          level: 'error',
          message: { text: 'no [record] (1) {{0}}' },
        },
        { descriptor: { id: 'PARAMETER_EMPTY' }, level: 'warning', associatedRule: { index: 0 } },
      ],
    });
    const files = { ...report().files, unreadable: [] };
    const whole = runOf(report({ files, sections: [section({ warnings: [] })] }));
    expect(whole.invocations[0]).toMatchObject({ executionSuccessful: true });
  });

  it('marks what an exception accepts as suppressed, and only that', () => {
    const disposition = {
      status: 'accepted',
      late: null,
      exception: 'EX-1',
      ticket: null,
      ownApproval: false,
      unexplained: false,
    } as const;
    const exception = { id: 'EX-1', reason: 'test', owner: 'o', expires: '2026-12-31' };
    const use = { approver: null, ticket: null, isExpired: false, findings: 1, expired: 0 };
    const exceptions = [{ ...exception, ...use, by: [], ownApproval: 0, isUnused: null }];
    const findings = [
      finding({ disposition }),
      finding({ disposition: { ...disposition, status: 'new', exception: null } }),
    ];
    expect(runOf({ ...report({ exceptions }), findings }).results).toMatchObject([
      {
        suppressions: [
          { kind: 'external', status: 'accepted', justification: 'EX-1 until 2026-12-31: test' },
        ],
      },
      { suppressions: [] },
    ]);
  });

  it.each(['s3://bucket/a b/ü.json', '/logs/a#b?.json', 'a.zip!/b c.json', 'x:y.json', '-'])(
    'names the file %s by a valid address',
    (source) => {
      const { results } = runOf(reportOn([finding({ source })]));
      expect(JSON.stringify(results).includes('artifactLocation')).toBe(source !== '-');
    },
  );

  it('is valid whatever a log, a rule or a path holds, and prints none of it raw', () => {
    for (const text of [HOSTILE, '[x](javascript:1)', '{0}', '', '%', 'x'.repeat(100_000)]) {
      const given = runOf(reportWith(text));
      expect(given.text).not.toMatch(/[^\n\x20-\x7e…]/);
      expect(given.text.length).toBeLessThan(1_000_000);
      for (const message of messagesIn(given.results as Json))
        expect(message).not.toMatch(/\]\(|\{\d\}(?!\})/);
    }
    runOf(reportOn([]));
    runOf(
      reportOn([
        finding({
          eventTime: null,
          eventID: null,
          eventName: null,
          source: null,
          change: null,
          rules: [],
        }),
      ]),
    );
  });
});

function messagesIn(value: Json): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((one: Json) => messagesIn(one));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, member]) =>
    key === 'text' && typeof member === 'string' ? [member] : messagesIn(member),
  );
}

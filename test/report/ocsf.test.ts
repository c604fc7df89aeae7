import { describe, expect, it } from 'vitest';
import { renderOcsf } from '../../src/report/ocsf/render.js';
import type { Report } from '../../src/report/report.js';
import { finding, HOSTILE, MATCH, report, reportOn, reportWith } from '../support/report-sample.js';
import { checkerOf } from '../support/schema-check.js';

const errorsIn = checkerOf('ocsf-1.8.0-detection-finding.schema.json');

function linesOf(given: Report): readonly unknown[] {
  const lines = [...renderOcsf(given)].map((line) => JSON.parse(line) as unknown);
  for (const line of lines) expect(errorsIn(line)).toBeNull();
  return lines;
}

describe('ocsf', () => {
  it('is checked by a schema that refuses what is none', () => {
    expect(errorsIn({})).not.toBeNull();
    expect(errorsIn({ ...(linesOf(report())[0] as object), unknown: 1 })).not.toBeNull();
  });

  it('has a Detection Finding a line: who, what, where, how bad, and the rest of the event', () => {
    const event = { requestID: 'r-1', userAgent: 'aws-cli/2', eventVersion: '1.08' };
    expect(linesOf(reportOn([finding(event)]))).toMatchObject([
      {
        class_uid: 2004,
        type_uid: 200401,
        time: Date.parse('2026-01-12T09:14:27Z'),
        severity_id: 3,
        status_id: 1,
        is_alert: true,
        message: expect.stringContaining('dana) opened tcp 22 to everyone') as string,
        finding_info: {
          uid: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
          analytic: { uid: 'AWS.EC2.ManualSecurityGroupChange', type_id: 1 },
          attacks: [{ tactic: { uid: 'TA0005' }, technique: { uid: 'T1562' } }],
          first_seen_time: Date.parse('2026-01-12T09:14:27Z'),
        },
        cloud: { provider: 'AWS', region: 'us-east-1', account: { uid: '112233445566' } },
        api: {
          operation: 'AuthorizeSecurityGroupIngress',
          service: { name: 'ec2.amazonaws.com' },
          request: { uid: 'r-1', data: { groupId: 'sg-0abc' } },
        },
        resources: [{ uid: 'sg-0abc', type: 'security group' }],
        evidences: [
          {
            actor: { user: { credential_uid: 'ASIAIOSFODNN7EXAMPLE' } },
            src_endpoint: { ip: '203.0.113.24' },
            http_request: { user_agent: 'aws-cli/2' },
          },
        ],
        unmapped: { event: { eventVersion: '1.08' }, hunt: { outcome: 'succeeded' } },
      },
    ]);
  });

  it.each([
    ['new', 1, true],
    ['expired', 1, true],
    ['accepted', 3, false],
    ['known', 99, false],
  ] as const)('has a status for a finding that is %s', (status, id, isAlert) => {
    const beside = { late: null, exception: null, ticket: null, ownApproval: false };
    const disposition = { ...beside, status, unexplained: false };
    const given = { ...report(), findings: [finding({ disposition })] };
    expect(linesOf(given)).toMatchObject([{ status_id: id, is_alert: isAlert }]);
  });

  it('has the severity of the rule that takes the finding most seriously', () => {
    const rules = [MATCH, { ...MATCH, id: 'Other', severity: 'Critical' as const }];
    expect(linesOf(reportOn([finding({ rules })]))).toMatchObject([{ severity_id: 5 }]);
  });

  it('has all resources of a change, also to search by', () => {
    const resources = Array.from({ length: 150 }, (_, i) => ({
      type: 'instance',
      id: `i-${i}`,
      name: null,
    }));
    const { change } = finding();
    const many = finding({ change: change && { ...change, resources } });
    const [line] = linesOf(reportOn([many]));
    expect(line).toMatchObject({ resources: resources.map(({ id }) => ({ uid: id })) });
    expect(JSON.stringify(line).split('"Resource UID"')).toHaveLength(151);
  });

  it('is valid whatever a log, a rule or a path holds, and prints none of it raw', () => {
    for (const text of [HOSTILE, '', '::1', '1.2.3.4 ', 'x'.repeat(100_000)])
      linesOf(reportWith(text));
    expect([...renderOcsf(reportWith(HOSTILE))].join('')).not.toMatch(/[^\n\x20-\x7e…]/);
    const nothing = { eventTime: null, eventID: null, eventName: null, source: null };
    linesOf(reportOn([finding({ ...nothing, change: null, userIdentity: [1], rules: [] })]));
    expect(linesOf(reportOn([]))).toEqual([]);
  });
});

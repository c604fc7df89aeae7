import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../src/cloudtrail/json.js';
import type { Finding } from '../../src/report/finding.js';
import { BREAKDOWNS, type Overview } from '../../src/report/overview.js';
import type { Report } from '../../src/report/report.js';
import { orderedReport } from '../../src/findings/ordered.js';
import { NameCounts } from '../../src/story/overview/name-counts.js';
import { storiesOf } from '../../src/story/stories.js';
import { finding, MATCH, report, section } from '../support/report-sample.js';

function overviewOf(findings: readonly Finding[]): Overview {
  return storiesOf(findings, () => true).overview;
}

function sum(numbers: Iterable<number>): number {
  return [...numbers].reduce((a, b) => a + b, 0);
}

/** A user's change, at any time or at none. */
const arbitraryFinding = fc
  .record({
    user: fc.integer({ min: 0, max: 14 }),
    account: fc.constantFrom('111122223333', '444455556666', null),
    // Close together, far apart, or as far as times go.
    eventTime: fc.oneof(
      fc.constant(null),
      fc
        .integer({ min: 0, max: 40_000 })
        .map((minute) => new Date(1.7e12 + minute * 60_000).toISOString()),
      fc
        .date({
          noInvalidDate: true,
          min: new Date('1000-01-01T00:00:00Z'),
          max: new Date('2999-12-31T23:59:59.999Z'),
        })
        .map((date) => date.toISOString()),
    ),
    isOpen: fc.boolean(),
    errorCode: fc.constantFrom(null, 'AccessDenied'),
    rules: fc.constantFrom([MATCH], [MATCH, { ...MATCH, id: 'Another.Rule' }]),
  })
  .map(({ user, account, eventTime, isOpen, errorCode, rules }) =>
    finding({
      eventTime,
      recipientAccountId: account,
      errorCode,
      rules,
      userIdentity: { type: 'IAMUser', arn: `arn:aws:iam::${account}:user/u${user}` },
      requestParameters: {
        groupId: 'sg-1',
        ipPermissions: {
          items: [
            {
              ipProtocol: 'tcp',
              ipRanges: { items: [{ cidrIp: isOpen ? '9.9.9.9/0' : '10.0.0.0/8' }] },
            },
          ],
        },
      },
    }),
  );

const isFailed = ({ outcome }: Finding): boolean => outcome === 'failed';
const isOpen = (one: Finding): boolean => !isFailed(one) && one.change?.exposure !== null;

describe('the overview', () => {
  test('counts each finding once, in slots that follow each other, as a plain count does', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          { arbitrary: fc.array(arbitraryFinding, { maxLength: 40 }), weight: 3 },
          { arbitrary: fc.array(arbitraryFinding, { minLength: 90, maxLength: 140 }), weight: 1 },
        ),
        (some) => {
          const all = some.toSorted((a, b) =>
            (a.eventTime ?? 'x') < (b.eventTime ?? 'x') ? -1 : 1,
          );
          const { timeline, breakdowns, attention } = overviewOf(all);
          const { slots, lanes } = timeline;
          expect(timeline.undated).toBe(all.filter(({ eventTime }) => eventTime === null).length);
          expect(slots.length).toBeLessThanOrEqual(76);
          expect(slots.filter(({ isSilence }) => isSilence).length).toBeLessThanOrEqual(4);
          for (const [index, { since, until, isSilence }] of slots.entries()) {
            expect(since < until).toBe(true);
            expect(slots[index + 1]?.since ?? until).toBe(until);
            const inside = all.filter(
              ({ eventTime }) => eventTime !== null && since <= eventTime && eventTime < until,
            );
            expect(lanes[0]?.counts[index]).toBe(inside.length);
            expect(lanes[0]?.exposed[index]).toBe(inside.filter(isOpen).length);
            expect(lanes[0]?.failed[index]).toBe(inside.filter(isFailed).length);
            if (isSilence) expect(inside).toEqual([]);
            for (const kind of ['counts', 'exposed', 'failed'] as const)
              expect(sum(lanes.slice(1).map((lane) => lane[kind][index] ?? 0))).toBe(
                lanes[0]?.[kind][index],
              );
          }
          expect(sum(lanes.slice(1).map(({ findings }) => findings))).toBe(all.length);
          expect(lanes.length).toBeLessThanOrEqual(10);
          expect(breakdowns.map(({ by }) => by)).toEqual(all.length === 0 ? [] : BREAKDOWNS);
          for (const { rows, moreFindings } of breakdowns) {
            expect(sum(rows.map(({ findings }) => findings)) + moreFindings).toBe(all.length);
            expect(sum(rows.map(({ exposed }) => exposed))).toBe(all.filter(isOpen).length);
            expect(sum(rows.map(({ failed }) => failed))).toBe(all.filter(isFailed).length);
          }
          for (const { reason, findings, examples, othersFrom, othersUntil } of attention) {
            const having = [...storiesOf(all, () => true).findings].flatMap((one, index) =>
              one.attention.includes(reason) ? [index + 1] : [],
            );
            expect(findings).toBe(having.length);
            const numbers = examples.map(({ number }) => number);
            expect(new Set(numbers).size).toBe(numbers.length);
            expect(numbers.length).toBeGreaterThan(0);
            if (reason === 'opened to the world')
              expect(numbers.length).toBe(Math.min(3, having.length));
            expect(having).toEqual(expect.arrayContaining(numbers));
            const times = having.flatMap((number) =>
              numbers.includes(number) ? [] : (all[number - 1]?.eventTime ?? []),
            );
            expect([othersFrom, othersUntil]).toEqual([times.at(0) ?? null, times.at(-1) ?? null]);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  test('has the shortest step that a line has room for, and a long silence as one slot', () => {
    const at = (time: string): Finding => finding({ eventTime: `2026-01-12T${time}.000Z` });
    const of = (...times: readonly string[]) => {
      const { step, slots, lanes } = overviewOf(times.map(at)).timeline;
      return [step, slots.map(({ isSilence }, slot) => (isSilence ? '…' : lanes[0]?.counts[slot]))];
    };
    expect(of('09:00:00', '09:00:59', '09:02:00')).toEqual(['1 minute', [2, 0, 1]]);
    expect(of('09:00:00', '09:09:00')).toEqual(['1 minute', [1, 0, 0, 0, 0, 0, 0, 0, 0, 1]]);
    expect(of('09:00:00', '09:10:00')).toEqual(['1 minute', [1, '…', 1]]);
    const apart = ['00:00:00', '03:00:00', '06:00:00', '09:00:00', '12:00:00', '15:00:00'];
    expect(of(...apart)[0]).toBe('1 hour');
  });

  test('names the account of a name that is in several, and always that of root', () => {
    const by = (account: string, name: string): Finding =>
      finding({
        recipientAccountId: account,
        userIdentity:
          name === 'root'
            ? { type: 'Root', arn: `arn:aws:iam::${account}:root` }
            : { type: 'IAMUser', arn: `arn:aws:iam::${account}:user/${name}`, userName: name },
      });
    const { overview, summary } = storiesOf(
      [
        by('111122223333', 'ann'),
        by('444455556666', 'ann'),
        by('1'.repeat(12), 'ben'),
        by('2'.repeat(12), 'root'),
      ],
      () => true,
    );
    const expected = [
      ['root', '222222222222'],
      ['user/ann', '111122223333'],
      ['user/ann', '444455556666'],
      ['user/ben', null],
    ];
    expect(overview.breakdowns[0]?.rows.map(({ name, account }) => [name, account])).toEqual(
      expected,
    );
    expect(overview.timeline.lanes.slice(1).map(({ name, account }) => [name, account])).toEqual(
      expected,
    );
    expect(summary.actors).toContainEqual({
      name: 'user/ann',
      account: '444455556666',
      findings: 1,
    });
    expect(summary.actors).toContainEqual({ name: 'user/ben', account: null, findings: 1 });
  });

  test('says what to look at first, and which findings these are', () => {
    const policy = { policyArn: 'arn:aws:iam::aws:policy/AdministratorAccess', userName: 'ann' };
    const iam = { eventSource: 'iam.amazonaws.com', requestParameters: policy };
    const user = { type: 'IAMUser', arn: 'arn:aws:iam::999988887777:user/ann', userName: 'ann' };
    // More than there is room for in a sentence.
    const long = (letter: string): string => `s3:GetObject${letter.repeat(36)}`;
    const policyDocument = {
      Statement: {
        Effect: 'Allow',
        Action: ['*', ...['a', 'b', 'c', 'd'].map(long)],
        Resource: ['*', ...['x', 'y'].map((name) => `arn:aws:s3:::${name.repeat(86)}/*`)],
      },
    };
    const all = [
      finding({ ...iam, eventName: 'AttachUserPolicy' }),
      finding({ ...iam, eventName: 'DetachUserPolicy' }),
      finding({ ...iam, eventName: 'AttachUserPolicy', errorCode: 'AccessDenied' }),
      finding({ eventName: 'Describe\u202eThings', requestParameters: null, userIdentity: user }),
      finding({
        eventName: 'StopLogging',
        eventSource: 'cloudtrail.amazonaws.com',
        requestParameters: { name: 'trail' },
        userIdentity: { type: 'Root', arn: 'arn:aws:iam::112233445566:root' },
      }),
      finding({
        eventName: 'ConsoleLogin',
        eventSource: 'signin.amazonaws.com',
        eventType: 'AwsConsoleSignIn',
        userIdentity: { ...user, arn: 'arn:aws:iam::112233445566:user/ann' },
        additionalEventData: { MFAUsed: 'No' },
        responseElements: { ConsoleLogin: 'Success' },
        requestParameters: null,
      }),
      finding({
        ...iam,
        eventName: 'PutUserPolicy',
        requestParameters: { userName: 'ann', policyName: 'p', policyDocument },
      }),
      finding({
        eventName: 'CreateWidget',
        eventSource: 'widgets.amazonaws.com',
        requestParameters: { widgetName: 'w', description: 'page about (administrator rights)' },
      }),
      finding({
        ...iam,
        eventName: 'PutUserPermissionsBoundary',
        requestParameters: { userName: 'ann', permissionsBoundary: policy.policyArn },
      }),
      finding({
        eventName: 'DeleteDBInstance',
        eventSource: 'rds.amazonaws.com',
        requestParameters: { dBInstanceIdentifier: 'orders', skipFinalSnapshot: true },
      }),
    ];
    const { overview, findings } = storiesOf(all, () => true);
    expect(
      overview.attention.map(({ reason, examples }) => [
        reason,
        ...examples.map(({ number }) => number),
      ]),
    ).toEqual([
      ['root user', 5],
      // The other one was undone.
      ['administrator rights', 7, 1],
      ['console without MFA', 6],
      ['from another account', 4],
      ['made a way in', 9],
      ['weakened the logs', 5],
      ['destroyed data', 10],
      ['hidden characters', 4],
    ]);
    expect([...findings].map(({ attention }) => attention)[4]).toEqual([
      'root user',
      'weakened the logs',
    ]);
  });

  test('shows a port of a site after one of a shell', () => {
    const opened = (second: number, ...ports: readonly number[]) => {
      const eventTime = `2026-01-12T09:00:0${second}.000Z`;
      const one = finding({ eventTime, eventName: 'AuthorizeSecurityGroupIngress' });
      if (one.change === null) throw new Error('it has no change');
      const begins = ports.map((port) => ({
        resource: `sg-${second}`,
        what: `tcp ${port} open to 0.0.0.0/0`,
      }));
      const exposure = { peer: 'everyone', direction: 'ingress' } as const;
      return { ...one, errorCode: null, change: { ...one.change, exposure, begins } };
    };
    const { overview } = storiesOf(
      [opened(1, 443), opened(2, 80, 443), opened(3, 443, 22), opened(4, 8443), opened(5, 22)],
      () => true,
    );
    const [first] = overview.attention;
    expect(first?.examples.map(({ number }) => number)).toEqual([3, 4, 5]);
  });

  test('shows new keys and passwords before other ways in, and commands before what is read', () => {
    const call = (eventSource: string, eventName: string, requestParameters: JsonObject) =>
      finding({ eventSource: `${eventSource}.amazonaws.com`, eventName, requestParameters });
    const { overview } = storiesOf(
      [
        call('organizations', 'DetachPolicy', { policyId: 'p-1', targetId: '112233445566' }),
        call('organizations', 'LeaveOrganization', {}),
        call('rds', 'ModifyDBInstance', { dBInstanceIdentifier: 'pg', masterUserPassword: '*' }),
        call('acm', 'ExportCertificate', { certificateArn: 'c' }),
        call('ecs', 'ExecuteCommand', { task: 't1', command: '/bin/sh' }),
      ],
      () => true,
    );
    expect(
      overview.attention.map(({ reason, examples }) => [
        reason,
        examples.map(({ number }) => number),
      ]),
    ).toEqual([
      ['made a way in', [3, 2, 1]],
      ['reached data', [5, 4]],
    ]);
  });

  test('shows the gravest first, as stories do, and says when the others were', () => {
    const shared = (second: number, eventName = 'ModifySnapshotAttribute', end = '') => {
      const eventTime = `2026-01-12T09:00:0${second}.000Z`;
      const one = finding({ eventTime, eventName, errorCode: null });
      if (one.change === null) throw new Error('it has no change');
      const state = { resource: `snap-${end || second}`, what: 'shared' };
      return {
        ...one,
        change: {
          ...one.change,
          exposure:
            end === '' ? ({ peer: 'foreign account', direction: 'ingress' } as const) : null,
          begins: end === '' ? [state] : [],
          ends: end === '' ? [] : [state],
        },
      };
    };
    const { overview } = storiesOf(
      [
        shared(1),
        shared(2),
        shared(3, 'ModifySnapshotAttribute', '1'),
        shared(4),
        shared(5),
        shared(7, 'UpdateAssumeRolePolicy'),
      ],
      () => true,
    );
    expect(overview.attention).toMatchObject([
      {
        reason: 'opened to another account',
        findings: 5,
        examples: [{ number: 6 }, { number: 2 }, { number: 4 }],
        othersFrom: '2026-01-12T09:00:01.000Z',
        othersUntil: '2026-01-12T09:00:05.000Z',
      },
    ]);
  });

  test('counts people of other accounts apart, by their accounts', () => {
    const by = (account: string, type: string, more: JsonObject = {}) =>
      finding({ userIdentity: { type, accountId: account, ...more } });
    const bob = (account: string) => ({ arn: `arn:aws:iam::${account}:user/bob` });
    const { overview } = storiesOf(
      [
        by('444455556666', 'AWSAccount', bob('444455556666')),
        by('777788889999', 'AWSAccount', bob('777788889999')),
        by('112233445566', 'IAMUser', { ...bob('112233445566'), userName: 'bob' }),
        by('999988887777', 'AWSAccount', { principalId: 'AIDAEXAMPLE' }),
      ],
      () => true,
    );
    const principals = overview.breakdowns.find(({ by: of }) => of === 'principal');
    expect(principals?.rows.map(({ name, account }) => [name, account])).toEqual([
      ['account 999988887777 (AIDAEXAMPLE)', null],
      ['user/bob', '112233445566'],
      ['user/bob', '444455556666'],
      ['user/bob', '777788889999'],
    ]);
  });

  test('says of what to look at first who did it, with what, and how long it was open', () => {
    const at = '2026-01-14T22:51:30Z';
    const { overview } = storiesOf(
      [
        finding({ userAgent: 'aws-cli/2.15.30' }),
        finding({ eventName: 'RevokeSecurityGroupIngress', eventTime: at }),
      ],
      () => true,
    );
    expect(overview.attention).toMatchObject([
      {
        reason: 'opened to the world',
        examples: [
          {
            actor: finding({}).actor.name,
            tool: 'aws-cli 2.15.30',
            end: 'seen',
            until: at.replace('Z', '.000Z'),
          },
        ],
      },
    ]);
  });

  test('counts a finding of a sorted report by its new place', () => {
    const low = finding({ rules: [{ ...MATCH, severity: 'Low' }], requestParameters: null });
    const high = finding({ rules: [{ ...MATCH, severity: 'High' }] });
    const given = report({ sections: [section({ findingCount: 3 })], findings: [low, high, low] });
    const numbersIn = ({ overview, stories }: Pick<Report, 'overview' | 'stories'>) =>
      [
        overview.attention.flatMap(({ examples }) => examples),
        stories.flatMap(({ points }) => points),
      ].map((quoted) => quoted.map(({ number }) => number));
    expect(numbersIn(given)).toEqual([[2], [2, 1]]);
    expect(numbersIn(orderedReport(given, 'severity'))).toEqual([[1], [1, 2]]);
  });
});

test('names beyond the limit are forgotten, but none of the most frequent, and every finding counts', () => {
  const counts = new NameCounts(10);
  const mark = { isExposed: false, isFailed: false, instant: NaN };
  for (let nth = 0; nth < 1000; nth++) {
    counts.add({ name: `noise ${nth}`, account: null }, mark);
    if (nth % 2 === 0) counts.add({ name: 'often', account: null }, mark);
  }
  const { rows, moreFindings } = counts.breakdown('tool');
  expect(rows[0]).toMatchObject({ name: 'often', findings: 500 });
  expect(rows.length).toBeLessThanOrEqual(20);
  expect(sum(rows.map(({ findings }) => findings)) + moreFindings).toBe(1500);
});

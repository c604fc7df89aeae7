import { describe, expect, test } from 'vitest';
import type { Finding } from '../../src/report/finding.js';
import { answerText } from '../../src/report/page/answer.js';
import { pageOf } from '../../src/report/page/page.js';
import { plainText } from '../../src/report/page/blocks/text.js';
import type { JsonObject } from '../../src/cloudtrail/json.js';
import { findingEndText } from '../../src/report/page/finding/ends.js';
import type { Concern } from '../../src/report/story.js';
import { inBrief } from '../../src/story/brief.js';
import { looksForEnd } from '../../src/story/opposite.js';
import { storiesOf } from '../../src/story/stories.js';
import { finding, report } from '../support/report-sample.js';

const ANN = 'arn:aws:iam::112233445566:user/ann';
const BEN = 'arn:aws:iam::112233445566:user/ben';

function user(arn: string, accessKeyId = 'AKIAIOSFODNN7EXAMPLE') {
  return { type: 'IAMUser', arn, userName: arn.split('/')[1] ?? '', accessKeyId };
}

/** `09:00:05` */
function at(time: string): string {
  return `2026-01-12T${time}.000Z`;
}

/** A policy of a resource for one principal. */
function policyFor(AWS: string): string {
  return JSON.stringify({
    Statement: [{ Effect: 'Allow', Principal: { AWS }, Action: '*', Resource: '*' }],
  });
}

const KEY = { userName: 'ben', accessKeyId: 'AKIA1' };

const STRONG = {
  minimumPasswordLength: 20,
  requireUppercaseCharacters: true,
  requireLowercaseCharacters: true,
  requireNumbers: true,
  requireSymbols: true,
};

function store(set: JsonObject): JsonObject {
  return { eventDataStore: 'e1', ...set };
}

function managed(policy: string): JsonObject {
  return { userName: 'ben', policyArn: `arn:aws:iam::aws:policy/${policy}` };
}

function boundary(permissionsBoundary: string): JsonObject {
  return { userName: 'ben', permissionsBoundary };
}

/** A policy of a role with a statement of each effect. */
function inline(...effects: readonly string[]): JsonObject {
  const Statement = effects.map((Effect) => ({ Effect, Action: 's3:*', Resource: '*' }));
  return { roleName: 'r', policyName: 'p', policyDocument: JSON.stringify({ Statement }) };
}

let events = 0;

function change(time: string, eventName: string, own: Partial<Finding> = {}): Finding {
  events += 1;
  return finding({
    eventID: `event-${events}`,
    eventTime: at(time),
    eventName,
    userIdentity: user(ANN),
    userAgent: 'aws-cli/2.13.5',
    ...own,
  });
}

function group(time: string, eventName: string, own: Partial<Finding> & { id?: string } = {}) {
  const { id = 'sg-1', ...fields } = own;
  const permission = {
    ipProtocol: 'tcp',
    fromPort: 22,
    toPort: 22,
    ipRanges: { items: [{ cidrIp: '0.0.0.0/0' }] },
  };
  return change(time, eventName, {
    requestParameters: { groupId: id, ipPermissions: { items: [permission] } },
    ...fields,
  });
}

const open = 'AuthorizeSecurityGroupIngress';
const close = 'RevokeSecurityGroupIngress';
const describeGroups = { readOnly: 'true', eventName: 'DescribeSecurityGroups' };

function told(findings: readonly Finding[], looksFor = looksForEnd(undefined)) {
  const { stories, summary, findings: all } = storiesOf(findings, looksFor);
  return { stories, summary, numbers: [...all].map(({ story }) => story), findings: [...all] };
}

function answerTo(findings: readonly Finding[], looksFor = looksForEnd(undefined)): string {
  const { summary } = storiesOf(findings, looksFor);
  return plainText(answerText({ ...report({ findings }), summary }));
}

describe('a story', () => {
  test('has the findings of one actor, until a long pause', () => {
    const { numbers } = told([
      group('09:00:00', open),
      group('09:01:00', open, { id: 'sg-9', userIdentity: user(BEN) }),
      group('09:20:00', open, { id: 'sg-2' }),
      group('09:45:00', open, { id: 'sg-3' }),
      group('11:00:00', open, { id: 'sg-4' }),
      group('11:01:00', open, { id: 'sg-5' }),
    ]);
    expect(numbers).toEqual([1, null, 1, 1, 2, 2]);
  });

  test('has what another does to the same resource, but not the rest of what that one does', () => {
    const ben = { userIdentity: user(BEN) };
    const { numbers, stories } = told([
      group('09:00:00', open),
      group('09:05:00', close, ben),
      group('09:06:00', open, { ...ben, id: 'sg-7' }),
      group('09:07:00', open, { ...ben, id: 'sg-8' }),
    ]);
    expect(numbers).toEqual([1, 1, 2, 2]);
    expect(stories.map(({ actors }) => actors.map(({ name }) => name))).toEqual([
      ['user/ann', 'user/ben'],
      ['user/ben'],
    ]);
  });

  test('has the change that undoes another, however late', () => {
    const late = group('21:00:00', close, { userIdentity: user(BEN) });
    expect(told([group('09:00:00', open), late]).numbers).toEqual([1, 1]);
  });

  test('follows its actor to the key that a call of the actor issued', () => {
    const issued = change('09:00:00', 'CreateAccessKey', {
      eventSource: 'iam.amazonaws.com',
      requestParameters: { userName: 'ben' },
      responseElements: { accessKey: { accessKeyId: 'AKIANEWKEYEXAMPLE', userName: 'ben' } },
    });
    const used = (accessKey: string) =>
      group('09:10:00', open, { userIdentity: user(BEN, accessKey) });
    expect(told([issued, used('AKIANEWKEYEXAMPLE')]).numbers).toEqual([1, 1]);
    expect(told([issued, used('AKIAOTHEREXAMPLE')]).numbers).toEqual([null, null]);
    const ofRolesAnywhere = change('09:00:00', 'CreateSession', {
      responseElements: { credentialSet: [{ credentials: { accessKeyId: 'ASIANEWKEYEXAMPLE' } }] },
    });
    expect(told([ofRolesAnywhere, used('ASIANEWKEYEXAMPLE')]).numbers).toEqual([1, 1]);
    const failed = { ...issued, outcome: 'failed' as const };
    expect(told([failed, used('AKIANEWKEYEXAMPLE')]).numbers).toEqual([null, null]);
  });

  test('is none of what services do for themselves, nor of findings without a time', () => {
    const service = { userIdentity: { type: 'AWSService', invokedBy: 'rds.amazonaws.com' } };
    const findings = ['sg-1', 'sg-2'].map((id) => group('09:00:00', open, { ...service, id }));
    expect(told(findings).numbers).toEqual([null, null]);
    const undated = [
      { ...group('09:00:00', open), eventTime: null },
      { ...group('09:00:00', open), eventTime: null },
    ];
    expect(told(undated).numbers).toEqual([null, null]);
  });

  test('says what it came to, the worst first, and counts attempts apart', () => {
    const { stories } = told([
      change('09:00:00', 'CreateSecurityGroup', {
        requestParameters: { groupName: 'web', vpcId: 'vpc-1' },
        responseElements: { groupId: 'sg-1' },
      }),
      group('09:00:05', open),
      group('09:00:30', open, { id: 'sg-2', outcome: 'failed' }),
      change('09:01:00', 'DeleteTrail', {
        eventSource: 'cloudtrail.amazonaws.com',
        requestParameters: { name: 'audit' },
        readOnly: 'false',
      }),
      group('09:01:54', close),
      group('09:02:00', 'DescribeSecurityGroups', describeGroups),
    ]);
    expect(stories).toMatchObject([
      {
        number: 1,
        changes: 4,
        failed: 1,
        reads: 1,
        from: at('09:00:00'),
        until: at('09:02:00'),
        concerns: { exposed: 1, logs: 1, other: 2 },
        points: [
          { concern: 'exposed', end: 'seen', until: at('09:01:54') },
          { concern: 'logs' },
          { concern: 'other' },
        ],
      },
    ]);
    expect(stories[0]?.title).toBe(
      'opened tcp 22 to everyone (0.0.0.0/0) on sg-1 (for 109 s), 1 change that weakens the logs, 2 other changes, 1 call that changes nothing, 1 failed attempt',
    );
  });

  test('does not call it weaker logs what a trail is set to when it is made', () => {
    const trail = (time: string, name: string, request: JsonObject): Finding =>
      change(time, name, {
        eventSource: 'cloudtrail.amazonaws.com',
        requestParameters: request,
        readOnly: 'false',
      });
    const made = trail('09:00:00', 'CreateTrail', { name: 'audit', s3BucketName: 'logs' });
    const none = { trailName: 'audit', insightSelectors: [] };
    const chosen = { trailName: 'audit', eventSelectors: [{ readWriteType: 'All' }] };
    const weaker = (...findings: readonly Finding[]): readonly unknown[] => {
      const { summary, findings: all } = told(findings);
      return [summary.concerns.logs, all.filter(({ attention }) => attention.length > 0).length];
    };
    const selectors = [
      trail('09:00:01', 'PutInsightSelectors', none),
      trail('09:00:02', 'PutEventSelectors', chosen),
    ];
    expect(weaker(made, ...selectors)).toEqual([0, 0]);
    expect(weaker(...selectors)).toEqual([2, 2]);
    expect(weaker(made, trail('09:15:01', 'PutInsightSelectors', none))).toEqual([1, 1]);
    expect(weaker(made, trail('09:05:00', 'StopLogging', { name: 'audit' }))).toEqual([1, 1]);
    // Within one second, reports are in the order of the event IDs.
    const early = selectors.map((one) => ({ ...one, eventTime: made.eventTime }));
    expect(weaker(...early, made)).toEqual([0, 0]);
    // It is in place of one that chose more.
    const deleted = trail('08:59:00', 'DeleteTrail', { name: 'audit' });
    expect(weaker(deleted, made, ...selectors)).toEqual([3, 3]);
  });

  test('calls it weaker logs what is set where the calls do not show that it was made', () => {
    const call = (time: string, service: string, name: string, request: JsonObject): Finding =>
      change(time, name, {
        eventSource: `${service}.amazonaws.com`,
        requestParameters: request,
        readOnly: 'false',
      });
    const weaker = (...findings: readonly Finding[]): number =>
      told(findings).summary.concerns.logs;
    const channel = { deliveryChannel: { name: 'default', s3BucketName: 'elsewhere' } };
    const rule = { configRule: { configRuleName: 'mfa', source: { owner: 'AWS' } } };
    const puts = [
      call('09:00:00', 'config', 'PutDeliveryChannel', channel),
      call('09:01:00', 'config', 'PutConfigRule', rule),
    ];
    // The channel may deliver elsewhere now. The rule watches.
    expect(weaker(...puts)).toBe(1);
    expect(weaker(...puts, ...puts)).toBe(2);
    // It also succeeds where the bucket is there.
    const made = call('09:00:00', 's3', 'CreateBucket', { bucketName: 'logs' });
    const expires = { Rule: { Status: 'Enabled', Expiration: { Days: 1 } } };
    const lifecycle = { bucketName: 'logs', LifecycleConfiguration: expires };
    expect(weaker(made, call('09:01:00', 's3', 'PutBucketLifecycle', lifecycle))).toBe(1);
  });

  test.each<[service: string, name: string, request: JsonObject, is: Concern]>([
    ['iam', 'AttachUserPolicy', managed('AWSDenyAll'), 'other'],
    ['iam', 'AttachUserPolicy', managed('AWSCompromisedKeyQuarantineV2'), 'other'],
    ['iam', 'AttachUserPolicy', managed('ReadOnlyAccess'), 'access'],
    ['iam', 'PutRolePolicy', { ...inline('Deny'), policyName: 'AWSRevokeOlderSessions' }, 'other'],
    // It may be in place of a policy that denied more.
    ['iam', 'PutRolePolicy', inline('Deny'), 'access'],
    ['iam', 'CreatePolicy', { policyName: 'p', ...inline('Deny') }, 'other'],
    ['iam', 'UpdateAccountPasswordPolicy', STRONG, 'other'],
    ['iam', 'UpdateAccountPasswordPolicy', { ...STRONG, minimumPasswordLength: 6 }, 'access'],
    ['iam', 'PutRolePolicy', inline('Deny', 'Allow'), 'access'],
    ['iam', 'PutRolePolicy', { ...inline(), policyDocument: '{"Statement":' }, 'access'],
    ['iam', 'UpdateAccessKey', { ...KEY, status: 'Inactive' }, 'other'],
    ['iam', 'UpdateAccessKey', { ...KEY, status: 'Active' }, 'access'],
    [
      'iam',
      'PutUserPermissionsBoundary',
      boundary('arn:aws:iam::aws:policy/ReadOnlyAccess'),
      'access',
    ],
    [
      'iam',
      'PutUserPermissionsBoundary',
      boundary('arn:aws:iam::aws:policy/AdministratorAccess'),
      'access',
    ],
    ['logs', 'DeleteRetentionPolicy', { logGroupName: '/ct' }, 'other'],
    ['logs', 'DeleteLogGroup', { logGroupName: '/ct' }, 'logs'],
    ['monitoring', 'DeleteDashboards', { dashboardNames: ['x'] }, 'other'],
    ['monitoring', 'DeleteAlarms', { alarmNames: ['x'] }, 'logs'],
    ['cloudtrail', 'UpdateTrail', { name: 't', cloudWatchLogsLogGroupArn: 'arn:x' }, 'other'],
    ['cloudtrail', 'UpdateTrail', { name: 't', cloudWatchLogsLogGroupArn: '' }, 'logs'],
    ['cloudtrail', 'UpdateTrail', { name: 't', s3BucketName: 'elsewhere' }, 'logs'],
    ['cloudtrail', 'UpdateTrail', { name: 't', isMultiRegionTrail: false }, 'logs'],
    [
      'cloudtrail',
      'UpdateTrail',
      { name: 't', kmsKeyId: 'k', cloudWatchLogsLogGroupArn: 'a' },
      'logs',
    ],
    ['cloudtrail', 'UpdateEventDataStore', store({ terminationProtectionEnabled: true }), 'other'],
    ['cloudtrail', 'UpdateEventDataStore', store({ terminationProtectionEnabled: false }), 'logs'],
    ['cloudtrail', 'UpdateEventDataStore', store({ retentionPeriod: 7 }), 'logs'],
    ['guardduty', 'UpdateFilter', { filterName: 'x', action: 'ARCHIVE' }, 'logs'],
    ['macie2', 'UpdateAutomatedDiscoveryConfiguration', { status: 'DISABLED' }, 'logs'],
    ['config', 'PutConfigRule', { configRule: { configRuleName: 'mfa' } }, 'other'],
    ['guardduty', 'CreateFilter', { name: 'x', action: 'ARCHIVE' }, 'logs'],
    ['guardduty', 'UpdateDetector', { detectorId: 'd', enable: false }, 'logs'],
    ['guardduty', 'UpdateDetector', { detectorId: 'd', enable: true }, 'other'],
  ])('knows of %s %s %o whether it lets in or weakens', (service, eventName, request, is) => {
    const one = change('09:00:00', eventName, {
      eventSource: `${service}.amazonaws.com`,
      requestParameters: request,
      readOnly: 'false',
    });
    expect(told([one]).summary.concerns).toMatchObject({ [is]: 1 });
  });

  test('counts credentials and sessions apart from changes', () => {
    const issue = (time: string, eventSource: string, eventName: string) =>
      change(time, eventName, { eventSource: `${eventSource}.amazonaws.com`, readOnly: 'false' });
    const findings = [
      issue('09:00:00', 'signin', 'GetSigninToken'),
      issue('09:00:10', 'signin', 'SwitchRole'),
      issue('09:00:20', 'redshift', 'GetClusterCredentials'),
      group('09:01:00', 'CreateSecurityGroup', { responseElements: { groupId: 'sg-1' } }),
      issue('09:02:00', 'iam', 'CreateAccessKey'),
      issue('09:03:00', 'ec2', 'StopInstances'),
      change('09:04:00', 'DeleteObject', {
        eventSource: 's3.amazonaws.com',
        eventCategory: 'Data',
        readOnly: 'false',
      }),
      group('09:05:00', 'DescribeSecurityGroups', describeGroups),
    ];
    const { stories, summary } = told(findings);
    expect(summary).toMatchObject({ changes: 4, sessions: 3, reads: 1, failed: 0 });
    expect(stories[0]).toMatchObject({ changes: 4, sessions: 3, reads: 1 });
    expect(stories[0]?.title).toMatch(/, 3 other changes, 4 calls that change nothing$/);
    expect(answerTo(findings)).toContain('4 changes, 3 credentials or sessions, 1 read by');
    expect(told(findings.slice(0, 2)).stories[0]?.title).toMatch(
      /token to sign in to the console.*, 1 call that changes nothing$/,
    );
  });

  test('names a few of very many changes, and counts all', () => {
    const findings = Array.from({ length: 500 }, (_, n) =>
      group(`09:${String(Math.trunc(n / 60)).padStart(2, '0')}:00`, open, { id: `sg-${n}` }),
    );
    const [story] = told(findings).stories;
    expect(story).toMatchObject({ changes: 500, concerns: { exposed: 500 } });
    expect(story?.points).toHaveLength(12);
    expect(story?.stillThere).toHaveLength(50);
    expect(story?.states.notSeen).toBe(500);
  });
});

describe('a finding', () => {
  test('says when its states ended, in both forms', () => {
    const all = [group('09:00:05', open), group('09:01:54', close)];
    const { findings } = storiesOf(
      {
        length: 2,
        items: () =>
          all.map((one) => ({ text: () => JSON.stringify(one), brief: () => inBrief(one) })),
        [Symbol.iterator]: () => all.values(),
      },
      looksForEnd(undefined),
    );
    expect([...findings][0]).toMatchObject({
      story: 1,
      states: [{ resource: 'sg-1', end: 'seen', until: at('09:01:54') }],
    });
    // The placeholders of the sample stand before the fields that count.
    expect([...(findings.texts?.() ?? [])].map((text) => JSON.parse(text) as unknown)).toEqual([
      ...findings,
    ]);
  });

  test('is asked for its request only where the call says something there', () => {
    const asked: (string | null)[] = [];
    const retention = change('09:00:03', 'PutRetentionPolicy', {
      eventSource: 'logs.amazonaws.com',
      requestParameters: { logGroupName: 'g', retentionInDays: 7 },
    });
    const all = [group('09:00:01', open), change('09:00:02', 'CreateTags'), retention];
    const brief = (one: Finding) => ({
      ...inBrief(one),
      get requestParameters() {
        asked.push(one.eventName);
        return one.requestParameters;
      },
    });
    storiesOf(
      {
        length: all.length,
        items: () =>
          all.map((one) => ({ text: () => JSON.stringify(one), brief: () => brief(one) })),
        [Symbol.iterator]: () => all.values(),
      },
      looksForEnd(undefined),
    );
    expect(new Set(asked)).toEqual(new Set(['PutRetentionPolicy']));
  });

  test('shows the worst first, whenever it happened', () => {
    const iam = (
      time: string,
      eventName: string,
      requestParameters: Finding['requestParameters'],
    ) => change(time, eventName, { eventSource: 'iam.amazonaws.com', requestParameters });
    const describeOnly = JSON.stringify({
      Statement: [{ Effect: 'Allow', Action: 'ec2:Describe*', Resource: '*' }],
    });
    const small = Array.from({ length: 14 }, (_, n) =>
      iam(`09:00:${10 + n}`, 'PutRolePolicy', {
        roleName: `role-${n}`,
        policyName: 'look',
        policyDocument: describeOnly,
      }),
    );
    const { stories } = told([
      group('09:00:00', open),
      group('09:00:01', open, { id: 'sg-2' }),
      group('09:00:02', close),
      ...small,
      iam('09:01:00', 'CreateUser', { userName: 'new' }),
      iam('09:01:01', 'AttachUserPolicy', {
        userName: 'new',
        policyArn: 'arn:aws:iam::aws:policy/AdministratorAccess',
      }),
    ]);
    expect(stories[0]?.points.slice(0, 4).map(({ sentence }) => sentence)).toEqual([
      'opened tcp 22 to everyone (0.0.0.0/0) on sg-2',
      'opened tcp 22 to everyone (0.0.0.0/0) on sg-1',
      'gave user new policy AdministratorAccess (administrator rights)',
      'created user new',
    ]);
    expect(stories[0]?.stillThere.slice(0, 3).map(({ resource }) => resource)).toEqual([
      'sg-2',
      'user new',
      'user new',
    ]);
    expect(stories[0]?.concerns).toMatchObject({ exposed: 2, access: 16 });
  });

  test('says whether the rules look for an end that is not there', () => {
    const endsBy = (names: readonly string[]) =>
      told([group('09:00:00', open)], looksForEnd(names)).findings[0]?.states.map(({ end }) => end);
    expect(endsBy([open, close])).toEqual(['not seen']);
    expect(endsBy([open, 'CreateSecurityGroup'])).toEqual(['not looked for']);
  });

  test('ends the old value of a record with a new one, and not with the same', () => {
    const record = (time: string, action: string, value: string) =>
      change(time, 'ChangeResourceRecordSets', {
        eventSource: 'route53.amazonaws.com',
        requestParameters: {
          hostedZoneId: 'Z1',
          changeBatch: {
            changes: [
              {
                action,
                resourceRecordSet: {
                  name: 'www.example.com.',
                  type: 'A',
                  resourceRecords: [{ value }],
                },
              },
            ],
          },
        },
      });
    const findings = [
      record('09:00:00', 'UPSERT', '203.0.113.9'),
      record('09:01:00', 'UPSERT', '203.0.113.9'),
      record('09:02:00', 'UPSERT', '198.51.100.1'),
    ];
    const { findings: all, stories } = told(findings);
    expect(all.map(findingEndText)).toEqual(['undone after 120 s', 'undone after 60 s', null]);
    expect(stories[0]?.stillThere.map(({ what }) => what)).toEqual([
      'record www.example.com A → 198.51.100.1',
    ]);
    const deleted = record('09:03:00', 'DELETE', '198.51.100.1');
    expect(told([...findings, deleted]).stories[0]?.stillThere).toEqual([]);
  });

  test('names what was opened, where the call has no list of resources, and never who was let in', () => {
    const policy = JSON.stringify({
      Statement: [{ Effect: 'Allow', Principal: '*', Action: 'backup:CopyIntoBackupVault' }],
    });
    const vault = change('09:00:00', 'PutBackupVaultAccessPolicy', {
      eventSource: 'backup.amazonaws.com',
      requestParameters: { backupVaultName: 'Default', policy },
    });
    expect(answerTo([vault])).toContain('1 opened backup vault Default to everyone');
    const given = change('09:00:00', 'RegisterDelegatedAdministrator', {
      eventSource: 'organizations.amazonaws.com',
      requestParameters: { accountId: '999988887777', servicePrincipal: 'sso.amazonaws.com' },
    });
    const exposure = { peer: 'foreign account', direction: 'ingress' } as const;
    const opened = given.change && { ...given, change: { ...given.change, exposure } };
    expect(opened && answerTo([opened])).toContain(
      '1 opened administration of sso.amazonaws.com to a foreign account',
    );
  });

  test('says of what was made open that it was closed, though it still exists', () => {
    const trusting = (principal: unknown): string =>
      JSON.stringify({
        Statement: [{ Effect: 'Allow', Principal: principal, Action: 'sts:AssumeRole' }],
      });
    const role = (time: string, eventName: string, requestParameters: JsonObject) =>
      change(time, eventName, { eventSource: 'iam.amazonaws.com', requestParameters });
    const findings = [
      role('09:00:00', 'CreateRole', {
        roleName: 'audit',
        assumeRolePolicyDocument: trusting('*'),
      }),
      role('09:01:00', 'UpdateAssumeRolePolicy', {
        roleName: 'audit',
        policyDocument: trusting({ Service: 'ec2.amazonaws.com' }),
      }),
    ];
    expect(answerTo(findings)).toContain('1 opened audit to everyone; it was closed again');
    const { stories, findings: all } = told(findings);
    expect(stories[0]?.title).toContain('(for 60 s)');
    expect(stories[0]?.stillThere.map(({ what }) => what)).toEqual(['exists']);
    expect(all.map(findingEndText)).toEqual(['open for 60 s', null]);
  });

  test.each<
    readonly [call: readonly [source: string, name: string], wide: JsonObject, narrow: JsonObject]
  >([
    [
      ['s3', 'PutBucketPolicy'],
      { bucketName: 'b', bucketPolicy: policyFor('*') },
      { bucketName: 'b', bucketPolicy: policyFor('222222222222') },
    ],
    [
      ['kms', 'PutKeyPolicy'],
      { keyId: 'k', policy: policyFor('*') },
      { keyId: 'k', policy: policyFor('112233445566') },
    ],
    [
      ['sns', 'SetTopicAttributes'],
      { topicArn: 't', attributeName: 'Policy', attributeValue: policyFor('*') },
      { topicArn: 't', attributeName: 'Policy', attributeValue: policyFor('222222222222') },
    ],
    [
      ['sqs', 'SetQueueAttributes'],
      { queueUrl: 'q', attributes: { Policy: policyFor('*') } },
      { queueUrl: 'q', attributes: { Policy: policyFor('222222222222') } },
    ],
    [
      ['glue', 'PutResourcePolicy'],
      { resourceArn: 'arn:c', policyInJson: policyFor('*') },
      { resourceArn: 'arn:c', policyInJson: policyFor('222222222222') },
    ],
  ])('says of %s that a narrower policy closed it', ([source, eventName], wide, narrow) => {
    const put = (time: string, requestParameters: JsonObject) =>
      change(time, eventName, { eventSource: `${source}.amazonaws.com`, requestParameters });
    const findings = [put('09:00:00', wide), put('09:01:00', narrow)];
    expect(told(findings).findings.map(findingEndText)[0]).toBe('open for 60 s');
    expect(answerTo(findings)).toContain('to everyone; it was closed again');
  });

  test.each<
    readonly [
      source: string,
      changed: readonly [string, JsonObject],
      deleted: readonly [string, JsonObject],
    ]
  >([
    [
      'ec2',
      ['StopInstances', { instancesSet: { items: [{ instanceId: 'i-1' }] } }],
      ['TerminateInstances', { instancesSet: { items: [{ instanceId: 'i-1' }] } }],
    ],
    [
      'iam',
      [
        'DeactivateMFADevice',
        { userName: 'ben', serialNumber: 'arn:aws:iam::112233445566:mfa/ben' },
      ],
      ['DeleteUser', { userName: 'ben' }],
    ],
    [
      'rds',
      ['ModifyDBInstance', { dBInstanceIdentifier: 'db', deletionProtection: false }],
      ['DeleteDBInstance', { dBInstanceIdentifier: 'db' }],
    ],
  ])(
    'says of %s that a deletion ended what %s did, and not that it was undone',
    (source, ...calls) => {
      const findings = calls.map(([eventName, requestParameters], nth) =>
        change(`09:0${nth}:00`, eventName, {
          eventSource: `${source}.amazonaws.com`,
          requestParameters,
        }),
      );
      const { findings: all, stories } = told(findings);
      expect(all[0]?.states).toMatchObject([{ end: 'deleted', until: at('09:01:00') }]);
      expect(all.map(findingEndText)).toEqual(['ended by a deletion after 60 s', null]);
      expect(stories[0]?.title).not.toContain('undone');
      if (source === 'iam')
        expect(stories[0]?.title).toContain('from user ben (ended by a deletion after 60 s)');
      expect(stories[0]).toMatchObject({ states: { ended: 1, notSeen: 0 }, stillThere: [] });
      // At one instant the order says nothing.
      const same = findings.map((one) => ({ ...one, eventTime: at('09:00:00') })).toReversed();
      expect(told(same).findings[1]?.states[0]?.end).toBe('deleted');
    },
  );

  test('says of what was made and deleted that it was undone, and of what was opened how long', () => {
    const ofUser = (time: string, eventName: string) =>
      change(time, eventName, {
        eventSource: 'iam.amazonaws.com',
        requestParameters: { userName: 'new' },
      });
    expect(
      told([ofUser('09:00:00', 'CreateUser'), ofUser('09:01:00', 'DeleteUser')]).findings.map(
        findingEndText,
      ),
    ).toEqual(['undone after 60 s', null]);
    const gone = change('09:01:00', 'DeleteSecurityGroup', {
      requestParameters: { groupId: 'sg-1' },
    });
    const opened = [group('09:00:00', open), gone];
    expect(told(opened).findings.map(findingEndText)[0]).toBe('open for 60 s');
    expect(answerTo(opened)).toContain('1 opened sg-1 to everyone; it was closed again');
  });

  test('lists nothing as still there that a change only put back', () => {
    const key = (time: string, status: string) =>
      change(time, 'UpdateAccessKey', {
        eventSource: 'iam.amazonaws.com',
        requestParameters: { ...KEY, status },
      });
    const [off, on] = [key('09:00:00', 'Inactive'), key('09:01:00', 'Active')];
    const { findings, stories } = told([off, on]);
    expect([...findings].map(({ states }) => states.map(({ what }) => what))).toEqual([
      ['inactive'],
      [],
    ]);
    expect(stories[0]).toMatchObject({ states: { ended: 1, notSeen: 0 }, stillThere: [] });
    // Nobody is seen to switch it off.
    expect(told([on]).findings[0]?.states.map(({ what }) => what)).toEqual(['active again']);
  });

  test('says of a deletion that waited that it is over, but undone only if it was', () => {
    const secret = (time: string, eventName: string, own: Partial<Finding> = {}) =>
      change(time, eventName, {
        eventSource: 'secretsmanager.amazonaws.com',
        requestParameters: { [eventName === 'CreateSecret' ? 'name' : 'secretId']: 'db' },
        ...own,
      });
    const force = { secretId: 'db', forceDeleteWithoutRecovery: true };
    const letIn = secret('09:00:00', 'PutResourcePolicy', {
      requestParameters: {
        secretId: 'db',
        resourcePolicy: JSON.stringify({
          Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }],
        }),
      },
    });
    const deleted = secret('09:01:00', 'DeleteSecret');
    const after = (...later: readonly Finding[]) =>
      told([letIn, deleted, ...later])
        .findings.slice(0, 2)
        .map((one) => [one.states[0]?.end, findingEndText(one)]);
    expect(after(secret('09:02:00', 'RestoreSecret'))).toEqual([
      ['not seen', 'not closed again in these findings'],
      ['seen', 'undone after 60 s'],
    ]);
    const gone = [
      ['deleted', 'open for 120 s'],
      ['deleted', null],
    ];
    expect(after(secret('09:02:00', 'CreateSecret'))).toEqual(gone);
    expect(after(secret('09:02:00', 'DeleteSecret', { requestParameters: force }))).toEqual(gone);
    const refused = secret('09:02:00', 'CreateSecret', { outcome: 'failed' });
    expect(after(refused)[1]).toEqual(['not seen', null]);
    const { stillThere } = told([deleted, secret('09:02:00', 'CreateSecret')]).stories[0] ?? {};
    expect(stillThere?.map(({ what }) => what)).toEqual(['exists']);
  });

  test.each([
    ['DeleteSecret', 'RestoreSecret'],
    ['DeleteBucketPublicAccessBlock', 'PutBucketPublicAccessBlock'],
    ['ScheduleKeyDeletion', 'CancelKeyDeletion'],
    ['CancelRotateSecret', 'RotateSecret'],
    ['DeactivateMFADevice', 'EnableMFADevice'],
    ['SuspendGraph', 'ResumeGraph'],
    ['TagRole', 'UntagRole'],
    ['CreateGrant', 'RevokeGrant'],
    ['PutTargets', 'RemoveTargets'],
    ['AddUserToGroup', 'RemoveUserFromGroup'],
    ['AttachManagedPolicyToPermissionSet', 'DetachManagedPolicyFromPermissionSet'],
    ['AssociateVPCWithHostedZone', 'DisassociateVPCFromHostedZone'],
    ['CopyDBSnapshot', 'DeleteDBSnapshot'],
    ['CreateVpcEndpoint', 'DeleteVpcEndpoints'],
    ['AdminCreateUser', 'AdminDeleteUser'],
    ['RestoreDBInstanceFromDBSnapshot', 'DeleteDBInstance'],
    ['UpdateAccessKey', 'UpdateAccessKey'],
    ['CreateCachePolicy2020_05_31', 'DeleteCachePolicy'],
  ])('who looks for %s looks for its end with %s', (begin, end) => {
    expect(looksForEnd([end])(begin)).toBe(true);
    expect(looksForEnd(['GetCallerIdentity'])(begin)).toBe(false);
  });

  test.each([
    ['DeleteDBInstance', 'RestoreDBInstanceFromDBSnapshot'],
    ['DeleteTable', 'RestoreTableFromBackup'],
    ['StopLogging', 'StopQuery'],
    ['AdminCreateUser', 'DeleteUser'],
    ['UpdateTrail', 'DeleteTrail'],
  ])('%s is not undone by %s', (begin, other) => {
    expect(looksForEnd([other])(begin)).toBe(false);
  });
});

test('the page says once what is still there', () => {
  const findings = [
    group('09:00:00', open),
    group('09:00:10', open),
    group('09:00:20', open, { id: 'sg-2' }),
  ];
  const { stories, summary } = told(findings);
  const lines = [...pageOf({ ...report({ findings }), stories, summary })].flatMap((block) =>
    block.kind === 'story' ? block.details.map(({ text }) => plainText(text)) : [],
  );
  expect(lines.at(-1)).toBe(
    'STILL THERE at the end of the logs (as far as these findings show): sg-1 (tcp 22 open to 0.0.0.0/0, 09:00:00Z), sg-2 (tcp 22 open to 0.0.0.0/0, 09:00:20Z)',
  );
});

describe('the answer', () => {
  test('says who changed what, and whether it is still so', () => {
    const both = [group('09:00:00', open), group('09:00:01', open, { id: 'sg-2' })];
    const closed = [group('09:01:00', close), group('09:01:01', close, { id: 'sg-2' })];
    expect(answerTo([...both, ...closed])).toBe(
      '4 changes by user/ann; 2 opened sg-1, sg-2 to everyone; both closed again',
    );
    expect(answerTo([...both, ...closed.slice(1)])).toBe(
      '3 changes by user/ann; 2 opened sg-1, sg-2 to everyone; 1 closed again, 1 not closed again in these findings',
    );
    expect(answerTo(both, looksForEnd([open]))).toBe(
      '2 changes by user/ann; 2 opened sg-1, sg-2 to everyone; whether closed again was not looked for',
    );
    // All that were opened are in the sum, also those without a time.
    const undated = group('09:00:02', open, { id: 'sg-3', eventTime: null });
    expect(answerTo([...both, ...closed.slice(1), undated])).toContain(
      '3 opened sg-1, sg-2, sg-3 to everyone; 1 closed again, 1 not closed again in these findings, 1 unknown',
    );
  });

  test('says of two halves of the internet what each is', () => {
    const half = (time: string, cidrIp: string) =>
      group(time, open, { requestParameters: { groupId: 'sg-1', cidrIp, ipProtocol: 'tcp' } });
    const halves = [half('09:00:00', '0.0.0.0/1'), half('09:00:01', '128.0.0.0/1')];
    const { stories, findings } = told(halves);
    expect(answerTo(halves)).toContain('2 opened sg-1 to much of the internet; 2 not closed');
    expect(stories[0]?.stillThere.map(({ what }) => what)).toEqual([
      'tcp open to 0.0.0.0/1 (half of the internet)',
      'tcp open to 128.0.0.0/1 (half of the internet)',
    ]);
    expect(findings.map(({ attention }) => attention)).toEqual(
      halves.map(() => ['opened to the world']),
    );
    expect(answerTo([...halves, group('09:00:02', open)])).toContain(
      '3 opened sg-1 to everyone, much of the internet or a foreign account',
    );
  });

  test('names the most active of many actors', () => {
    const findings = ['ann', 'ben', 'cid', 'dan', 'eve'].flatMap((name, n) =>
      Array.from({ length: 5 - n }, () =>
        change('09:00:00', 'CreateTags', {
          userIdentity: user(`arn:aws:iam::112233445566:user/${name}`),
        }),
      ),
    );
    expect(answerTo(findings)).toBe(
      '15 changes by user/ann (5), user/ben (4), user/cid (3) and 2 others',
    );
  });

  test('says of nothing where nothing was found', () => {
    expect(answerTo([])).toMatch(/^0 findings in \d+ records from 2026-01-12 /);
  });
});

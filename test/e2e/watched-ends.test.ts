/** What a hunt knows beside its findings ends what these began: the page does not contradict itself. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { emptyFolder, huntWithReport } from '../support/run-hunt.js';

const ACCOUNT = '112233445566';
const NAME = 'db-password';
const SECRET = `arn:aws:secretsmanager:eu-west-1:${ACCOUNT}:secret:${NAME}-a1B2c3`;

type Event = Readonly<Record<string, unknown>>;

function call(time: string, name: string, more: Event): Event {
  const [service = '', eventName = ''] = name.split(':');
  return {
    eventVersion: '1.09',
    eventID: `${time} ${name}`,
    eventTime: `2026-01-14T${time}Z`,
    eventSource: `${service}.amazonaws.com`,
    eventName,
    awsRegion: 'eu-west-1',
    recipientAccountId: ACCOUNT,
    sourceIPAddress: '198.51.100.7',
    userAgent: 'aws-cli/2.15.30',
    readOnly: false,
    eventType: 'AwsApiCall',
    managementEvent: true,
    eventCategory: 'Management',
    userIdentity: {
      type: 'IAMUser',
      userName: 'ann',
      accountId: ACCOUNT,
      arn: `arn:aws:iam::${ACCOUNT}:user/ann`,
      accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
    },
    ...more,
  };
}

/** What a service reports of its own work. */
function reported(time: string, eventName: string): Event {
  return call(time, `secretsmanager:${eventName}`, {
    sourceIPAddress: 'secretsmanager.amazonaws.com',
    userAgent: 'secretsmanager.amazonaws.com',
    eventType: 'AwsServiceEvent',
    userIdentity: { accountId: ACCOUNT, invokedBy: 'secretsmanager.amazonaws.com' },
    requestParameters: null,
    additionalEventData: { ARN: SECRET, Name: NAME },
  });
}

const made = call('10:00:00', 'secretsmanager:CreateSecret', {
  requestParameters: { name: NAME },
  responseElements: { arn: SECRET, name: NAME },
});
const gone = [
  reported('11:00:00', 'StartSecretVersionDelete'),
  reported('11:00:01', 'EndSecretVersionDelete'),
];

function logs(...events: readonly Event[]): string {
  const folder = join(emptyFolder(), 'logs');
  mkdirSync(folder);
  writeFileSync(join(folder, 'a.json'), JSON.stringify({ Records: events }));
  return folder;
}

async function said(...args: readonly string[]) {
  const { page, report } = await huntWithReport(args);
  const states = [...report.findings].map((finding) => finding.states);
  return { states, page: page.replaceAll(/\s+/g, ' ') };
}

const ANY = ['--set', 'PROD_ACCOUNT_IDS=any'];

test('a bucket that was deleted has no policy, though the rule does not look for the deletion', async () => {
  const bucket = { requestParameters: { bucketName: 'notes', bucketPolicy: { Statement: [] } } };
  const put = call('10:00:00', 's3:PutBucketPolicy', bucket);
  const other = call('10:01:00', 's3:PutBucketPolicy', {
    requestParameters: { bucketName: 'other', bucketPolicy: { Statement: [] } },
  });
  const removed = call('10:02:00', 's3:DeleteBucket', {
    requestParameters: { bucketName: 'notes' },
  });
  const rule = ['--rule', 'AWS.S3.ManualBucketPolicyChange', ...ANY];
  const { states, page } = await said(logs(put, other, removed), ...rule);
  expect(states.map((all) => all.map(({ end }) => end))).toEqual([['deleted'], ['not seen']]);
  expect(page).toContain('(ended by a deletion after 120 s)');
  expect(page).toMatch(/STILL THERE [^:]+: bucket other \(has a policy/);
}, 120_000);

test('what was deleted after the window was there at its end', async () => {
  const bucket = { requestParameters: { bucketName: 'notes', bucketPolicy: { Statement: [] } } };
  const put = call('10:00:00', 's3:PutBucketPolicy', bucket);
  const removed = call('10:02:00', 's3:DeleteBucket', {
    requestParameters: { bucketName: 'notes' },
  });
  const rule = ['--rule', 'AWS.S3.ManualBucketPolicyChange', ...ANY];
  const window = ['--since', '2026-01-14T09:00:00Z', '--until', '2026-01-14T10:01:00Z'];
  const { states } = await said(logs(put, removed), ...rule, ...window);
  expect(states.map((all) => all.map(({ end, until }) => [end, until]))).toEqual([
    [['not seen', null]],
  ]);
}, 120_000);

test('what was deleted before the window is there again', async () => {
  const bucket = { requestParameters: { bucketName: 'notes', bucketPolicy: { Statement: [] } } };
  const removed = call('10:00:00', 's3:DeleteBucket', {
    requestParameters: { bucketName: 'notes' },
  });
  const put = call('10:02:00', 's3:PutBucketPolicy', bucket);
  const rule = ['--rule', 'AWS.S3.ManualBucketPolicyChange', ...ANY];
  const { states } = await said(logs(removed, put), ...rule, '--since', '2026-01-14T10:01:00Z');
  expect(states.map((all) => all.map(({ end, until }) => [end, until]))).toEqual([
    [['not seen', null]],
  ]);
}, 120_000);

test('a secret that the service deleted does not exist, and the finding of the service is not counted twice', async () => {
  for (const options of [
    ['--rule', 'AWS.Any.ManualChange'],
    ['--kind', 'change'],
  ]) {
    const { states } = await said(logs(made, ...gone), ...options);
    expect(states[0]).toMatchObject([{ end: 'seen', until: '2026-01-14T11:00:01.000Z' }]);
  }
  // At the same second: what was there before ended, and what is made then stays.
  const again = { ...made, eventID: 'again', eventTime: '2026-01-14T11:00:01Z' };
  const { states } = await said(logs(made, ...gone, again), '--kind', 'change');
  expect(states.flatMap((all) => all.map(({ end }) => end))).toEqual(['seen', 'not seen']);
}, 120_000);

test('hunt what finds a resource that only additionalEventData names', async () => {
  const { page } = await said('what', NAME, logs(made, ...gone));
  expect(page).toContain(
    `deleted secret ${NAME}, 2026-01-14 11:00:01Z by secretsmanager.amazonaws.com`,
  );
  expect(page).toContain(`deleted secret ${NAME} for good`);
  expect(page).toContain(`started deletion of secret ${NAME}`);
  const deleted = call('10:59:00', 'secretsmanager:DeleteSecret', {
    requestParameters: { secretId: NAME, forceDeleteWithoutRecovery: true },
    responseElements: { name: NAME },
  });
  const { page: byAnn } = await said('what', NAME, logs(made, deleted, ...gone));
  expect(byAnn).toContain(`deleted secret ${NAME}, 2026-01-14 10:59:00Z by user/ann`);
}, 120_000);

test('what was taken back was undone then, although the rest ended with the trail', async () => {
  const selectors = (time: string, selector: Event): Event =>
    call(time, 'cloudtrail:PutEventSelectors', {
      requestParameters: { trailName: 'audit', eventSelectors: [selector] },
    });
  const objects = [{ type: 'AWS::S3::Object', values: [] }];
  const narrowed = selectors('10:00:00', {
    readWriteType: 'ReadOnly',
    includeManagementEvents: false,
    dataResources: objects,
  });
  const widened = selectors('10:05:00', {
    readWriteType: 'All',
    includeManagementEvents: true,
    dataResources: [],
  });
  const removed = call('10:06:00', 'cloudtrail:DeleteTrail', {
    requestParameters: { name: 'audit' },
  });
  const text = '(undone after 5 m 0 s, the rest ended by a deletion after 6 m 0 s)';
  for (const options of [
    ['--kind', 'change'],
    ['--rule', 'AWS.CloudTrail.ManualTrailChange', ...ANY],
  ]) {
    const { page } = await said(logs(narrowed, widened, removed), ...options);
    expect(page, options.join(' ')).toContain(text);
    expect(page).toMatch(/LOGS [^(]+ \(undone after 5 m 0 s\)/);
  }
}, 120_000);

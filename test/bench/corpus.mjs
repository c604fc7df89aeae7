/** A corpus as CloudTrail delivers it: many small gzip files, of which a rule can match next to nothing. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const ACCOUNTS = ['112233445566', '210987654321', '345678901234'];
const REGIONS = ['eu-west-1', 'us-east-1', 'ap-southeast-2'];
/** @type {[service: string, name: string, request: object][]} */
const CALLS = [
  ['ec2', 'DescribeInstances', { instancesSet: {}, filterSet: {} }],
  ['sts', 'AssumeRole', { roleArn: 'arn:aws:iam::112233445566:role/web', durationSeconds: 900 }],
  ['kms', 'Decrypt', { encryptionContext: { 'aws:s3:arn': 'arn:aws:s3:::a-bucket/key' } }],
  ['s3', 'GetObject', { bucketName: 'a-bucket', Host: 'a-bucket.s3.amazonaws.com', key: 'k/1' }],
  ['dynamodb', 'DescribeTable', { tableName: 'orders' }],
  ['ec2', 'DescribeSecurityGroups', { securityGroupSet: {}, filterSet: {} }],
];
const AGENTS = [
  'aws-sdk-go-v2/1.30.3 os/linux lang/go#1.22.5 md/GOOS#linux md/GOARCH#amd64 api/ec2#1.170.0',
  'Boto3/1.34.51 md/Botocore#1.34.51 ua/2.0 os/linux#6.1.0 lang/python#3.11.8',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:128.0) Gecko/20100101 Firefox/128.0',
];

/**
 * Writes `files` log files of `events` events each, over `days` days from 2026-01-01 on; one event in a hundred opens a
 * security group. Gives the bytes of JSON.
 */
export function writeCorpus(folder, files, events = 500, days = 60) {
  const random = generator(1);
  let bytes = 0;
  for (let file = 0; file < files; file += 1) {
    const account = ACCOUNTS[file % 3];
    const region = REGIONS[Math.floor(file / 3) % 3];
    const time = Date.UTC(2026, 0, 1) + Math.floor((file * days * 288) / files) * 300_000;
    const day = new Date(time).toISOString().slice(0, 10);
    const place = `AWSLogs/${account}/CloudTrail/${region}/${day.replaceAll('-', '/')}`;
    const records = Array.from({ length: events }, () => event(random, account, region, time));
    const delivered = new Date(time + 300_000)
      .toISOString()
      .replace(/[-:]|:\d\d\.\d+/g, '')
      .slice(0, 13);
    const text = JSON.stringify({ Records: records });
    bytes += text.length;
    mkdirSync(join(folder, place), { recursive: true });
    writeFileSync(
      join(
        folder,
        place,
        `${account}_CloudTrail_${region}_${delivered}Z_${id(random).slice(0, 8)}${file}.json.gz`,
      ),
      gzipSync(text, { level: 6 }),
    );
  }
  return bytes;
}

function event(random, account, region, time) {
  const isChange = random() < 0.01;
  const [service, name, request] = isChange
    ? ['ec2', 'AuthorizeSecurityGroupIngress', opening(random)]
    : CALLS[Math.floor(random() * CALLS.length)];
  return {
    eventVersion: '1.11',
    userIdentity: identity(random, account),
    eventTime: `${new Date(time + random() * 300_000).toISOString().slice(0, 19)}Z`,
    eventSource: `${service}.amazonaws.com`,
    eventName: name,
    awsRegion: region,
    sourceIPAddress: `198.51.100.${Math.floor(random() * 256)}`,
    userAgent: AGENTS[Math.floor(random() * AGENTS.length)],
    requestParameters: request,
    responseElements: isChange ? { requestId: id(random), _return: true } : null,
    requestID: id(random),
    eventID: id(random),
    readOnly: !isChange,
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: account,
    eventCategory: 'Management',
    tlsDetails: {
      tlsVersion: 'TLSv1.3',
      cipherSuite: 'TLS_AES_128_GCM_SHA256',
      clientProvidedHostHeader: `${service}.${region}.amazonaws.com`,
    },
  };
}

function opening(random) {
  const port = Math.floor(random() * 65_536);
  const items = [
    {
      ipProtocol: 'tcp',
      fromPort: port,
      toPort: port,
      groups: {},
      ipRanges: { items: [{ cidrIp: '0.0.0.0/0' }] },
    },
  ];
  return { groupId: `sg-${id(random).slice(0, 8)}`, ipPermissions: { items } };
}

function identity(random, account) {
  const role = `role-${Math.floor(random() * 20)}`;
  const principalId = `AROA${role.toUpperCase().padEnd(17, 'X')}`;
  const session = `i-${id(random).slice(0, 8)}`;
  return {
    type: 'AssumedRole',
    principalId: `${principalId}:${session}`,
    arn: `arn:aws:sts::${account}:assumed-role/${role}/${session}`,
    accountId: account,
    accessKeyId: `ASIA${id(random).slice(0, 8).toUpperCase()}EXAMPLE`,
    sessionContext: {
      sessionIssuer: {
        type: 'Role',
        principalId,
        arn: `arn:aws:iam::${account}:role/${role}`,
        accountId: account,
        userName: role,
      },
      attributes: { creationDate: '2026-01-01T07:55:02Z', mfaAuthenticated: 'false' },
    },
  };
}

function id(random) {
  const hex = () =>
    Math.floor(random() * 0x1_0000_0000)
      .toString(16)
      .padStart(8, '0');
  const digits = hex() + hex() + hex() + hex();
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** Mulberry32: the same corpus at every run. */
function generator(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

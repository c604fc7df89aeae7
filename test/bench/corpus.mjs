/** A corpus as CloudTrail delivers it: many small gzip files, of which a rule can match next to nothing. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const ACCOUNTS = ['112233445566', '210987654321', '345678901234'];
const REGIONS = ['eu-west-1', 'us-east-1', 'ap-southeast-2'];
/**
 * @type {[service: string, name: string, make: Function][]} What most of the calls are: the request, the answer and what else is told, of which the identifiers do not compress.
 */
const CALLS = [
  [
    'ec2',
    'DescribeInstances',
    (make) => ({
      request: { instancesSet: { items: [{ instanceId: `i-${make.hex(17)}` }] }, filterSet: {} },
    }),
  ],
  [
    'sts',
    'AssumeRole',
    (make) => ({
      request: {
        roleArn: `arn:aws:iam::112233445566:role/web-${make.hex(4)}`,
        roleSessionName: make.base64(32),
        durationSeconds: 900,
      },
      response: {
        credentials: {
          accessKeyId: `ASIA${make.hex(8).toUpperCase()}EXAMPLE`,
          sessionToken: make.base64(420),
          expiration: 'Jan 14, 2026, 9:30:00 AM',
        },
        assumedRoleUser: {
          assumedRoleId: `AROAEXAMPLEWEBROLE000:${make.hex(17)}`,
          arn: `arn:aws:sts::112233445566:assumed-role/web/${make.hex(17)}`,
        },
      },
      resources: [
        {
          accountId: '112233445566',
          type: 'AWS::IAM::Role',
          ARN: 'arn:aws:iam::112233445566:role/web',
        },
      ],
    }),
  ],
  [
    'kms',
    'Decrypt',
    (make) => ({
      request: {
        encryptionContext: { 'aws:s3:arn': `arn:aws:s3:::a-bucket/${make.base64(24)}` },
        encryptionAlgorithm: 'SYMMETRIC_DEFAULT',
      },
      more: { keyMaterialId: make.hex(64) },
      resources: [
        {
          accountId: '112233445566',
          type: 'AWS::KMS::Key',
          ARN: `arn:aws:kms:eu-west-1:112233445566:key/${make.id()}`,
        },
      ],
    }),
  ],
  [
    's3',
    'GetObject',
    (make) => ({
      request: {
        bucketName: 'a-bucket',
        Host: 'a-bucket.s3.amazonaws.com',
        key: `exports/2026/01/${make.id()}/part-${make.hex(5)}.parquet`,
      },
      more: {
        SignatureVersion: 'SigV4',
        CipherSuite: 'TLS_AES_128_GCM_SHA256',
        bytesTransferredIn: 0,
        AuthenticationMethod: 'AuthHeader',
        'x-amz-id-2': make.base64(76),
        bytesTransferredOut: make.number(1_000_000),
      },
      resources: [
        { type: 'AWS::S3::Object', ARN: `arn:aws:s3:::a-bucket/exports/2026/01/${make.hex(12)}` },
        { accountId: '112233445566', type: 'AWS::S3::Bucket', ARN: 'arn:aws:s3:::a-bucket' },
      ],
    }),
  ],
  [
    'dynamodb',
    'DescribeTable',
    (make) => ({
      request: { tableName: `orders-${make.number(50)}` },
      resources: [
        {
          accountId: '112233445566',
          type: 'AWS::DynamoDB::Table',
          ARN: `arn:aws:dynamodb:eu-west-1:112233445566:table/orders-${make.number(50)}`,
        },
      ],
    }),
  ],
  [
    'ec2',
    'DescribeSecurityGroups',
    (make) => ({
      request: { securityGroupSet: { items: [{ groupId: `sg-${make.hex(17)}` }] }, filterSet: {} },
    }),
  ],
  [
    'logs',
    'CreateLogStream',
    (make) => ({
      request: {
        logGroupName: `/aws/lambda/worker-${make.number(30)}`,
        logStreamName: `2026/01/14/[$LATEST]${make.hex(32)}`,
      },
    }),
  ],
];
/** @type {[service: string, name: string, make: Function][]} Management writes that the seed rule does not look for. */
const WRITES = [
  [
    'ec2',
    'CreateTags',
    (make) => ({
      request: {
        resourcesSet: { items: [{ resourceId: `i-${make.hex(17)}` }] },
        tagSet: { items: [{ key: 'Name', value: `web-${make.number(100)}` }] },
      },
      response: { _return: true },
    }),
  ],
  [
    's3',
    'PutBucketTagging',
    (make) => ({ request: { bucketName: `logs-${make.hex(6)}`, tagging: '' } }),
  ],
  [
    'lambda',
    'UpdateFunctionConfiguration20150331v2',
    (make) => ({ request: { functionName: `worker-${make.number(30)}`, memorySize: 512 } }),
  ],
];
const AGENTS = [
  'aws-sdk-go-v2/1.30.3 os/linux lang/go#1.22.5 md/GOOS#linux md/GOARCH#amd64 api/ec2#1.170.0',
  'Boto3/1.34.51 md/Botocore#1.34.51 ua/2.0 os/linux#6.1.0 lang/python#3.11.8',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:128.0) Gecko/20100101 Firefox/128.0',
];

/**
 * Writes `files` log files of `events` events each, over `days` days from 2026-01-01 on; of the events, `changes` (of
 * one) open a security group, and `writes` change something else. Gives the bytes of JSON, and those on disk.
 */
export function writeCorpus(folder, files, events, days, { changes, writes = 0 }) {
  const random = generator(1);
  let bytes = 0;
  let packed = 0;
  for (let file = 0; file < files; file += 1) {
    const account = ACCOUNTS[file % 3];
    const region = REGIONS[Math.floor(file / 3) % 3];
    const time = Date.UTC(2026, 0, 1) + Math.floor((file * days * 288) / files) * 300_000;
    const day = new Date(time).toISOString().slice(0, 10);
    const place = `AWSLogs/${account}/CloudTrail/${region}/${day.replaceAll('-', '/')}`;
    const records = Array.from({ length: events }, () =>
      event(random, account, region, time, { changes, writes }),
    );
    const delivered = new Date(time + 300_000)
      .toISOString()
      .replace(/[-:]|:\d\d\.\d+/g, '')
      .slice(0, 13);
    const text = JSON.stringify({ Records: records });
    bytes += text.length;
    const gzip = gzipSync(text, { level: 6 });
    mkdirSync(join(folder, place), { recursive: true });
    writeFileSync(
      join(
        folder,
        place,
        `${account}_CloudTrail_${region}_${delivered}Z_${makerOf(random).hex(8)}${file}.json.gz`,
      ),
      gzip,
    );
    packed += gzip.length;
  }
  return { bytes, packed };
}

function event(random, account, region, time, { changes, writes }) {
  const make = makerOf(random);
  const chance = random();
  const isChange = chance < changes + writes;
  const [service, name, body] =
    chance < changes
      ? ['ec2', 'AuthorizeSecurityGroupIngress', opening]
      : isChange
        ? WRITES[make.number(WRITES.length)]
        : CALLS[make.number(CALLS.length)];
  const { request, response = null, more, resources } = body(make);
  return {
    eventVersion: '1.11',
    userIdentity: identity(make, account),
    eventTime: `${new Date(time + random() * 300_000).toISOString().slice(0, 19)}Z`,
    eventSource: `${service}.amazonaws.com`,
    eventName: name,
    awsRegion: region,
    sourceIPAddress: `198.51.100.${make.number(256)}`,
    userAgent: AGENTS[make.number(AGENTS.length)],
    requestParameters: request,
    responseElements: response,
    ...(more && { additionalEventData: more }),
    requestID: make.id(),
    eventID: make.id(),
    readOnly: !isChange,
    ...(resources && { resources }),
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

function opening(make) {
  const port = make.number(65_536);
  const groupId = `sg-${make.hex(17)}`;
  const rule = { ipProtocol: 'tcp', fromPort: port, toPort: port };
  return {
    request: {
      groupId,
      ipPermissions: {
        items: [{ ...rule, groups: {}, ipRanges: { items: [{ cidrIp: '0.0.0.0/0' }] } }],
      },
    },
    response: {
      requestId: make.id(),
      _return: true,
      securityGroupRuleSet: {
        items: [
          {
            groupId,
            securityGroupRuleId: `sgr-${make.hex(17)}`,
            isEgress: false,
            ...rule,
            cidrIpv4: '0.0.0.0/0',
          },
        ],
      },
    },
  };
}

function identity(make, account) {
  const role = `role-${make.number(20)}`;
  const principalId = `AROA${role.toUpperCase().padEnd(17, 'X')}`;
  const session = `i-${make.hex(17)}`;
  const day = String(1 + make.number(28)).padStart(2, '0');
  return {
    type: 'AssumedRole',
    principalId: `${principalId}:${session}`,
    arn: `arn:aws:sts::${account}:assumed-role/${role}/${session}`,
    accountId: account,
    accessKeyId: `ASIA${make.hex(9).toUpperCase()}EXAMPLE`,
    sessionContext: {
      sessionIssuer: {
        type: 'Role',
        principalId,
        arn: `arn:aws:iam::${account}:role/${role}`,
        accountId: account,
        userName: role,
      },
      attributes: {
        creationDate: `2026-01-${day}T0${make.number(10)}:${10 + make.number(50)}:02Z`,
        mfaAuthenticated: 'false',
      },
      ec2RoleDelivery: '2.0',
    },
  };
}

/** What makes identifiers of the kinds that AWS makes. */
function makerOf(random) {
  const number = (below) => Math.floor(random() * below);
  const letters = (alphabet) => (length) =>
    Array.from({ length }, () => alphabet[number(alphabet.length)]).join('');
  const hex = letters('0123456789abcdef');
  const base64 = letters('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/');
  const id = () => [8, 4, 4, 4, 12].map(hex).join('-');
  return { number, hex, base64, id };
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

/** Makes log files and chains of digests as CloudTrail writes them, in memory. */
import { createHash, sign } from 'node:crypto';
import { signingKey, type SigningKey } from './keys.js';

export interface Trail {
  readonly bucket: string;
  /** With a slash at its end, or empty. */
  readonly prefix: string;
  readonly organization: string | null;
  readonly account: string;
  readonly region: string;
  readonly name: string;
  readonly homeRegion: string;
  readonly key: SigningKey;
}

export function trailOf(some: Partial<Trail> = {}): Trail {
  const region = some.region ?? 'eu-west-1';
  return {
    bucket: 'trail-bucket',
    prefix: '',
    organization: null,
    account: '111122223333',
    region,
    name: 'main',
    homeRegion: 'eu-west-1',
    key: signingKey(region),
    ...some,
  };
}

/** A file in a bucket. The text is unpacked. */
export interface MadeFile {
  readonly bucket: string;
  readonly key: string;
  readonly text: Buffer;
}

export interface MadeLog extends MadeFile {
  readonly oldest: string;
  readonly newest: string;
}

export interface MadeDigest extends MadeFile {
  readonly content: DigestContent;
  /** What S3 keeps beside the object. */
  readonly signature: string;
  readonly logs: readonly MadeLog[];
}

export interface DigestContent {
  readonly awsAccountId: string;
  readonly digestStartTime: string;
  readonly digestEndTime: string;
  readonly digestS3Bucket: string;
  readonly digestS3Object: string;
  readonly digestPublicKeyFingerprint: string;
  readonly digestSignatureAlgorithm: string;
  readonly newestEventTime: string | null;
  readonly oldestEventTime: string | null;
  readonly previousDigestS3Bucket: string | null;
  readonly previousDigestS3Object: string | null;
  readonly previousDigestHashValue: string | null;
  readonly previousDigestHashAlgorithm: string | null;
  readonly previousDigestSignature: string | null;
  readonly logFiles: readonly LogFileContent[];
}

export interface LogFileContent {
  readonly s3Bucket: string;
  readonly s3Object: string;
  readonly hashValue: string;
  readonly hashAlgorithm: string;
  readonly newestEventTime: string | null;
  readonly oldestEventTime: string | null;
}

export interface ChainPlan {
  readonly trail?: Partial<Trail>;
  /** When the first digest begins: `2026-03-01T10:00:00Z`. */
  readonly since: string;
  /** How many log files each hour has, one number for an hour. */
  readonly hours: readonly number[];
  /** The digest before the first one; null where validation begins here. */
  readonly after?: MadeDigest | null;
  readonly isBackfill?: boolean;
}

const HOUR = 3_600_000;

/** A digest for each hour, each with its log files. */
export function digestChain({
  trail: some,
  since,
  hours,
  after = null,
  isBackfill = false,
}: ChainPlan): readonly MadeDigest[] {
  const made = trailOf(some);
  const digests: MadeDigest[] = [];
  let previous = after;
  hours.forEach((count, index) => {
    const from = Date.parse(since) + index * HOUR;
    const logs = Array.from({ length: count }, (_, number) =>
      logFile(made, from + ((number + 0.5) * HOUR) / count, `${index} ${number} ${isBackfill}`),
    );
    const digest = digestOf(made, { since: from, until: from + HOUR, logs, previous, isBackfill });
    digests.push(digest);
    previous = digest;
  });
  return digests;
}

export interface DigestPlan {
  readonly since: number;
  readonly until: number;
  readonly logs: readonly MadeLog[];
  readonly previous: MadeDigest | null;
  readonly isBackfill?: boolean;
}

/** One digest, signed. */
export function digestOf(
  trail: Trail,
  { since, until, logs, previous, isBackfill = false }: DigestPlan,
): MadeDigest {
  const { bucket, account, region, name, homeRegion, key } = trail;
  const end = instant(until);
  const file = `${account}_CloudTrail-Digest_${region}_${name}_${homeRegion}_${compact(end)}${isBackfill ? '_backfill' : ''}.json.gz`;
  const content: DigestContent = {
    awsAccountId: account,
    digestStartTime: instant(since),
    digestEndTime: end,
    digestS3Bucket: bucket,
    digestS3Object: `${folder(trail, 'CloudTrail-Digest')}/${day(end)}/${file}`,
    digestPublicKeyFingerprint: key.fingerprint,
    digestSignatureAlgorithm: 'SHA256withRSA',
    newestEventTime:
      logs
        .map(({ newest }) => newest)
        .toSorted()
        .at(-1) ?? null,
    oldestEventTime:
      logs
        .map(({ oldest }) => oldest)
        .toSorted()
        .at(0) ?? null,
    previousDigestS3Bucket: previous?.bucket ?? null,
    previousDigestS3Object: previous?.key ?? null,
    previousDigestHashValue: previous === null ? null : sha256(previous.text),
    previousDigestHashAlgorithm: previous === null ? null : 'SHA-256',
    previousDigestSignature: previous?.signature ?? null,
    logFiles: logs.map(({ bucket: s3Bucket, key: s3Object, text, newest, oldest }) => ({
      s3Bucket,
      s3Object,
      hashValue: sha256(text),
      hashAlgorithm: 'SHA-256',
      newestEventTime: newest,
      oldestEventTime: oldest,
    })),
  };
  return { ...signed(content, key), logs };
}

/** The digest with this content, and the signature of it. */
export function signed(content: DigestContent, key: SigningKey): Omit<MadeDigest, 'logs'> {
  const text = Buffer.from(JSON.stringify(content));
  const toSign = [
    content.digestEndTime,
    `${content.digestS3Bucket}/${content.digestS3Object}`,
    sha256(text),
    content.previousDigestSignature ?? 'null',
  ].join('\n');
  return {
    bucket: content.digestS3Bucket,
    key: content.digestS3Object,
    text,
    content,
    signature: sign('sha256', Buffer.from(toSign), key.privateKey).toString('hex'),
  };
}

/** A log file with one event, delivered at this time. `id` makes its name. */
export function logFile(trail: Trail, delivered: number, id: string): MadeLog {
  const { bucket, account, region, name } = trail;
  const time = instant(delivered);
  const unique = createHash('sha256')
    .update(`${account} ${region} ${name} ${time} ${id}`)
    .digest('base64')
    .replaceAll(/[^A-Za-z0-9]/g, 'x')
    .slice(0, 16);
  const oldest = instant(delivered - 300_000);
  const file = `${account}_CloudTrail_${region}_${compact(time).slice(0, 13)}Z_${unique}.json.gz`;
  return {
    bucket,
    key: `${folder(trail, 'CloudTrail')}/${day(time)}/${file}`,
    text: Buffer.from(JSON.stringify({ Records: [event(trail, oldest, unique)] })),
    oldest,
    newest: oldest,
  };
}

function event({ account, region }: Trail, eventTime: string, id: string): object {
  return {
    eventVersion: '1.11',
    userIdentity: {
      type: 'IAMUser',
      principalId: 'AIDAEXAMPLE',
      arn: `arn:aws:iam::${account}:user/sam`,
      accountId: account,
      userName: 'sam',
    },
    eventTime,
    eventSource: 'ec2.amazonaws.com',
    eventName: 'DescribeInstances',
    awsRegion: region,
    sourceIPAddress: '203.0.113.7',
    userAgent: 'aws-cli/2.15.0',
    requestParameters: null,
    responseElements: null,
    requestID: `request-${id}`,
    eventID: `event-${id}`,
    readOnly: true,
    eventType: 'AwsApiCall',
    recipientAccountId: account,
  };
}

function folder({ prefix, organization, account, region }: Trail, kind: string): string {
  const organizationFolder = organization === null ? '' : `${organization}/`;
  return `${prefix}AWSLogs/${organizationFolder}${account}/${kind}/${region}`;
}

export function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** As CloudTrail writes times: whole seconds. */
function instant(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/[.]\d{3}Z$/, 'Z');
}

function compact(time: string): string {
  return time.replaceAll(/[-:]/g, '');
}

function day(time: string): string {
  return time.slice(0, 10).replaceAll('-', '/');
}

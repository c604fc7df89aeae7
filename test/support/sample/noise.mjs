/** What a log is mostly made of, and what lies beside the logs: nothing here is of interest to the rule. */
import { BOTO, call, CLI, OTHER, PROD, role, uuid } from './events.mjs';

const read = { readOnly: true, responseElements: null };

/** Everyday calls of an account in a region, within two minutes of a time. */
function burst(account, awsRegion, day, clock) {
  const seed = `${account} ${awsRegion} ${day} ${clock}`;
  const at = (second) => `${day}T${clock}:${second}Z`;
  const where = { awsRegion, recipientAccountId: account };
  const viewer = role('ReadOnly', 'monitoring', account);
  return [
    call(
      `${seed} assume`,
      'AssumeRole',
      at('04'),
      { type: 'AWSService', invokedBy: 'ec2.amazonaws.com' },
      {
        ...where,
        eventSource: 'sts.amazonaws.com',
        sourceIPAddress: 'ec2.amazonaws.com',
        userAgent: 'ec2.amazonaws.com',
        requestParameters: {
          roleArn: `arn:aws:iam::${account}:role/web`,
          roleSessionName: 'i-0123456789abcdef0',
        },
        readOnly: true,
        sharedEventID: uuid(`${seed} shared`),
        tlsDetails: undefined,
      },
    ),
    call(`${seed} groups`, 'DescribeSecurityGroups', at('19'), viewer, {
      ...where,
      ...read,
      userAgent: BOTO,
      requestParameters: { securityGroupSet: {}, securityGroupIdSet: {}, filterSet: {} },
    }),
    call(`${seed} instances`, 'DescribeInstances', at('37'), viewer, {
      ...where,
      ...read,
      userAgent: CLI.replace('authorize-security-group-ingress', 'describe-instances'),
      requestParameters: { instancesSet: {}, filterSet: {} },
    }),
  ];
}

function login(day, who) {
  return call(`login ${day}`, 'ConsoleLogin', `${day}T07:55:02Z`, who, {
    eventSource: 'signin.amazonaws.com',
    userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0',
    responseElements: { ConsoleLogin: 'Success' },
    additionalEventData: { MobileVersion: 'No', MFAUsed: 'Yes' },
    eventType: 'AwsConsoleSignIn',
    requestID: undefined,
  });
}

const days = [12, 13, 14, 15, 16, 17, 18].map((day) => `2026-01-${day}`);

/** The everyday events. */
export const noise = [
  ...days.flatMap((day) => burst(PROD, 'us-east-1', day, '07:56')),
  ...days.slice(0, 5).map((day) => login(day, role('SecurityAdmin', 'dana'))),
  ...days.slice(1, 3).flatMap((day) => burst(PROD, 'eu-west-1', day, '02:06')),
  ...burst(PROD, 'ap-southeast-2', '2026-01-14', '16:44'),
  ...days.slice(3, 6).flatMap((day) => burst(OTHER, 'us-east-1', day, '08:11')),
];

/** Files beside the logs: by path below `AWSLogs/`, what they hold. */
export const beside = [
  {
    path: `${PROD}/CloudTrail-Digest/us-east-1/2026/01/13/${PROD}_CloudTrail-Digest_us-east-1_example-trail_us-east-1_20260113T000712Z.json.gz`,
    why: 'a digest: hashes of log files, no events',
    content: {
      awsAccountId: PROD,
      digestStartTime: '2026-01-12T23:07:12Z',
      digestEndTime: '2026-01-13T00:07:12Z',
      digestS3Bucket: 'example-bucket',
      digestSignatureAlgorithm: 'SHA256withRSA',
      newestEventTime: '2026-01-12T10:33:41Z',
      oldestEventTime: '2026-01-12T07:55:02Z',
      previousDigestS3Bucket: null,
      logFiles: [],
    },
  },
  {
    path: `${PROD}/CloudTrail-Insight/us-east-1/2026/01/15/${PROD}_CloudTrail-Insight_us-east-1_20260115T1320Z_A1b2C3d4E5f6G7h8.json.gz`,
    why: 'an Insights event: it names a call, but is not a call',
    content: {
      Records: [
        {
          eventVersion: '1.09',
          eventTime: '2026-01-15T13:12:00Z',
          awsRegion: 'us-east-1',
          eventID: uuid('insight'),
          eventType: 'AwsCloudTrailInsight',
          recipientAccountId: PROD,
          sharedEventID: uuid('insight shared'),
          insightDetails: {
            state: 'Start',
            eventSource: 'ec2.amazonaws.com',
            eventName: 'AuthorizeSecurityGroupIngress',
            insightType: 'ApiCallRateInsight',
            insightContext: {
              statistics: { baseline: { average: 0.02 }, insight: { average: 4 } },
            },
          },
          eventCategory: 'Insight',
        },
      ],
    },
  },
  {
    path: `${PROD}/CloudTrail/eu-west-1/2026/01/18/${PROD}_CloudTrail_eu-west-1_20260118T0010Z_I9j0K1l2M3n4O5p6.json.gz`,
    why: 'an empty `Records`: it is read, and has no events',
    content: { Records: [] },
  },
];

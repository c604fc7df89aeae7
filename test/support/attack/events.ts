/** Events in which every field attacks: texts in every place, and values of every wrong type. */
import type { Json } from '../../../src/cloudtrail/json.js';

type Event = Readonly<Record<string, Json>>;

const TEXTS =
  `eventVersion eventID eventName eventSource awsRegion recipientAccountId sourceIPAddress userAgent
  errorCode errorMessage eventType eventCategory requestID sharedEventID vpcEndpointId
  vpcEndpointAccountId apiVersion sessionCredentialFromConsole unknownField`.split(/\s+/);
const OBJECTS =
  `userIdentity requestParameters responseElements additionalEventData tlsDetails serviceEventDetails
  addendum edgeDeviceDetails resources`.split(/\s+/);
const WRONG: readonly Json[] = [
  null,
  0,
  -1.5e300,
  true,
  [],
  {},
  [[[]]],
  [null],
  { a: { b: [1] } },
  '',
];

/** Calls that hunt describes, with the texts in the places that it reads. */
function calls(text: string): readonly Event[] {
  return [
    {
      eventSource: 'ec2.amazonaws.com',
      eventName: 'AuthorizeSecurityGroupIngress',
      requestParameters: {
        groupId: text,
        ipPermissions: {
          items: [
            {
              ipProtocol: text,
              fromPort: 22,
              toPort: 22,
              ipRanges: { items: [{ cidrIp: '0.0.0.0/0', description: text }] },
            },
          ],
        },
      },
    },
    {
      eventSource: 's3.amazonaws.com',
      eventName: 'PutBucketPolicy',
      requestParameters: {
        bucketName: text,
        bucketPolicy: {
          Statement: [
            {
              Effect: 'Allow',
              Principal: { AWS: [text, '*'] },
              Action: text,
              Resource: text,
              Sid: text,
            },
          ],
        },
      },
    },
    {
      eventSource: 'iam.amazonaws.com',
      eventName: 'AttachUserPolicy',
      requestParameters: {
        userName: text,
        policyArn: 'arn:aws:iam::aws:policy/AdministratorAccess',
      },
    },
    {
      eventSource: 'iam.amazonaws.com',
      eventName: 'CreateAccessKey',
      requestParameters: { userName: text },
      responseElements: { accessKey: { accessKeyId: text, userName: text } },
    },
    {
      eventSource: 'sts.amazonaws.com',
      eventName: 'AssumeRole',
      requestParameters: { roleArn: text, roleSessionName: text, sourceIdentity: text },
      responseElements: { credentials: { accessKeyId: text }, assumedRoleUser: { arn: text } },
    },
    {
      eventSource: 'cloudtrail.amazonaws.com',
      eventName: 'StopLogging',
      requestParameters: { name: text },
    },
  ];
}

function identity(text: string): Json {
  return {
    type: text,
    arn: text,
    principalId: text,
    accountId: text,
    accessKeyId: text,
    userName: text,
    invokedBy: text,
    sessionContext: {
      sessionIssuer: { type: 'Role', arn: text, userName: text, accountId: text },
      attributes: { mfaAuthenticated: text, creationDate: text },
      sourceIdentity: text,
    },
  };
}

/** Every value in every place, at times that make several days and stories. */
export function attackEvents(values: readonly string[]): readonly Event[] {
  const base = (n: number): Event => ({
    eventVersion: '1.09',
    eventID: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
    eventTime: new Date(Date.UTC(2026, 0, 1 + (n % 5), n % 24, n % 60)).toISOString(),
    eventName: 'CreateUser',
    eventSource: 'iam.amazonaws.com',
    awsRegion: 'us-east-1',
    recipientAccountId: '112233445566',
    userIdentity: { type: 'IAMUser', arn: 'arn:aws:iam::112233445566:user/dana', userName: 'dana' },
  });
  let n = 0;
  const everywhere = values.map((text) => ({
    ...base(n++),
    ...Object.fromEntries(TEXTS.map((name) => [name, text])),
    ...Object.fromEntries(
      OBJECTS.map((name) => [name, { [text]: text, list: [text, { [text]: text }] }]),
    ),
    userIdentity: identity(text),
  }));
  const described = values.flatMap((text) => {
    const all = calls(text);
    const one = all[n % all.length];
    return [
      {
        ...base(n++),
        ...one,
        userIdentity: identity(text),
        userAgent: text,
        sourceIPAddress: text,
      },
    ];
  });
  const wrong = WRONG.flatMap((value) => [
    {
      ...base(n++),
      ...Object.fromEntries([...TEXTS, ...OBJECTS].map((name) => [name, value])),
      eventName: 'CreateUser',
    },
    ...OBJECTS.map((name) => ({ ...base(n++), [name]: value })),
  ]);
  const undated = values.slice(0, 3).map((text) => ({ ...base(n++), eventTime: text }));
  return [...everywhere, ...described, ...wrong, ...undated];
}

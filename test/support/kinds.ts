/** Events of every kind, one a minute, with and without the fields that say it. */

const [S3, LAMBDA, EC2, DYNAMODB] = ['s3', 'lambda', 'ec2', 'dynamodb'].map(
  (name) => `${name}.amazonaws.com`,
) as [string, string, string, string];
export const at = (minute: number): number => Date.UTC(2026, 0, 14, 9, minute);
export const time = (minute: number): string =>
  new Date(at(minute)).toISOString().replace('.000', '');

const MEMBERS: readonly Readonly<Record<string, string | boolean>>[] = [
  { eventVersion: '1.08', eventCategory: 'Management', managementEvent: true, eventSource: EC2 },
  // The category is the newer field.
  { eventVersion: '1.08', eventCategory: 'Data', managementEvent: true, eventSource: DYNAMODB },
  { eventVersion: '1.08', eventCategory: 'Data', eventSource: S3, eventName: 'GetObject' },
  { eventVersion: '1.11', eventCategory: 'NetworkActivity', eventSource: S3 },
  { eventVersion: '1.06', managementEvent: false, eventSource: S3, eventName: 'ListThings' },
  { eventVersion: '1.06', managementEvent: true, eventSource: S3, eventName: 'GetBucketAcl' },
  { eventVersion: '1.05', eventSource: S3, eventName: 'GetObject' },
  { eventVersion: '1.05', eventSource: S3, eventName: 'GetBucketLocation' },
  { eventVersion: '1.05', eventSource: LAMBDA, eventName: 'Invoke' },
  { eventVersion: '1.05', eventSource: LAMBDA, eventName: 'GetObject' },
  { eventVersion: '1.08', eventSource: EC2 },
  { eventVersion: '1.08', eventCategory: 'Other', eventSource: EC2 },
];
/** The kinds of all of them: how many, and the first and the last minute. */
export const KINDS = [
  ['management', null, 4, 0, 9],
  ['data', DYNAMODB, 1, 1, 1],
  ['data', S3, 3, 2, 6],
  ['data', LAMBDA, 1, 8, 8],
  ['network activity', S3, 1, 3, 3],
  ['unknown', null, 2, 10, 11],
] as const;

/** The events, as `make` makes one from an ID and members. */
export function eventsOfAllKinds(
  make: (id: string, members: Readonly<Record<string, unknown>>) => object,
): readonly object[] {
  return MEMBERS.map((members, index) =>
    make(String(index), {
      recipientAccountId: '111122223333',
      awsRegion: 'eu-west-1',
      eventTime: time(index),
      eventType: 'AwsApiCall',
      ...members,
    }),
  );
}

/** Sound logs, which look like those that people have, for the fuzz test to damage. */
import type { Random } from './random.js';

/** What the rules of the fuzz test look for. As in a hunt, a name in lower case matches any case. */
export const WANTED: ReadonlySet<string> = new Set([
  'CreateSecurityGroup',
  'AuthorizeSecurityGroupIngress',
  'ConsoleLogin',
  'deletetrail',
  'putbucketpolicy',
]);

const NAMES = [...WANTED, 'DescribeInstances', 'AssumeRole', 'GetObject', 'DELETETRAIL', 'Décrire'];
const TIMES = [
  '2026-01-14T09:30:00Z',
  '2026-01-14T10:00:00Z',
  '2026-01-14T10:59:59Z',
  '2026-02-30T09:30:00Z',
  '2026-01-14T09:30:00.5Z',
  '2026-01-14 09:30:00',
  '2026-01-14T09:30:00+01:00',
  '1768383000',
  '',
];
const TEXTS = [
  'Mozilla/5.0 (X11; Linux x86_64) [S3Console/0.4, aws-internal/3 aws-sdk-java/1.12]',
  'quoted "words"',
  'C:\\temp\\',
  'línea, ключ, 日本, 😀',
  '\u0000\u0001\t\n',
  '\ud83d',
  '{"eventName":"CreateSecurityGroup","eventVersion":"1.08"}',
  '[1,2',
  'aws:s3',
  'x'.repeat(80),
];

/** One JSON text with white space as `JSON.stringify` makes it. */
export function randomLog(random: Random): string {
  const indent = random.pick([undefined, undefined, undefined, 2, '\t']);
  const events = Array.from({ length: 1 + random.size(8) }, () => randomEvent(random));
  const text = (value: unknown): string => JSON.stringify(value, undefined, indent);
  const lines = (values: readonly unknown[], end = '\n'): string =>
    values.map((value) => JSON.stringify(value) + end).join('');
  const records = text({ Records: events });
  const parsed = (value: unknown): string => JSON.stringify(value);
  switch (random.below(13)) {
    case 0:
    case 12:
      return lines(events, random.pick(['\n', '\n', '\r\n', '\n\n']));
    case 1:
      return events.map((event) => text(event)).join('\n');
    case 2:
      return text(events);
    case 3:
      return lines([{ Records: events }, { Records: events.slice(0, 2) }], '');
    case 4:
      return lines(
        events.map((event) => ({ 'detail-type': 'AWS API Call via CloudTrail', detail: event })),
      );
    case 5:
      return text({
        Events: events.map((event) => ({ EventId: '1', CloudTrailEvent: parsed(event) })),
      });
    case 6:
      return text({ events: events.map((event) => ({ timestamp: 1, message: parsed(event) })) });
    case 7:
      return records.replaceAll('},{', random.pick(['},\n{', '} , {', '}\r\n,{']));
    case 8:
      return records.replace('{', '{ ').replace(/\}$/, '}\r\n');
    default:
      return records;
  }
}

function randomEvent(random: Random): Readonly<Record<string, unknown>> {
  const value = (): unknown => randomValue(random, 3);
  const members: [string, unknown][] = [
    ['eventVersion', random.pick(['1.08', '1.11'])],
    ['userIdentity', { type: 'IAMUser', arn: 'arn:aws:iam::112233445566:user/u', extra: value() }],
    ['eventTime', random.oneIn(3) ? random.pick(TIMES) : TIMES[0]],
    ['eventSource', random.oneIn(9) ? 'aws:s3' : 'ec2.amazonaws.com'],
    ['eventName', random.pick(NAMES)],
    ['awsRegion', random.pick(['eu-west-1', 'us-east-1', ''])],
    ['sourceIPAddress', '203.0.113.9'],
    ['userAgent', random.oneIn(4) ? random.pick(TEXTS) : 'console.amazonaws.com'],
    ['requestParameters', random.oneIn(3) ? null : { groupId: 'sg-1', more: value() }],
    ['responseElements', random.oneIn(3) ? { items: [value(), value()] } : null],
    ['requestID', `r${random.below(1000)}`],
    ['eventID', `e${random.below(4)}`],
    ['readOnly', random.oneIn(2)],
    ['resources', [{ accountId: '112233445566', type: 'AWS::EC2::SecurityGroup' }]],
    ['eventType', random.oneIn(9) ? 'AwsCloudTrailInsight' : 'AwsApiCall'],
    ['managementEvent', true],
    [
      'recipientAccountId',
      random.pick(['112233445566', '210987654321', '210987654321', '2.10987654321E+11']),
    ],
    ['eventCategory', random.oneIn(9) ? 'Insight' : 'Management'],
  ];
  const kept = random.oneIn(3) ? members.filter(() => !random.oneIn(12)) : members;
  const others = [
    'EventName',
    'insightDetails',
    'CloudTrailEvent',
    'Records',
    'Events',
    'detail',
    'event_name',
    'insight_details',
    'event_Type',
    'TimeGenerated',
    'eventJson',
    'event.original',
  ];
  if (random.oneIn(6)) kept.push([random.pick(others), value()]);
  return Object.fromEntries(kept);
}

function randomValue(random: Random, depth: number): unknown {
  switch (random.below(depth > 0 ? 9 : 6)) {
    case 0:
      return random.pick([true, false, null]);
    case 1:
      return random.pick([0, -1, 22, 1.5, -2.5e-7, 1e21, 2 ** 53]);
    case 2:
      return random.pick(TEXTS);
    case 3:
    case 4:
      return 'plain';
    case 5:
      return random.pick([[], {}]);
    case 6:
      return Array.from({ length: random.size(3) }, () => randomValue(random, depth - 1));
    case 7:
      return { a: randomValue(random, depth - 1), eventName: randomValue(random, depth - 1) };
    default:
      return { items: [randomValue(random, depth - 1)], eventTime: '2026-01-01T00:00:00Z' };
  }
}

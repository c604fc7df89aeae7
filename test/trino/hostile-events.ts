/** Events with values that logs and attackers may contain, made from an event that a rule matches. */
import type { JsonObject } from '../../src/cloudtrail/json.js';

const TEXTS = [
  '',
  ' ',
  "it's \"quoted\" 'twice'",
  'back\\slash \\% \\_ \\\\ end\\',
  '100% of _ and %',
  'line\nfeed\r\n\ttab\u2028separator',
  'nul\u0000inside',
  '\u0000',
  'accents é è ÿ İ ı ſ K ß',
  'emoji 😀 and \u{10ffff}, \uffff, \ufffd',
  '𝔸stral',
  '; DROP TABLE events; -- /* */ $$ ${x} {{y}} :p ?',
  '[console].*',
  'x HashiCorp/1.0 Terraform/%',
  'x HashiCorp/😀.0 Terraform/1',
  'x HashiCorp/10.0 Terraform/1',
  'x HashiCorp/1.0 Terraform/\n',
  'null',
  'true',
  '{"a":1}',
];

const ODD_VALUES = [
  null,
  undefined,
  0,
  -1,
  123456789012345,
  true,
  false,
  [],
  {},
  [null, 'a', { b: [1] }],
  { a: { b: null } },
];

const TIMES = [
  '2021-01-24 04:55:45.000',
  '2021-01-24T04:55:45Z',
  '2021-01-24T04:55:45.0009999Z',
  '2021-01-24T04:55:45.001Z',
  '2021-01-24T04:55:44.999999999Z',
  '2021-01-24t04:55:45z',
  '2021-01-24T06:55:45.000+02:00',
  '2021-01-23T14:55:45-14:00',
  '2021-01-24T23:59:59.9999999Z',
  '2021-01-24T23:59:60Z',
  '2021-02-30T00:00:00Z',
  '2020-02-29T12:00:00Z',
  '2021-02-29T12:00:00Z',
  '1900-02-29T12:00:00Z',
  '1000-01-01T00:00:00Z',
  '1582-10-10T00:00:00Z',
  '2999-12-31T23:59:59.999Z',
  '0999-12-31T23:59:59Z',
  '3000-01-01T00:00:00Z',
  '2021-01-24T24:00:00Z',
  '2021-01-24T04:55Z',
  '2021-01-24T04:55:45',
  '2021-01-24 04:55:45Z',
  '2021-01-24 04:55:45 UTC',
  '2021-01-24T04:55:45Z\n',
  ' 2021-01-24T04:55:45Z',
  '2021-W03',
  '2021-01-24',
  '1611464145',
  'epoch',
  'infinity',
  'now',
  '２０２１-01-24T04:55:45Z',
];

const REQUESTS = [
  '{"as":"text","n":1}',
  '["a list as text"]',
  'not JSON',
  '{"broken":',
  { 'k\'e"y\\.$[*]': 'v', '': 'empty key', nul: '\u0000', deep: [[[[{ a: [] }]]]] },
  { items: [null, true, 1, 'a', {}, []], '😀': '𝔸', a: { b: { c: null } } },
  { omitted: true, originalSize: 104857600, reason: 'too large' },
  { groupId: ['sg-1', 'sg-2'], ipPermissions: [] },
];

const STRUCTS: readonly JsonObject[] = [
  { userIdentity: { ARN: 'arn:aws:sts::1:assumed-role/Operator/x', type: ['a', { b: 1 }] } },
  { userIdentity: { arn: null, Arn: 'last', PrincipalId: 7, invokedBy: false, unknown: 1 } },
  {
    userIdentity: {
      sessionContext: {
        attributes: 'text',
        sessionIssuer: [],
        ec2RoleDelivery: 2.0,
        webIdFederationData: {
          federatedProvider: 'p',
          attributes: { "a'b": 'c', nul: '\u0000', none: null, n: 1, o: { p: [] }, '': '😀' },
        },
      },
    },
  },
  { userIdentity: { sessionContext: { webIdFederationData: { attributes: {} } }, onBehalfOf: {} } },
  { resources: [] },
  { resources: [null, 'text', { arn: "a'\u0000" }, { ARN: ['x'], accountId: 1 }, {}] },
  { addendum: { reason: 'UPDATED_DATA', updatedFields: ['a', 'b'] } },
  { tlsDetails: { tlsVersion: 'TLSv1.3', cipherSuite: null } },
  { readOnly: false, managementEvent: true, apiVersion: 20160101 },
  { EVENTNAME: 'another spelling', eventname: 'the last one' },
];

/** Longer than the names that an account tells. */
const LONG = '😀é'.repeat(1500);

/** Each change of a matching event on its own, then repeats that agree and repeats that do not. */
export function hostileEvents(event: JsonObject): readonly JsonObject[] {
  const fields = ['userAgent', 'eventID', 'errorCode', 'recipientAccountId', 'sourceIPAddress'];
  const values = [...TEXTS, ...ODD_VALUES];
  const changes = [
    ...fields.flatMap((field) => values.map((value) => ({ [field]: value }))),
    ...values.map((arn) => ({ userIdentity: { type: 'AssumedRole', arn } })),
    ...TIMES.map((eventTime) => ({ eventTime })),
    ...[...REQUESTS, ...ODD_VALUES].flatMap((value) => [
      { requestParameters: value },
      { responseElements: value, additionalEventData: value },
    ]),
    ...ODD_VALUES.flatMap((value) => [
      { userIdentity: value },
      { resources: value, addendum: value, tlsDetails: value },
      { eventName: value },
      { eventTime: value },
    ]),
    ...STRUCTS,
    ...['a', 'b'].map((end) => ({
      errorCode: 'Denied',
      userAgent: LONG + end,
      userIdentity: { type: 'AssumedRole', arn: LONG + end },
      recipientAccountId: LONG + end,
    })),
  ];
  const alone = changes.map((change, index) =>
    changed(event, { eventID: `change ${index}`, ...change }),
  );
  return [...alone, ...repeats(event)];
}

function repeats(event: JsonObject): readonly JsonObject[] {
  const copies = (eventID: unknown, ...others: readonly object[]): readonly JsonObject[] =>
    [{}, ...others].map((change) => changed(event, { eventID, ...change }));
  return [
    ...copies('same', {}, {}),
    ...copies('order of keys', Object.fromEntries(Object.entries(event).toReversed())),
    ...copies('another body', { userAgent: 'b' }, { userAgent: 'a' }, { userAgent: null }),
    ...copies('another identity', { userIdentity: { arn: 'a' } }, { userIdentity: null }),
    ...copies('one copy fails the rule', { errorCode: 'Denied' }),
    ...copies('another account', { recipientAccountId: '1' }),
    ...copies('another instant', { eventTime: '2021-01-24T04:55:45.001Z' }),
    ...copies(
      'the same instant, written otherwise',
      { eventTime: '2021-01-24T04:55:45Z' },
      { eventTime: '2021-01-24T05:55:45.0001+01:00' },
    ),
    ...copies('undated', { eventTime: 'never' }, { eventTime: null }, { eventTime: 'epoch' }),
    ...copies(undefined, {}, {}),
    ...copies(null, {}),
    ...copies('', {}),
    ...copies('nul \u0000', {}),
    ...copies('\u{1f600}', {}),
    ...copies('\ufffd', {}),
  ];
}

function changed(event: JsonObject, change: object): JsonObject {
  return { ...event, ...(change as JsonObject) };
}

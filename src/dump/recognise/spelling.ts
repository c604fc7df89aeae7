/** Keys as other tools spell them, and which of them matter where an event may be inside of something else. */
import { COLUMNS } from '../../cloudtrail/field/columns.js';

/** A key in lower case, without what tools put between its words: `cloud_trail_event` is `cloudtrailevent`. */
export function plainKey(key: string): string {
  return key.replace(/[_\-.@ ]/g, '').toLowerCase();
}

/** Members that hold a whole event beside a copy of some of its members. */
const CARRIERS = new Set(['cloudtrailevent', 'eventjson', 'eventoriginal']);

/** Whether a member with this key holds the whole event, so that the other members are a copy. */
export function isCarrier(key: string): boolean {
  return CARRIERS.has(plainKey(key));
}

/** Members in which log stores keep the text of what they received. */
const ORIGINALS = new Set([
  ...CARRIERS,
  'raw',
  'rawdata',
  'rawevent',
  'rawlog',
  'original',
  'event',
  'message',
  'msg',
  'log',
  'fulllog',
  'body',
  'payload',
]);

/** Whether a member with this key may hold what a log store received, and nothing that it made of it. */
export function isOriginalKey(key: string): boolean {
  return ORIGINALS.has(plainKey(key));
}

/** Members in which queues, topics and streams pass on what somebody sent to them. */
const RELAYED = new Set(['body', 'message', 'sns', 'kinesis', 'data']);

/** Whether a queue, a topic or a stream passes on under this key, in any spelling, what somebody sent to it. */
export function isRelayed(key: string): boolean {
  return RELAYED.has(plainKey(key));
}

const FIELDS = new Set([
  ...COLUMNS.map(({ column }) => column),
  'edgedevicedetails',
  'tlsdetails',
  'addendum',
  'insightdetails',
]);
const FLATTENED =
  /^(?:useridentity|requestparameters|responseelements|additionaleventdata|serviceeventdetails)/;

/**
 * Whether a member with this key is a field of an event, also flattened (`requestParameters.policy`). Nothing inside it is an
 * event: anybody may have written what is in the parameters of a request.
 */
export function isEventField(key: string): boolean {
  if (key.includes('.') && key.split('.').some((part) => FIELDS.has(plainKey(part)))) return true;
  const plain = plainKey(key);
  return FIELDS.has(plain) || FLATTENED.test(plain);
}

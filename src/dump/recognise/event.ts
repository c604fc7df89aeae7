/** Tells events from what looks like them: which objects are events by their own members, and which are known to be none. */
import { isObject, scalarText, type Json, type JsonObject } from '../../cloudtrail/json.js';
import { REPORT_LINE_KEYS, REPORT_SCHEMA } from '../../cloudtrail/own-report.js';
import { memberOf, plainName } from '../../cloudtrail/spelling/names.js';

const EVENT_KEYS = [
  'eventSource',
  'eventTime',
  'eventID',
  'eventVersion',
  'userIdentity',
  'awsRegion',
];

/** How much an object must look like an event to be one. It depends on where the object was found. */
export type Bar =
  /** Where an event must stand, one member of events is enough. */
  | 'one key'
  /** A document, or an element of a list: a name and another member. */
  | 'name'
  /** Inside of something else: a name that is text, and two other members. */
  | 'whole name';

/** Whether the object is an event by its own members. */
export function isEvent(value: JsonObject, bar: Bar): boolean {
  if (bar === 'one key') return ['eventName', ...EVENT_KEYS].some((key) => has(value, key));
  const name = memberOf(value, 'eventName');
  if (bar === 'name') return name !== undefined && EVENT_KEYS.some((key) => has(value, key));
  if (typeof name !== 'string' || name === '') return false;
  return EVENT_KEYS.filter((key) => has(value, key)).length >= 2;
}

/** Whether an event has an identity. Tables and log stores keep a flattened copy, which has none, beside the event itself. */
export function hasIdentity(value: JsonObject): boolean {
  return has(value, 'userIdentity');
}

/** Whether an event has a member that every record of CloudTrail has, and that no row of another tool adds. */
export function isOriginal(value: JsonObject): boolean {
  return hasIdentity(value) || has(value, 'eventVersion');
}

/**
 * Whether an event is a row of a list that lacks what rules need: its identity is the name of a user, as in the output of
 * LookupEvents without its member CloudTrailEvent. Records of CloudTrail have an eventVersion.
 */
export function isListRow(value: JsonObject): boolean {
  if (isOriginal(value) || !isEvent(value, 'name')) return false;
  const keys = Object.keys(value);
  if (keys.some((key) => plainName(key).startsWith('useridentity'))) return false;
  const isLookup = Object.hasOwn(value, 'EventName') && Object.hasOwn(value, 'EventTime');
  return isLookup || keys.some((key) => plainName(key) === 'username');
}

/** The names of what only a call has that was made: who, when, where from, and its request. */
const OF_A_CALL =
  /time|date|user|identity|account|region|address|principal|caller|readonly|eventid|eventversion|request|response|error|^(?:when|ts|at|arn|actor|ip|resources)$/;

/** The same in values, whatever their names: an ARN, a time, a number of an account or of seconds, an address. */
const TOLD_BY_A_CALL = /^(?:arn:|\d{4}-\d\d-\d\d|\d{9,}|\d{1,3}(?:\.\d{1,3}){3}$)/;

/** What is written about a call, whoever makes it. */
const ABOUT_A_CALL = /description|explanation|implication|usedinwild/;

/**
 * Whether a value only names a call, as an entry of a catalogue of calls does: with what is written about it, or with nothing. An
 * event also says when it was, who made it or from where. In doubt a value is an event.
 */
export function isNameOfCall(value: JsonObject): boolean {
  const more = Object.entries(value)
    .map(([key, told]) => [plainName(key), scalarText(told) ?? ''] as const)
    .filter(([key]) => key !== 'eventname' && key !== 'eventsource');
  if (more.some(([key, told]) => OF_A_CALL.test(key) || TOLD_BY_A_CALL.test(told))) return false;
  return more.length === 0 || more.some(([key]) => ABOUT_A_CALL.test(key));
}

/** Why a value with the members of an event is none; undefined if it may be one. */
export function reasonNoEvent(value: JsonObject): string | undefined {
  const source = memberOf(value, 'eventSource');
  // Notifications of S3, SNS, SQS or Kinesis have sources like aws:s3. CloudTrail's sources are host names.
  if (typeof source === 'string' && source.startsWith('aws:')) return 'notification';
  const type = memberOf(value, 'eventType');
  const category = memberOf(value, 'eventCategory');
  if (type === 'AwsCloudTrailInsight' || category === 'Insight') return 'Insights';
  if (isObject(memberOf(value, 'insightDetails'))) return 'Insights';
  if (type === 'AwsAggregatedEvent' || category === 'Aggregated') return 'aggregated';
  return undefined;
}

/** Whether the value is a report of hunt, or a line of one. Written into a hunted folder, its findings would be found again. */
export function isOwnReport(value: JsonObject): boolean {
  if (value['schema'] === REPORT_SCHEMA || isSarif(value) || isOcsfFinding(value)) return true;
  return REPORT_LINE_KEYS.every((key) => Object.hasOwn(value, key)) && isEvent(value, 'name');
}

/** A report in SARIF has the texts of rules and findings, which may look like anything. */
function isSarif({ runs }: JsonObject): boolean {
  const run = Array.isArray(runs) ? (runs as readonly Json[])[0] : undefined;
  const tool = isObject(run) ? run['tool'] : undefined;
  const driver = isObject(tool) ? tool['driver'] : undefined;
  return isObject(driver) && driver['name'] === 'hunt';
}

/** A line of a report in OCSF has the event among what OCSF has no place for. */
function isOcsfFinding({ class_uid: kind, metadata }: JsonObject): boolean {
  if (kind !== 2004 || !isObject(metadata)) return false;
  const product = metadata['product'];
  return isObject(product) && product['name'] === 'hunt';
}

/** A key that tells what the value is. */
const OTHERS: readonly (readonly [key: string, reason: string])[] = [
  ['digestStartTime', 'digest'],
  ['digestS3Object', 'digest'],
  ['configSnapshotId', 'AWS Config'],
  ['configurationItems', 'AWS Config'],
  ['configurationItem', 'AWS Config'],
  ['configRuleId', 'AWS Config'],
  ['s3ObjectKey', 'notification'],
  ['TopicArn', 'notification'],
];

/** What AWS writes besides events. */
export function otherReason(value: JsonObject): string | undefined {
  if (value['Event'] === 's3:TestEvent') return 'notification';
  if (value['messageType'] === 'CONTROL_MESSAGE') return 'CloudWatch Logs control message';
  return OTHERS.find(([key]) => Object.hasOwn(value, key))?.[1];
}

/** Whether a member with this key does not belong to what AWS writes besides events. */
export function isBeside(key: string): boolean {
  return !['s3', ...OTHERS.map(([other]) => other)].includes(key);
}

function has(value: JsonObject, key: string): boolean {
  return memberOf(value, key) !== undefined;
}

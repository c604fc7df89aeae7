/** What a JSON value of a dump is: an event, something else that AWS writes, or evidence that cannot be read. */
import { isObject, type Json, type JsonObject } from '../../cloudtrail/json.js';
import { asciiLower } from '../../cloudtrail/columns.js';
import { REPORT_LINE_KEYS, REPORT_SCHEMA } from '../../text/own-report.js';
import type { Place } from '../split/unit.js';

export type Recognised =
  /** `nested`: it stood as a string of JSON in another value. */
  | { readonly kind: 'event'; readonly event: JsonObject; readonly nested: boolean }
  /** An envelope: what it holds was cut out of it. */
  | { readonly kind: 'envelope' }
  /** No evidence: a digest, a notification … */
  | { readonly kind: 'other'; readonly reason: string }
  /** A number, string or list by itself: no evidence, unless events stand beside it. */
  | { readonly kind: 'stray'; readonly reason: string }
  /** Lost evidence. */
  | { readonly kind: 'broken'; readonly reason: string };

export type Parse = (text: string) => Json;

/** What the text of a value is. `parse` throws SyntaxError on what is no JSON. */
export function recognise(text: string, place: Place, parse: Parse): Recognised {
  let value: Json;
  try {
    value = parse(text);
  } catch (error) {
    return { kind: 'broken', reason: parseReason(error) };
  }
  if (place === 'document' && Array.isArray(value) && value.length === 0)
    return { kind: 'envelope' };
  if (!isObject(value)) {
    const reason = `${typeName(value)} where an event should stand`;
    return { kind: place === 'record' || place === 'lookup' ? 'broken' : 'stray', reason };
  }
  return recogniseObject(value, place, parse);
}

function recogniseObject(value: JsonObject, place: Place, parse: Parse): Recognised {
  const decoy = decoyAmongEvents(value);
  if (decoy !== undefined) return { kind: 'other', reason: decoy };
  if (place === 'document' && isOwnReport(value)) return { kind: 'other', reason: 'hunt report' };
  // Before the test for an event: the items of `LookupEvents` have an EventName and an EventTime of their own.
  if (Object.hasOwn(value, 'CloudTrailEvent')) return lookedUp(value['CloudTrailEvent'], parse);
  if (isEvent(value)) return { kind: 'event', event: value, nested: false };
  const { detail } = value;
  const isBridged = Object.hasOwn(value, 'detail-type') || Object.hasOwn(value, 'source');
  if (isObject(detail)) {
    const inner = recogniseObject(detail, 'document', parse);
    if (inner.kind === 'event') return inner;
    if (!isBridged) return { kind: 'other', reason: 'other JSON' };
    return inner.kind === 'other' && inner.reason !== 'other JSON'
      ? inner
      : { kind: 'other', reason: 'other EventBridge event' };
  }
  const reason = otherReason(value);
  if (reason !== undefined) return { kind: 'other', reason };
  if (place === 'record')
    return hasEventKey(value)
      ? { kind: 'event', event: value, nested: false }
      : { kind: 'broken', reason: 'no CloudTrail event' };
  for (const name of ['Records', 'Events']) {
    const list = value[name];
    // Its elements were taken from it while reading: what is left must not be lost unsaid.
    if (Array.isArray(list) && list.length > 0)
      return { kind: 'broken', reason: `"${name}" could not be read as a list of records` };
    if (Array.isArray(list)) return { kind: 'envelope' };
  }
  if (Object.hasOwn(value, 'Records')) return { kind: 'broken', reason: '"Records" is no list' };
  return { kind: 'other', reason: 'other JSON' };
}

function lookedUp(text: Json | undefined, parse: Parse): Recognised {
  if (typeof text !== 'string')
    return { kind: 'broken', reason: `CloudTrailEvent is ${typeName(text ?? null)}, not a string` };
  const inner = recognise(text, 'record', parse);
  if (inner.kind === 'event') return { ...inner, nested: true };
  return inner.kind === 'broken' ? { ...inner, reason: `CloudTrailEvent: ${inner.reason}` } : inner;
}

/** What has an event's own members, and is none. */
function decoyAmongEvents(value: JsonObject): string | undefined {
  const source = get(value, 'eventSource');
  // S3, SNS, SQS, Kinesis and the like name themselves aws:s3; CloudTrail's sources are host names.
  if (typeof source === 'string' && source.startsWith('aws:')) return 'notification';
  const type = get(value, 'eventType');
  const category = get(value, 'eventCategory');
  if (type === 'AwsCloudTrailInsight' || category === 'Insight') return 'Insights';
  if (isObject(get(value, 'insightDetails'))) return 'Insights';
  if (type === 'AwsAggregatedEvent' || category === 'Aggregated') return 'aggregated';
  return undefined;
}

/** A report of hunt's own, or a line of one, which would be found again where it is written into a hunted folder. */
function isOwnReport(value: JsonObject): boolean {
  if (value['schema'] === REPORT_SCHEMA) return true;
  const isLine = REPORT_LINE_KEYS.every((key) => Object.hasOwn(value, key));
  // A line of a report has none of what every event has besides.
  return isLine && isEvent(value) && !Object.hasOwn(value, 'eventVersion');
}

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

function otherReason(value: JsonObject): string | undefined {
  if (value['Event'] === 's3:TestEvent') return 'notification';
  return OTHERS.find(([key]) => Object.hasOwn(value, key))?.[1];
}

const EVENT_KEYS = [
  'eventSource',
  'eventTime',
  'eventID',
  'eventVersion',
  'userIdentity',
  'awsRegion',
];

function isEvent(value: JsonObject): boolean {
  return (
    get(value, 'eventName') !== undefined && EVENT_KEYS.some((key) => get(value, key) !== undefined)
  );
}

function hasEventKey(value: JsonObject): boolean {
  return ['eventName', ...EVENT_KEYS].some((key) => get(value, key) !== undefined);
}

/** A member of an event: of the documented spelling, else the last key that is the same in ASCII lower-case. */
export function get(event: JsonObject, name: string): Json | undefined {
  if (Object.hasOwn(event, name)) return event[name];
  let found: string | undefined;
  for (const key of Object.keys(event))
    if (key.length === name.length && asciiLower(key) === asciiLower(name)) found = key;
  return found === undefined ? undefined : event[found];
}

function typeName(value: Json): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'a list' : `a ${typeof value}`;
}

/** Why a parse failed; the engine's own message would quote the log, which is hostile, and long. */
function parseReason(error: unknown): string {
  return error instanceof RangeError ? 'nested too deeply' : 'invalid JSON';
}

/**
 * Decides what a JSON value of a dump is: an event, something else that AWS writes, or evidence that cannot be read. This
 * file knows the shapes of dumps, except for the lists of envelopes (`split/envelope.ts`).
 */
import { isObject, type Json, type JsonObject } from '../../cloudtrail/json.js';
import { memberOf } from '../../cloudtrail/spelling/names.js';
import { REPORT_LINE_KEYS, REPORT_SCHEMA } from '../../text/own-report.js';
import type { Context } from '../split/candidate.js';

export type Recognised =
  /** `isNested`: it was JSON text in a string of another value. */
  | { readonly kind: 'event'; readonly event: JsonObject; readonly isNested: boolean }
  /** An envelope, without the records that the splitter took out of it. */
  | { readonly kind: 'envelope' }
  /** No evidence: for example a digest or a notification. */
  | { readonly kind: 'other'; readonly reason: string }
  /** A number, string or list by itself: no evidence, unless the same file holds events. */
  | { readonly kind: 'stray'; readonly reason: string }
  /** Lost evidence. */
  | { readonly kind: 'broken'; readonly reason: string };

export type Parse = (text: string) => Json;

/** What a value is. `parse` throws a SyntaxError if the text is not JSON. */
export function recognise(text: string, context: Context, parse: Parse): Recognised {
  let value: Json;
  try {
    value = parse(text);
  } catch (error) {
    return { kind: 'broken', reason: parseReason(error) };
  }
  if (context === 'document' && Array.isArray(value) && value.length === 0)
    return { kind: 'envelope' };
  if (!isObject(value)) {
    const reason = `${typeName(value)} where an event should stand`;
    return { kind: context === 'record' || context === 'lookup' ? 'broken' : 'stray', reason };
  }
  return recogniseObject(value, context, parse);
}

function recogniseObject(value: JsonObject, context: Context, parse: Parse): Recognised {
  const decoy = reasonNoEvent(value);
  if (decoy !== undefined) return { kind: 'other', reason: decoy };
  if (context === 'document' && isOwnReport(value)) return { kind: 'other', reason: 'hunt report' };
  // First, because the items of `LookupEvents` output have members EventName and EventTime, like events.
  const whole = memberOf(value, 'CloudTrailEvent');
  if (whole !== undefined) return recogniseNested(whole, parse);
  if (isEvent(value)) return { kind: 'event', event: value, isNested: false };
  const { detail } = value;
  const isEventBridge = Object.hasOwn(value, 'detail-type') || Object.hasOwn(value, 'source');
  if (isObject(detail)) {
    const inner = recogniseObject(detail, 'document', parse);
    if (inner.kind === 'event') return inner;
    if (!isEventBridge) return { kind: 'other', reason: 'other JSON' };
    return inner.kind === 'other' && inner.reason !== 'other JSON'
      ? inner
      : { kind: 'other', reason: 'other EventBridge event' };
  }
  const reason = otherReason(value);
  if (reason !== undefined) return { kind: 'other', reason };
  if (context === 'record')
    return hasEventKey(value)
      ? { kind: 'event', event: value, isNested: false }
      : { kind: 'broken', reason: 'no CloudTrail event' };
  for (const name of ['Records', 'Events']) {
    const list = value[name];
    // The splitter takes the elements out of such a list. If some are left, it could not: they are lost evidence.
    if (Array.isArray(list) && list.length > 0)
      return { kind: 'broken', reason: `"${name}" could not be read as a list of records` };
    if (Array.isArray(list)) return { kind: 'envelope' };
  }
  if (Object.hasOwn(value, 'Records')) return { kind: 'broken', reason: '"Records" is no list' };
  return { kind: 'other', reason: 'other JSON' };
}

/** The event that an item of `LookupEvents` output holds as JSON text. */
function recogniseNested(text: Json, parse: Parse): Recognised {
  if (isObject(text)) return recogniseObject(text, 'record', parse);
  if (typeof text !== 'string')
    return { kind: 'broken', reason: `CloudTrailEvent is ${typeName(text)}, not a string` };
  const inner = recognise(text, 'record', parse);
  if (inner.kind === 'event') return { ...inner, isNested: true };
  return inner.kind === 'broken' ? { ...inner, reason: `CloudTrailEvent: ${inner.reason}` } : inner;
}

/** Why a value with the members of an event is none; undefined if it may be one. */
function reasonNoEvent(value: JsonObject): string | undefined {
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
function isOwnReport(value: JsonObject): boolean {
  if (value['schema'] === REPORT_SCHEMA) return true;
  const isLine = REPORT_LINE_KEYS.every((key) => Object.hasOwn(value, key));
  // Every event has an eventVersion; findings in a report have none.
  return isLine && isEvent(value) && !Object.hasOwn(value, 'eventVersion');
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
    memberOf(value, 'eventName') !== undefined &&
    EVENT_KEYS.some((key) => memberOf(value, key) !== undefined)
  );
}

function hasEventKey(value: JsonObject): boolean {
  return ['eventName', ...EVENT_KEYS].some((key) => memberOf(value, key) !== undefined);
}

function typeName(value: Json): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'a list' : `a ${typeof value}`;
}

/** Why parsing failed. The message of `JSON.parse` is not used: it quotes the log, which may be hostile and long. */
function parseReason(error: unknown): string {
  return error instanceof RangeError ? 'nested too deeply' : 'invalid JSON';
}

/** What a JSON value of a dump is: an event, something else that AWS writes, or nothing that can be read. */
import { isObject, type Json, type JsonObject } from '../cloudtrail/json.js';
import { asciiLower } from '../cloudtrail/record.js';

/** Where a unit stood: by itself, or in an envelope's list. */
export type Place = 'document' | 'Records' | 'Events';

export type Recognised =
  | { readonly kind: 'event'; readonly event: JsonObject }
  /** No evidence: a digest, a notification … */
  | { readonly kind: 'other'; readonly reason: string }
  /** Lost evidence. */
  | { readonly kind: 'broken'; readonly reason: string };

export type Parse = (text: string) => Json;

/** What the text of a unit is. `parse` throws SyntaxError on what is no JSON. */
export function recognise(text: string, place: Place, parse: Parse): Recognised {
  let value: Json;
  try {
    value = parse(text);
  } catch (error) {
    return { kind: 'broken', reason: `invalid JSON (${syntaxReason(error)})` };
  }
  return recogniseValue(value, place, parse);
}

/** What a parsed unit is. */
export function recogniseValue(value: Json, place: Place, parse: Parse): Recognised {
  if (!isObject(value)) {
    if (place === 'document') return other('other JSON');
    return { kind: 'broken', reason: `${typeName(value)} where an event should stand` };
  }
  const nested = value['CloudTrailEvent'];
  if (typeof nested === 'string') return recognise(nested, 'Events', parse);
  const detail = value['detail'];
  if (isObject(detail) && !isEventLike(value)) {
    const inner = recogniseValue(detail, 'document', parse);
    return inner.kind === 'event' ? inner : other('other EventBridge event');
  }
  if (value['schema'] === 'hunt-report/1' || isOwnFinding(value)) return other('hunt report');
  const reason = otherReason(value);
  if (reason !== undefined) return other(reason);
  if (isEventLike(value) || (place === 'Records' && hasEventKey(value)))
    return { kind: 'event', event: value };
  if (place !== 'document')
    return { kind: 'broken', reason: 'an object that is no CloudTrail event' };
  return 'Records' in value
    ? { kind: 'broken', reason: '"Records" is no list' }
    : other('other JSON');
}

/** A line of hunt's own NDJSON, which would be found again where a report is written into a hunted folder. */
function isOwnFinding(value: JsonObject): boolean {
  return ['rule', 'alert', 'extra', 'source'].every((key) => key in value) && isEventLike(value);
}

function other(reason: string): Recognised {
  return { kind: 'other', reason };
}

function otherReason(value: JsonObject): string | undefined {
  const source = get(value, 'eventSource');
  const type = get(value, 'eventType');
  const category = get(value, 'eventCategory');
  // S3, SNS, SQS, Kinesis and the like name themselves aws:s3; CloudTrail's sources are host names.
  if (typeof source === 'string' && source.startsWith('aws:')) return 'notification';
  if (type === 'AwsCloudTrailInsight' || category === 'Insight') return 'Insights';
  if (type === 'AwsAggregatedEvent' || category === 'Aggregated') return 'aggregated';
  if ('digestS3Bucket' in value || 'digestStartTime' in value) return 'digest';
  if ('configSnapshotId' in value || 'configurationItem' in value) return 'AWS Config';
  return undefined;
}

const EVENT_KEYS = [
  'eventSource',
  'eventTime',
  'eventID',
  'eventVersion',
  'userIdentity',
  'awsRegion',
];

function isEventLike(value: JsonObject): boolean {
  return (
    get(value, 'eventName') !== undefined && EVENT_KEYS.some((key) => get(value, key) !== undefined)
  );
}

function hasEventKey(value: JsonObject): boolean {
  return (
    get(value, 'eventName') !== undefined || EVENT_KEYS.some((key) => get(value, key) !== undefined)
  );
}

/** A top-level value of an event: the documented spelling, else the last key that is the same in ASCII lower-case. */
export function get(event: JsonObject, name: string): Json | undefined {
  if (Object.hasOwn(event, name)) return event[name];
  const lower = asciiLower(name);
  const key = Object.keys(event).findLast((candidate) => asciiLower(candidate) === lower);
  return key === undefined ? undefined : event[key];
}

function typeName(value: Json): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'a list' : `a ${typeof value}`;
}

/** The engine's message without the text it quotes: logs are hostile, and long. */
function syntaxReason(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return (
    message
      .replace(/,? ?(\.\.\.)?".*$/s, '')
      .replace(/ in JSON/, '')
      .trim() || 'not JSON'
  );
}

/** Reads a delivered file from a record without making an event of it: a bucket may have as many deliveries as log files. */
import { isObject, parseJson, type Json } from '../../cloudtrail/json.js';
import { readInstant } from '../../cloudtrail/time/time.js';
import { bucketFacts } from '../facts/buckets.js';
import type { Delivery } from './delivery.js';

interface Body {
  /** Every column but the time, as JSON text. */
  readonly body: string;
  readonly eventTime: string | null;
}

const NAME = '"eventname":"PutObject"';

/** Undefined for a record that is no delivery, or none that succeeded; `false` where an event must be made of it to know. */
export function readDelivery({ body, eventTime }: Body): Delivery | undefined | false {
  if (!body.includes(NAME)) return false;
  const columns = parseJson(body);
  if (!isObject(columns) || columns['eventname'] !== 'PutObject') return false;
  const at = readInstant(eventTime);
  if (at === undefined || isError(columns['errorcode']) || isError(columns['errormessage']))
    return undefined;
  const request = columns['requestparameters'] ?? null;
  const [fact] = bucketFacts({
    eventName: 'PutObject',
    eventSource: 's3.amazonaws.com',
    awsRegion: null,
    recipientAccountId: null,
    requestParameters: typeof request === 'string' ? parsed(request) : request,
    responseElements: null,
    additionalEventData: null,
    serviceEventDetails: null,
    resources: null,
  });
  return columns['eventsource'] === 's3.amazonaws.com' && fact?.kind === 'delivery'
    ? { bucket: fact.bucket, key: fact.key, at }
    : undefined;
}

function isError(cell: Json | undefined): boolean {
  return cell !== undefined && cell !== null && cell !== '';
}

function parsed(text: string): Json {
  try {
    return parseJson(text);
  } catch {
    return null;
  }
}

/**
 * Reads the few members that coverage and the event-name filter need, without parsing the record. No rule can match most
 * records, and parsing them would take most of the time. If anything is doubtful, it gives nothing and the record is parsed.
 */
import type { Context } from '../split/candidate.js';
import type { Members } from '../split/value/members.js';

export interface PeekedMembers {
  readonly eventName: string;
  readonly eventTime: string;
  readonly awsRegion: string;
  readonly recipientAccountId: string;
}

/** The members to read. */
const READ = ['eventName', 'eventTime', 'awsRegion', 'recipientAccountId'] as const;
/** Members that decide whether the record is an event. Those after `userIdentity` need parsing, whatever their value. */
const DECIDING = [
  'eventSource',
  'eventType',
  'eventCategory',
  'eventVersion',
  'userIdentity',
  'insightDetails',
  'CloudTrailEvent',
  'cloudtrail_event',
  'cloud_trail_event',
  'eventJson',
  'event_json',
  'event.original',
  'detail',
  'alert',
] as const;

const EVENT_SOURCE = READ.length;
const EVENT_TYPE = EVENT_SOURCE + 1;
const EVENT_CATEGORY = EVENT_SOURCE + 2;
const EVENT_VERSION = EVENT_SOURCE + 3;
const USER_IDENTITY = EVENT_SOURCE + 4;
const FIRST_TO_PARSE = USER_IDENTITY + 1;
/** Instead of an index: the key is one of the names in another spelling. */
const OTHER_SPELLING = -1;

const UNDERSCORE = 0x5f;

interface KnownKey {
  readonly key: Buffer;
  readonly index: number;
}

const keysByLength: KnownKey[][] = [];
for (const [index, name] of [...READ, ...DECIDING].entries())
  (keysByLength[name.length] ??= []).push({ key: Buffer.from(name), index });

// The positions of the values, by index; -1 if the record has none. Reused, so that no record costs an allocation.
const from = new Int32Array(READ.length + DECIDING.length);
const to = new Int32Array(from.length);

/** The members of the object that was scanned last. Undefined if it must be parsed. */
export function peek(bytes: Buffer, members: Members, context: Context): PeekedMembers | undefined {
  if (!members.isComplete) return undefined;
  // An event without an identity may be a copy of another that is in one of its members.
  let isOriginal = false;
  from.fill(-1);
  const { positions } = members;
  for (let at = 0; at < 4 * members.count; at += 4) {
    const index = indexOfKey(bytes, positions[at] as number, positions[at + 1] as number);
    if (index === undefined) continue;
    if (index === USER_IDENTITY || index === EVENT_VERSION) {
      isOriginal ||= index === USER_IDENTITY || context === 'record';
      continue;
    }
    const valueFrom = positions[at + 2] as number;
    const isString = valueFrom >= 0;
    if (index === OTHER_SPELLING || index >= FIRST_TO_PARSE || !isString) return undefined;
    from[index] = valueFrom;
    to[index] = positions[at + 3] as number;
  }
  if (!isOriginal) return undefined;
  const text = (index: number): string | null =>
    (from[index] as number) < 0 ? null : bytes.toString('latin1', from[index], to[index]);
  const [name, time, region, account] = READ.map((_, index) => ascii(text(index)));
  // A member that seems to be missing may be there under another name, such as `event_time`.
  if (!name || !time || !region || !account) return undefined;
  const source = text(EVENT_SOURCE);
  if (source === null || source.startsWith('aws:')) return undefined;
  if (isNoEvent(text(EVENT_TYPE)) || isNoEvent(text(EVENT_CATEGORY))) return undefined;
  return { eventName: name, eventTime: time, awsRegion: region, recipientAccountId: account };
}

/** The index of the name that a key is; undefined if it is none. */
function indexOfKey(bytes: Buffer, keyFrom: number, keyTo: number): number | undefined {
  // With underscores, it may be another spelling of any name.
  for (let at = keyFrom; at < keyTo; at++) if (bytes[at] === UNDERSCORE) return OTHER_SPELLING;
  const candidates = keysByLength[keyTo - keyFrom];
  if (candidates === undefined) return undefined;
  for (const { key, index } of candidates) {
    let isSame = true;
    let isSimilar = true;
    for (let i = 0; i < key.length; i++) {
      const difference = (bytes[keyFrom + i] as number) ^ (key[i] as number);
      if (difference === 0) continue;
      isSame = false;
      // Letters that differ only in case differ in this bit.
      if (difference !== 0x20) {
        isSimilar = false;
        break;
      }
    }
    if (isSame) return index;
    if (isSimilar) return OTHER_SPELLING;
  }
  return undefined;
}

/** The text, if it is ASCII and therefore the same in Latin-1 and UTF-8. */
function ascii(text: string | null): string | undefined {
  // oxlint-disable-next-line no-control-regex -- ASCII begins with control characters
  return text !== null && /^[\x00-\x7f]*$/.test(text) ? text : undefined;
}

/** Whether an event type or category may say that the record is not an event. */
function isNoEvent(text: string | null): boolean {
  return text !== null && (/insight/i.test(text) || /aggregated/i.test(text));
}

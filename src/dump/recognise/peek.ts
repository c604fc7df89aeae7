/**
 * Reads the few members that coverage and the prefilter need, without parsing the record. No rule can match most records, and
 * parsing them would take most of the time. If anything is doubtful, it gives nothing and the record is parsed.
 */
import { isAscii } from '../../cloudtrail/field/columns.js';
import {
  DISTINGUISHING_FIELDS,
  type AnyText,
  type KnownRecord,
  type DistinguishingField,
} from '../../cloudtrail/requirement.js';
import { accountText } from '../../cloudtrail/spelling/account.js';
import { kindOf, type RecordKind } from '../../cloudtrail/kind.js';
import type { Context } from '../split/candidate.js';
import type { Members } from '../split/value/members.js';
import { TextSearch } from './text-search.js';

/** What was read of a record; valid until the next one. */
export interface PeekedRecord extends KnownRecord {
  readonly account: string | null;
  readonly region: string;
  readonly time: string;
  readonly kind: RecordKind;
}

/** The members to read. Every event has the first five as text. */
const READ = ['eventTime', ...DISTINGUISHING_FIELDS] as const;
/** Members that decide whether the record is an event. Those after `userIdentity` need parsing, whatever their value. */
const DECIDING = [
  'eventVersion',
  'userIdentity',
  'insightDetails',
  'CloudTrailEvent',
  'cloudtrail_event',
  'cloud_trail_event',
  'eventJson',
  'event_json',
  'event.original',
  'eventOriginal',
  'detail',
  'alert',
] as const;

/** Members from this one on may be no text. */
const FIRST_SCALAR = READ.indexOf('readOnly');
const EVENT_VERSION = READ.length;
const USER_IDENTITY = EVENT_VERSION + 1;
const FIRST_TO_PARSE = USER_IDENTITY + 1;
/** Instead of an index: the key is one of the names in another spelling. */
const OTHER_SPELLING = -1;

/** With these between words, a key may be another spelling of any name. A table, because every byte of every key is looked up. */
const BETWEEN_WORDS = new Uint8Array(256);
for (const byte of Buffer.from('_-.@ ')) BETWEEN_WORDS[byte] = 1;

interface KnownKey {
  readonly key: Buffer;
  readonly index: number;
}

const keysByLength: KnownKey[][] = [];
for (const [index, name] of [...READ, ...DECIDING].entries())
  (keysByLength[name.length] ??= []).push({ key: Buffer.from(name), index });

// The positions of the values, by index; -1 if the record has none, and `to` -1 if it is no text. Reused, so that no record costs an allocation.
const from = new Int32Array(READ.length + DECIDING.length);
const to = new Int32Array(from.length);

/** What the object that was scanned last has. Undefined if it must be parsed. */
export function peek(bytes: Buffer, members: Members, context: Context): PeekedRecord | undefined {
  if (!members.isComplete) return undefined;
  // An event without an identity may be a copy of another that is in one of its members.
  let isOriginal = false;
  from.fill(-1);
  to.fill(NO_TEXT);
  const { positions } = members;
  for (let at = 0; at < 4 * members.count; at += 4) {
    const index = indexOfKey(bytes, positions[at] as number, positions[at + 1] as number);
    if (index === undefined) continue;
    const valueFrom = positions[at + 2] as number;
    const isString = valueFrom >= 0;
    if (index === USER_IDENTITY || index === EVENT_VERSION) {
      isOriginal ||= index === USER_IDENTITY || context === 'record';
      from[index] = isString ? valueFrom : (positions[at + 1] as number);
      to[index] = positions[at + 3] as number;
      continue;
    }
    const isScalar = index >= FIRST_SCALAR && index < EVENT_VERSION;
    if (index === OTHER_SPELLING || index >= FIRST_TO_PARSE || (!isString && !isScalar))
      return undefined;
    from[index] = isString ? valueFrom : (positions[at + 1] as number);
    to[index] = positions[at + 3] as number;
  }
  if (!isOriginal) return undefined;
  const text = (name: (typeof READ)[number]): string | null => {
    const index = READ.indexOf(name);
    return (from[index] as number) < 0 ? null : bytes.toString('latin1', from[index], to[index]);
  };
  const name = ascii(text('eventName'));
  const time = ascii(text('eventTime'));
  const region = ascii(text('awsRegion'));
  const account = ascii(text('recipientAccountId'));
  // A member that seems to be missing may be there under another name, such as `event_time`.
  if (!name || !time || !region || !account) return undefined;
  const source = ascii(text('eventSource'));
  if (source === undefined || source.startsWith('aws:')) return undefined;
  const eventCategory = text('eventCategory');
  if (isNoEvent(text('eventType')) || isNoEvent(eventCategory)) return undefined;
  const managementEvent = scalarAt(bytes, READ.indexOf('managementEvent'));
  const eventVersion = scalarAt(bytes, EVENT_VERSION);
  if (managementEvent === undefined || eventVersion === undefined) return undefined;
  let search: TextSearch | undefined;
  return {
    account: accountText(account),
    region,
    time,
    kind: kindOf({
      eventCategory,
      managementEvent,
      eventVersion,
      eventSource: source,
      eventName: name,
    }),
    valueOf: (field) =>
      to[READ.indexOf(field)] === NO_TEXT ? scalarOf(bytes, field) : known(text(field), field),
    mayHold: (required: AnyText) => {
      search ??= new TextSearch(bytes.toString());
      return search.mayHold(required);
    },
  };
}

/** The value of a member, if its text in Latin-1 is the same in UTF-8. A record may have this member in more spellings. */
function known(text: string | null, field: DistinguishingField): string | null | undefined {
  if (text === null) return field === 'managementEvent' ? undefined : null;
  return isAscii(text) ? text : undefined;
}

const NO_TEXT = -1;
const SCALAR = /^"[ \t\r\n]*:[ \t\r\n]*(true|false|null)/;

/** A member that is no text without escapes, if it is a literal. */
function scalarOf(bytes: Buffer, field: DistinguishingField): string | null | undefined {
  const behindKey = from[READ.indexOf(field)] as number;
  if (behindKey < 0) return known(null, field);
  const [, literal] = SCALAR.exec(bytes.toString('latin1', behindKey, behindKey + 64)) ?? [];
  return literal === 'null' ? known(null, field) : literal;
}

/** The text of a member, or its literal; null if the record has none. Undefined if only parsing can tell. */
function scalarAt(bytes: Buffer, index: number): string | null | undefined {
  const start = from[index] as number;
  if (start < 0) return null;
  if (to[index] !== NO_TEXT) return bytes.toString('latin1', start, to[index]);
  const [, literal] = SCALAR.exec(bytes.toString('latin1', start, start + 64)) ?? [];
  return literal === 'null' ? null : literal;
}

/** The index of the name that a key is; undefined if it is none. */
function indexOfKey(bytes: Buffer, keyFrom: number, keyTo: number): number | undefined {
  for (let at = keyFrom; at < keyTo; at++)
    if (BETWEEN_WORDS[bytes[at] as number] === 1) return OTHER_SPELLING;
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
  return text !== null && isAscii(text) ? text : undefined;
}

/** Whether an event type or category may say that the record is not an event. */
function isNoEvent(text: string | null): boolean {
  return text !== null && (/insight/i.test(text) || /aggregated/i.test(text));
}

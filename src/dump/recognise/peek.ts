/**
 * What can be said of a record without parsing it: most records of a log are not asked for, and parsing is what costs.
 * Says nothing where any doubt is left; then the record is parsed.
 */
import type { Members } from '../split/members.js';

/** The text of the members that the account and the filter look at; null where a record does not have one. */
export interface Peek {
  readonly eventName: string;
  readonly eventTime: string | null;
  readonly awsRegion: string | null;
  readonly recipientAccountId: string | null;
}

const WANTED = ['eventName', 'eventTime', 'awsRegion', 'recipientAccountId'] as const;
/** Besides these, members that may make a record something other than an event, or hold the event inside them. */
const TELLING = [
  'eventSource',
  'eventType',
  'eventCategory',
  'insightDetails',
  'CloudTrailEvent',
  'detail',
  'alert',
] as const;

interface Known {
  readonly key: Buffer;
  readonly slot: number;
}

const EVENT_SOURCE = WANTED.length;
const EVENT_TYPE = EVENT_SOURCE + 1;
const EVENT_CATEGORY = EVENT_SOURCE + 2;
const STRANGE = EVENT_SOURCE + 3;

const byLength: Known[][] = [];
for (const [slot, name] of [...WANTED, ...TELLING].entries())
  (byLength[name.length] ??= []).push({ key: Buffer.from(name), slot });

const from = new Int32Array(WANTED.length + TELLING.length);
const to = new Int32Array(from.length);

/** The members of the object just scanned, or undefined where only parsing can tell. */
export function peek(bytes: Buffer, members: Members): Peek | undefined {
  if (!members.complete) return undefined;
  from.fill(-1);
  const { offsets } = members;
  for (let at = 0; at < 4 * members.count; at += 4) {
    const keyFrom = offsets[at] as number;
    const keyTo = offsets[at + 1] as number;
    const slot = slotOf(bytes, keyFrom, keyTo);
    if (slot === undefined) continue;
    // Of a key in another spelling, and of members that are no plain strings, parsing must tell.
    const valueFrom = offsets[at + 2] as number;
    if (slot < 0 || slot >= STRANGE || valueFrom < 0) return undefined;
    from[slot] = valueFrom;
    to[slot] = offsets[at + 3] as number;
  }
  const text = (slot: number): string | null =>
    (from[slot] as number) < 0 ? null : bytes.toString('latin1', from[slot], to[slot]);
  const name = ascii(text(0));
  const source = text(EVENT_SOURCE);
  if (name === undefined || name === null || source === null || source.startsWith('aws:'))
    return undefined;
  if (isSpecial(text(EVENT_TYPE)) || isSpecial(text(EVENT_CATEGORY))) return undefined;
  const [time, region, account] = [ascii(text(1)), ascii(text(2)), ascii(text(3))];
  if (time === undefined || region === undefined || account === undefined) return undefined;
  return { eventName: name, eventTime: time, awsRegion: region, recipientAccountId: account };
}

/** Which of the known members a key names: -1 where it names one in another spelling. */
function slotOf(bytes: Buffer, keyFrom: number, keyTo: number): number | undefined {
  const candidates = byLength[keyTo - keyFrom];
  if (candidates === undefined) return undefined;
  for (const { key, slot } of candidates) {
    let same = true;
    let alike = true;
    for (let i = 0; i < key.length; i++) {
      const difference = (bytes[keyFrom + i] as number) ^ (key[i] as number);
      if (difference === 0) continue;
      same = false;
      if (difference !== 0x20) {
        alike = false;
        break;
      }
    }
    if (same) return slot;
    if (alike) return -1;
  }
  return undefined;
}

/** The text, if it is the same in Latin-1 and UTF-8. */
function ascii(text: string | null): string | null | undefined {
  // oxlint-disable-next-line no-control-regex -- ASCII is what it says
  return text === null || /^[\x00-\x7f]*$/.test(text) ? text : undefined;
}

function isSpecial(text: string | null): boolean {
  return text !== null && (/insight/i.test(text) || /aggregated/i.test(text));
}

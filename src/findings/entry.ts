/**
 * A finding, to store and to sort: what all findings are sorted and compared by, and its texts, which are stored apart. The order
 * of findings, and the choice among the records of one event, depend only on the event. So a new describer or alert never changes
 * the order.
 */
import { byCodePoint, nullLast } from '../cloudtrail/canonical.js';
import type { Json } from '../cloudtrail/json.js';
import { toFollow, type ToFollow } from '../change/actor/console-session.js';
import { firstUseOf, type FirstUse } from '../change/actor/first-use.js';
import { instanceUseOf, type InstanceUse } from '../change/actor/instance-credentials.js';
import { KEY_PLACES } from '../change/actor/issued-key.js';
import { keyUseOf, type KeyUse } from '../change/actor/key-use.js';
import { correctedBy } from '../change/correction.js';
import { accountOfCode } from '../change/foreign-code.js';
import { memberOf } from '../change/request/request.js';
import { shortened } from '../change/sentence.js';
import type { EventFields } from '../report/finding.js';
import type { StoredText, TextStore } from '../spill/text-store.js';
import { LONGEST_NAME } from '../report/counted-by.js';
import type { Severity } from '../rule/severity.js';
import { cut } from '../text/cut.js';
import type { MatchedEvent } from './to-finding.js';

/**
 * In UTF-16 units. Findings are sorted by texts of at most this length; of a longer text, its ends and its hash decide. The
 * longest ARN has 2,048.
 */
const LONGEST_KEY = 2048;
/** In UTF-16 units of JSON. Few events are longer. */
const LONG = 4096;

/** A matching record: its event, and the values that it is sorted by. */
export interface StoredEvent extends Pick<
  EventFields,
  | 'eventTime'
  | 'eventID'
  | 'eventName'
  | 'recipientAccountId'
  | 'eventSource'
  | 'awsRegion'
  | 'sourceIPAddress'
> {
  /** The lines of `EventTexts`. */
  readonly texts: StoredText;
  /** JSON of the credentials that the answer issues, as members of the answer; null where it issues none. */
  readonly issued: StoredText | null;
  /** The key whose issuing event says who is behind the actor, or who made the key of a user; null where it says nothing more. */
  readonly follow: ToFollow | null;
  /** The use of an instance's credentials; null for other credentials. */
  readonly instanceUse: InstanceUse | null;
  /** The use of the key; null where the event has no key. */
  readonly keyUse: KeyUse | null;
  /** What may be new for its actor; null where AWS acts for itself. */
  readonly firstUse: FirstUse | null;
  /** The ID of the earlier record that this one corrects; null if it is no correction. */
  readonly corrects: string | null;
  /** Whether the change gives accounts access, or runs their code. They may be foreign ones. */
  readonly namesAccounts: boolean;
  readonly source: string | null;
}

/** JSON, which has no line feeds. */
export interface EventTexts {
  /** Canonical. */
  readonly event: string;
  readonly meaning: string;
  readonly extra: string;
}

/** The texts of a stored event, read back from the store. */
export function textsOf({ texts }: StoredEvent, { get }: TextStore): EventTexts {
  const [event = '', meaning = '', extra = ''] = get(texts).split('\n');
  return { event, meaning, extra };
}

/** An event, with the record that is shown of it. */
export interface Entry extends StoredEvent {
  /** In the order of the rules. */
  readonly matches: readonly EntryMatch[];
}

/** A rule that matched the event, and what it says of the first record that it matched. */
export interface EntryMatch {
  /** The index of the rule. */
  readonly rule: number;
  /** What the rule changed its severity to; null if it did not. */
  readonly severity: Severity | null;
  /** JSON. */
  readonly alert: StoredText;
  /** How many equal records without an eventID it matched: each is a finding. Otherwise 1. */
  readonly count: number;
  /** The record, if it is another than the one that is shown. */
  readonly record?: StoredEvent;
}

/** The entry of a record that rules matched. */
export function entryOf(
  { event, meaning, source, extra }: MatchedEvent,
  matches: readonly EntryMatch[],
  { put }: TextStore,
): Entry {
  const { sourceIPAddress: address } = event;
  const issued = issuedBy(event);
  const texts = `${JSON.stringify(event)}\n${JSON.stringify(meaning)}\n${JSON.stringify(extra)}`;
  const parts = {
    sourceIPAddress: address === null ? null : shortened(address, LONGEST_NAME),
    follow: toFollow(meaning, event) ?? null,
    instanceUse: instanceUseOf(event, meaning) ?? null,
    firstUse: firstUseOf(event, meaning) ?? null,
    keyUse: keyUseOf(event, meaning) ?? null,
    corrects: sortKey(correctedBy(event) ?? null),
  };
  return {
    eventTime: event.eventTime,
    eventID: sortKey(event.eventID),
    eventName: sortKey(event.eventName),
    recipientAccountId: sortKey(event.recipientAccountId),
    eventSource: sortKey(event.eventSource),
    awsRegion: sortKey(event.awsRegion),
    texts: put(texts),
    issued: issued === null ? null : put(JSON.stringify(issued)),
    // V8 keeps a long text in memory as long as a part of it. A clone has no link to it.
    ...(texts.length > LONG ? structuredClone(parts) : parts),
    namesAccounts:
      (meaning.change?.grantees.length ?? 0) > 0 ||
      meaning.change?.begins.some((state) => accountOfCode(state) !== undefined) === true,
    source,
    matches,
  };
}

const CLUSTER = 'dBClusterIdentifier';

/** Of the answer, a story needs only the credentials that it issues, and the cluster that an instance was in. */
function issuedBy({ responseElements: answer }: EventFields): Json {
  const issued = KEY_PLACES.flatMap(({ list, member: own }) => {
    const name = list ?? own;
    const member = memberOf(answer, name);
    return member === undefined ? [] : [[name, member] as const];
  });
  const cluster = memberOf(answer, CLUSTER);
  if (cluster !== undefined) issued.push([CLUSTER, cluster]);
  return issued.length === 0 ? null : Object.fromEntries(issued);
}

function sortKey(text: string | null): string | null {
  return text === null ? null : cut(text, LONGEST_KEY);
}

/** The order of reports: by instant (events without one last), eventID, eventName and account, then by the event itself. */
export function inOrder(a: StoredEvent, b: StoredEvent, texts: TextStore): number {
  return (
    nullLast(a.eventTime, b.eventTime) ||
    nullLast(a.eventID, b.eventID) ||
    nullLast(a.eventName, b.eventName) ||
    nullLast(a.recipientAccountId, b.recipientAccountId) ||
    byEvent(a, b, texts)
  );
}

/** Whether two records are of one event. A record without an eventID is never a repeat. */
export function isSameEvent(a: StoredEvent, b: StoredEvent): boolean {
  return (
    a.eventID !== null &&
    a.eventID === b.eventID &&
    a.eventName === b.eventName &&
    a.recipientAccountId === b.recipientAccountId &&
    a.eventTime === b.eventTime
  );
}

/** Orders the records of one event; the first is shown. By canonical JSON, then by file, then by the fields without a column. */
export function byEvent(a: StoredEvent, b: StoredEvent, texts: TextStore): number {
  const [one, other] = [textsOf(a, texts), textsOf(b, texts)];
  return (
    byCodePoint(one.event, other.event) ||
    nullLast(a.source, b.source) ||
    byCodePoint(one.extra, other.extra)
  );
}

/** Orders stored texts by code point. */
export function byText(a: StoredText, b: StoredText, { get }: TextStore): number {
  return byCodePoint(get(a), get(b));
}

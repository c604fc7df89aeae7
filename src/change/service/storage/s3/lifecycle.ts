/** Lifecycle rules: a bucket of logs that expire after a day is a way to delete them. */
import { isObject, type Json, type JsonObject } from '../../../../cloudtrail/json.js';
import type { ChangeEvent, Description, State } from '../../../change.js';
import { listOf, memberAt, memberOf, textMember, textOf } from '../../../request/request.js';
import { listed, shortened } from '../../../sentence.js';
import { stateOf, type Subject } from '../../../request/subject.js';
import { counted } from '../../../../text/counted.js';
import { unsaid } from './body.js';

const EXPIRY = 'objects expire';
const OLD_EXPIRY = 'old versions expire';

/** All are ended by the deletion of the rules. */
export function lifecycleStates(bucket: Subject): readonly State[] {
  return [stateOf(bucket, EXPIRY), stateOf(bucket, OLD_EXPIRY)];
}

/** What a rule deletes, and when: so many days after it was written or replaced, or all at once on a date. */
export interface Expiry {
  readonly of: 'objects' | 'old versions';
  /** NaN for a date, and for what is no number. */
  readonly days: number;
  readonly date: string | undefined;
}

/** What the rules of a request delete that are not switched off; undefined where the log does not have the rules. */
export function expiriesIn(request: Json): readonly Expiry[] | undefined {
  const configured = memberOf(request, 'LifecycleConfiguration');
  if (configured === undefined) return undefined;
  return rulesIn(request).filter(isActive).flatMap(expiriesOf);
}

function rulesIn(request: Json): readonly JsonObject[] {
  return listOf(memberAt(request, 'LifecycleConfiguration', 'Rule')).filter(isObject);
}

function isActive(rule: Json): boolean {
  return textMember(rule, 'Status') !== 'Disabled';
}

function expiriesOf(rule: Json): readonly Expiry[] {
  const expiration = memberOf(rule, 'Expiration') ?? null;
  const days = textMember(expiration, 'Days');
  const date = textMember(expiration, 'Date');
  const old = textOf(memberAt(rule, 'NoncurrentVersionExpiration', 'NoncurrentDays'));
  return [
    ...(days === undefined ? [] : [expiry('objects', days)]),
    ...(date === undefined ? [] : [{ of: 'objects', days: NaN, date } as const]),
    ...(old === undefined ? [] : [expiry('old versions', old)]),
  ];
}

function expiry(of: Expiry['of'], days: string): Expiry {
  return { of, days: Number(days), date: undefined };
}

export function describeLifecycle(
  bucket: Subject,
  { requestParameters: request }: ChangeEvent,
): Description {
  const rules = rulesIn(request);
  if (rules.length === 0) return unsaid('lifecycle', bucket);
  const active = rules.filter(isActive);
  const off = rules.length - active.length;
  const expiries = active.flatMap((rule) => expiryText(rule) ?? []);
  const ofOld = active.flatMap((rule) => oldExpiryText(rule) ?? []);
  const others = active.filter(
    (rule) => expiryText(rule) === undefined && oldExpiryText(rule) === undefined,
  ).length;
  const parts = [
    ...new Set([...expiries, ...ofOld]),
    ...(others > 0
      ? [others === 1 ? '1 rule that moves or cleans up' : `${others} rules that move or clean up`]
      : []),
    ...(off > 0 ? [`${counted(off, 'rule')} switched off`] : []),
  ];
  const begun = [
    ...(expiries.length > 0 ? [EXPIRY] : []),
    ...(ofOld.length > 0 ? [OLD_EXPIRY] : []),
  ];
  return {
    verb: 'set',
    object: `lifecycle of ${bucket.text}: ${listed(parts, ', ', 4)}`,
    begins: begun.map((what) => stateOf(bucket, what)),
    ends: lifecycleStates(bucket).filter(({ what }) => !begun.includes(what)),
  };
}

/** `objects expire after 1 day`; undefined if the rule deletes nothing that is current. */
function expiryText(rule: Json): string | undefined {
  const expiration = memberOf(rule, 'Expiration') ?? null;
  const days = textMember(expiration, 'Days');
  const date = textMember(expiration, 'Date');
  if (days !== undefined) return `objects${filterText(rule)} expire after ${daysText(days)}`;
  return date === undefined ? undefined : `objects${filterText(rule)} expire on ${shortened(date)}`;
}

/** Versions that were deleted or replaced: those that protect from deletion. */
function oldExpiryText(rule: Json): string | undefined {
  const days = textOf(memberAt(rule, 'NoncurrentVersionExpiration', 'NoncurrentDays'));
  return days === undefined
    ? undefined
    : `old versions of objects${filterText(rule)} expire after ${daysText(days)}`;
}

function daysText(days: string): string {
  return `${shortened(days)} ${days === '1' ? 'day' : 'days'}`;
}

/** Which objects the rule is about: ` in logs/ with tag a=b`. Empty if about all. */
function filterText(rule: Json): string {
  const filter = memberOf(rule, 'Filter') ?? null;
  const both = memberOf(filter, 'And') ?? null;
  const prefix = [filter, both, rule].flatMap((place) => textMember(place, 'Prefix') ?? [])[0];
  const tags = [filter, both]
    .flatMap((place) => listOf(memberOf(place, 'Tag')))
    .filter(isObject)
    .map((tag) => `${textMember(tag, 'Key') ?? ''}=${textMember(tag, 'Value') ?? ''}`);
  const size = (name: string): string | undefined =>
    textMember(filter, name) ?? textMember(both, name);
  return [
    ['in', prefix],
    ['with tag', tags[0]],
    ['larger than', size('ObjectSizeGreaterThan')],
    ['smaller than', size('ObjectSizeLessThan')],
  ]
    .map(([word, text]) => (text === undefined ? '' : ` ${word} ${shortened(text)}`))
    .join('');
}

/** Lifecycle rules: a bucket of logs that expire after a day is a way to delete them. */
import type { Json } from '../../cloudtrail/json.js';
import type { ChangeEvent, Description } from '../change.js';
import { listOf, memberAt, memberOf, textMember, textOf } from '../request.js';
import { listed, shortened } from '../sentence.js';
import { stateOf, type Subject } from '../subject.js';

/** Ended by the deletion of the rules. */
export const LIFECYCLE = 'objects expire';

export function describeLifecycle(
  bucket: Subject,
  { requestParameters: request }: ChangeEvent,
): Description {
  const rules = listOf(memberAt(request, 'LifecycleConfiguration', 'Rule'));
  const active = rules.filter((rule) => textMember(rule, 'Status') !== 'Disabled');
  const expiries = active.flatMap((rule) => expiryText(rule) ?? []);
  const others = active.length - expiries.length;
  const parts = [
    ...new Set(expiries),
    ...(others > 0
      ? [others === 1 ? '1 rule that moves or cleans up' : `${others} rules that move or clean up`]
      : []),
    ...(rules.length > active.length ? [`${rules.length - active.length} switched off`] : []),
  ];
  const states = [stateOf(bucket, LIFECYCLE)];
  return {
    verb: 'set',
    object: `lifecycle of ${bucket.text}: ${parts.length === 0 ? 'no rules' : listed(parts, ', ', 4)}`,
    ...(expiries.length > 0 ? { begins: states } : { ends: states }),
  };
}

/** `objects expire after 1 day`; undefined if the rule deletes nothing that is current. */
function expiryText(rule: Json): string | undefined {
  const expiration = memberOf(rule, 'Expiration') ?? null;
  const days = textMember(expiration, 'Days');
  const date = textMember(expiration, 'Date');
  const prefix =
    textOf(memberAt(rule, 'Filter', 'Prefix')) ??
    textOf(memberAt(rule, 'Filter', 'And', 'Prefix')) ??
    textMember(rule, 'Prefix');
  const which = prefix === undefined ? 'objects' : `objects in ${shortened(prefix)}`;
  if (days !== undefined)
    return `${which} expire after ${shortened(days)} ${days === '1' ? 'day' : 'days'}`;
  return date === undefined ? undefined : `${which} expire on ${shortened(date)}`;
}

/**
 * Which calls may undo a call, by the words with which AWS begins the names of calls: whether the rules of a hunt look for them.
 * `pairing.ts` decides whether one did: it compares what both calls did to which resource.
 */
import { beforeVerb, withoutVersion } from '../change/call-name.js';

/** From the first word of a call to those of its opposites. */
const OPPOSITES: Readonly<Record<string, readonly string[]>> = {
  Accept: ['Reject', 'Delete'],
  Activate: ['Deactivate'],
  Add: ['Remove'],
  Allocate: ['Release'],
  Archive: ['Unarchive'],
  Assign: ['Unassign'],
  Associate: ['Disassociate'],
  Attach: ['Detach'],
  Authorize: ['Revoke', 'Deauthorize'],
  Block: ['Unblock'],
  Connect: ['Disconnect'],
  Copy: ['Delete', 'Deregister'],
  Create: ['Delete', 'Deregister', 'Retire', 'Revoke', 'Terminate'],
  Deactivate: ['Activate', 'Enable'],
  Deauthorize: ['Authorize'],
  Delete: ['Create', 'Put', 'Restore'],
  Deregister: ['Register'],
  Detach: ['Attach'],
  Disable: ['Enable'],
  Disassociate: ['Associate'],
  Disconnect: ['Connect'],
  Enable: ['Disable', 'Deactivate'],
  Grant: ['Revoke'],
  Import: ['Delete'],
  Link: ['Unlink'],
  Lock: ['Unlock'],
  Monitor: ['Unmonitor'],
  Pause: ['Resume'],
  Provision: ['Deprovision'],
  Publish: ['Delete'],
  Put: ['Delete', 'Remove'],
  Register: ['Deregister'],
  Reject: ['Accept'],
  Release: ['Allocate'],
  Remove: ['Add', 'Put'],
  Request: ['Cancel'],
  Restore: ['Delete'],
  Resume: ['Pause', 'Suspend'],
  Revoke: ['Authorize', 'Grant'],
  Run: ['Terminate'],
  Schedule: ['Cancel'],
  Start: ['Stop', 'Cancel', 'Terminate'],
  Stop: ['Start'],
  Subscribe: ['Unsubscribe'],
  Suspend: ['Resume'],
  Tag: ['Untag'],
  Unarchive: ['Archive'],
  Unassign: ['Assign'],
  Unblock: ['Block'],
  Unlink: ['Link'],
  Unlock: ['Lock'],
  Unmonitor: ['Monitor'],
  Unsubscribe: ['Subscribe'],
  Untag: ['Tag'],
  Upload: ['Delete'],
  Verify: ['Delete'],
};

/** Calls that set one thing or its opposite. */
const SETTERS = /^(?:Change|Modify|Put|Replace|Reset|Set|Update)/;

/** What calls may be named that undo a call, without a version. Few of these names exist. */
export function oppositesOf(eventName: string): readonly string[] {
  const name = withoutVersion(eventName);
  const before = beforeVerb(name);
  const call = name.slice(before.length);
  const verb = /^[A-Z][a-z]+/.exec(call)?.[0] ?? '';
  const others = Object.hasOwn(OPPOSITES, verb) ? (OPPOSITES[verb] ?? []) : [];
  const things = thingsOf(verb, call.slice(verb.length));
  return [
    ...others.flatMap((other) => things.map((thing) => `${before}${other}${thing}`)),
    // CancelRotateSecret, RotateSecret
    ...(verb === 'Cancel' ? [`${before}${call.slice(verb.length)}`] : []),
    ...(SETTERS.test(call) ? [name] : []),
  ];
}

/** How an opposite may name what a call names. */
function thingsOf(verb: string, thing: string): readonly string[] {
  // Of SES: the first version of its API deletes addresses and domains by one call.
  if (verb === 'Verify') return [thing, thing.replace(/^(?:Email|Domain)(?=Identity)/, '')];
  // `RestoreDBInstanceFromDBSnapshot` and `…ToPointInTime` make an instance.
  if (verb === 'Restore') return [thing.replace(/(?:From|To)(?=[A-Z]).*$/s, '')];
  // AddUserToGroup, RemoveUserFromGroup; AssociateVPCWithHostedZone, DisassociateVPCFromHostedZone
  const turns: readonly (readonly [RegExp, string])[] = [
    [/(?:To|With)(?=[A-Z])/, 'From'],
    [/From(?=[A-Z])/, 'To'],
    [/From(?=[A-Z])/, 'With'],
  ];
  return [...new Set([thing, ...turns.map(([word, other]) => thing.replace(word, other))])];
}

/** Whether rules that can match these names look for a call that undoes a call. Undefined for all names. */
export function looksForEnd(names: Iterable<string> | undefined): (eventName: string) => boolean {
  if (names === undefined) return () => true;
  const known = new Set([...names].map((name) => compared(withoutVersion(name))));
  return (eventName) => oppositesOf(eventName).some((name) => known.has(compared(name)));
}

/** Whether a call has a name that `oppositesOf` gives. */
export function endsAlike(opposite: string, eventName: string): boolean {
  return compared(opposite) === compared(withoutVersion(eventName));
}

/** CreateVpcEndpoint makes one, and DeleteVpcEndpoints deletes several. */
function compared(name: string): string {
  return name.toLowerCase().replace(/s$/, '');
}

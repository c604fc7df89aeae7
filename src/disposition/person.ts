/** Whether a name in an exception or a ticket is that of the person who made a change. */
import type { KeyLink } from '../change/actor/issued-key.js';
import { isIdentityCenterSession } from '../change/actor/origin.js';
import { isObject, type Json } from '../cloudtrail/json.js';
import { groupedBy } from '../memory/grouped.js';
import type { MatchedFinding } from '../report/finding.js';

type Made = Pick<MatchedFinding, 'actor' | 'userIdentity'>;

/** Whether a name may be that of somebody who made a change, or who issued the key that it was made with. */
export type IsSamePerson = (name: string | null, finding: Made) => boolean;

/** `links` say who issued which key: also who made the key of a user for somebody. */
export function samePersonBy(links: readonly KeyLink[]): IsSamePerson {
  const byKey = groupedBy(links, ({ issued }) => issued.accessKey);
  return (name, finding) => {
    const wanted = personOf(name ?? '');
    if (wanted === '') return false;
    const names = [...namesOf(finding), ...issuersOf(finding.actor.accessKey, byKey)];
    return names.some((own) => typeof own === 'string' && isAlike(personOf(own), wanted));
  };
}

/** The names by which others may know who made a change. */
function namesOf({ actor, userIdentity }: Made): readonly (Json | undefined)[] {
  const { name, session, principal, behind } = actor;
  const userName = isObject(userIdentity) ? userIdentity['userName'] : null;
  return [name, session, principal, behind?.name, behind?.principal, userName];
}

/** The names of who issued a key, and the keys with which they did so, up to the first. */
function issuersOf(
  key: string | null,
  byKey: ReadonlyMap<string, readonly KeyLink[]>,
): readonly (string | null)[] {
  const keys = new Set([key]);
  const names: (string | null)[] = [];
  // A set also yields what is added meanwhile.
  for (const one of keys)
    for (const { by } of byKey.get(one ?? '') ?? []) {
      names.push(by.name, by.principal);
      keys.add(by.accessKey);
    }
  return names;
}

/** Whether a name is that of the person who made a change, and not only one that whoever began the session chose. */
export function isMadeBy(name: string, finding: Made): boolean {
  const [maker, wanted] = [makerOf(finding), personOf(name)];
  return maker !== undefined && wanted !== '' && isAlike(maker, wanted);
}

/** Whoever begins a session chooses its name, but for IAM Identity Center, which names its sessions itself. */
const SESSION = /:assumed-role\/|:federated-user\/|^AROA\w+:|^\d{12}:/;

/** The person who made a change, as AWS or the chain of keys says, in lower case. Undefined where only a session is known. */
export function makerOf({ actor, userIdentity }: Made): string | undefined {
  const { name, principal } = actor.behind ?? actor;
  // The record shows the path of the role that it names, and not of the one that is behind it.
  const identity = actor.behind === null ? userIdentity : null;
  if (SESSION.test(principal ?? '') && !isIdentityCenterSession(principal, identity))
    return undefined;
  return name.replace(/^user\/(?:.*\/)?/s, '').toLowerCase();
}

/** The same for all names of a person: for a mail address, and for its part before the @. */
export function personKey(name: string): string {
  return localPart(personOf(name));
}

/** Without what reports and ARNs put before it, in lower case. */
function personOf(name: string): string {
  return name
    .replace(/^.*[/:]/s, '')
    .trim()
    .toLowerCase();
}

/** One name may be a mail address, and the other its part before the @. */
function isAlike(one: string, other: string): boolean {
  if (one === other) return true;
  if (one.includes('@') && other.includes('@')) return false;
  const local = localPart(one);
  return local !== '' && local === localPart(other);
}

function localPart(person: string): string {
  const [local = ''] = person.split('@');
  return local;
}

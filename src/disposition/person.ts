/** Whether a name in an exception or a ticket is that of the person who made a change. */
import { isIdentityCenterSession } from '../change/actor/origin.js';
import { isObject } from '../cloudtrail/json.js';
import type { MatchedFinding } from '../report/finding.js';

/** False where nobody is named. */
export function isSamePerson(
  name: string | null,
  finding: Pick<MatchedFinding, 'actor' | 'userIdentity'>,
): boolean {
  if (name === null) return false;
  const wanted = personOf(name);
  return wanted !== '' && namesOf(finding).some((own) => isAlike(personOf(own), wanted));
}

/** The names by which others may know who made a change. */
function namesOf({
  actor,
  userIdentity,
}: Pick<MatchedFinding, 'actor' | 'userIdentity'>): readonly string[] {
  const userName = isObject(userIdentity) ? userIdentity['userName'] : null;
  return [
    actor.name,
    actor.session,
    actor.principal,
    actor.behind?.name,
    actor.behind?.principal,
    typeof userName === 'string' ? userName : null,
  ].flatMap((name) => (name === null || name === undefined || name === '' ? [] : [name]));
}

/** Whether a name is that of the person who made a change, and not only one that whoever began the session chose. */
export function isMadeBy(
  name: string,
  finding: Pick<MatchedFinding, 'actor' | 'userIdentity'>,
): boolean {
  const [maker, wanted] = [makerOf(finding), personOf(name)];
  return maker !== undefined && wanted !== '' && isAlike(maker, wanted);
}

/** Whoever begins a session chooses its name, but for IAM Identity Center, which names its sessions itself. */
const SESSION = /:assumed-role\/|:federated-user\/|^AROA\w+:|^\d{12}:/;

/** The person who made a change, as AWS or the chain of keys says, in lower case. Undefined where only a session is known. */
export function makerOf({
  actor,
  userIdentity,
}: Pick<MatchedFinding, 'actor' | 'userIdentity'>): string | undefined {
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

/** Whether a name in an exception or a ticket is that of the person who made a change. */
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
export function namesOf({
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

/** Without what reports and ARNs put before it, in lower case. */
export function personOf(name: string): string {
  return name
    .replace(/^.*[/:]/s, '')
    .trim()
    .toLowerCase();
}

/** One name may be a mail address, and the other its part before the @. */
function isAlike(one: string, other: string): boolean {
  if (one === other) return true;
  if (one.includes('@') && other.includes('@')) return false;
  const [local] = one.split('@');
  return local !== '' && local === other.split('@')[0];
}

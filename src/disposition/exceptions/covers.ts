/** Whether an exception covers a finding, and until when. */
import { listOf } from '../../change/request/request.js';
import { resourceArn } from '../../change/request/resource-arn.js';
import { member } from '../../cloudtrail/json.js';
import { DAY } from '../../cloudtrail/time/window.js';
import type { ChangedResource } from '../../change/change.js';
import { calledText } from '../../report/called.js';
import type { MatchedFinding } from '../../report/finding.js';
import { matchesGlob } from '../../text/glob.js';
import { findingCondition } from '../finding-condition.js';
import type { Exception } from './exception.js';

type Covers = (finding: MatchedFinding) => boolean;

/** Whether the exception is about a finding. Whether its time is over is another question. */
export function coversOf({ match }: Exception): Covers {
  const eventIDs = new Set(match.eventIDs);
  const accounts = new Set(match.accounts);
  const principals = match.principals.map(nameTest);
  const resources = match.resources.map(nameTest);
  const tools = match.tools.map(findingCondition);
  const where = match.where === null ? null : findingCondition(match.where);
  return (finding) =>
    (eventIDs.size === 0 || (finding.eventID !== null && eventIDs.has(finding.eventID))) &&
    (accounts.size === 0 || accounts.has(finding.recipientAccountId ?? '')) &&
    (principals.length === 0 || principalNames(finding).some(anyOf(principals))) &&
    (resources.length === 0 || areCovered(finding, anyOf(resources))) &&
    (match.changes.length === 0 ||
      match.changes.some((one) => matchesGlob(saidOf(finding), one))) &&
    (tools.length === 0 || tools.some((holds) => holds(finding) === true)) &&
    (where === null || where(finding) === true);
}

/**
 * Whether it still accepts a finding that it covers: one that happened until its last day. An exception for an event is about
 * something that is past already, so it accepts the event in reports until its last day. `asOf` is the instant that the report is about.
 */
export function isAccepting(
  { expires, match }: Pick<Exception, 'expires' | 'match'>,
  { eventTime }: Pick<MatchedFinding, 'eventTime'>,
  asOf: number,
): boolean {
  const end = endOf(expires);
  if (match.eventIDs.length > 0 && asOf >= end) return false;
  return (eventTime === null ? asOf : Date.parse(eventTime)) < end;
}

/** The instant at which its last day ends. */
export function endOf(expires: string): number {
  return Date.parse(`${expires}T00:00:00Z`) + DAY;
}

type NameTest = (name: string) => boolean;

function anyOf(tests: readonly NameTest[]): NameTest {
  return (name) => tests.some((test) => test(name));
}

/** In an ARN, a wildcard does not match a colon, so that a part that somebody chooses cannot pass for another part. */
function nameTest(pattern: string): NameTest {
  if (!/[*?]/.test(pattern)) return (name) => name === pattern;
  if (!pattern.startsWith('arn:')) return (name) => matchesGlob(name, pattern);
  const parts = pattern.split(':');
  return (name) => {
    const own = name.split(':', parts.length + 1);
    return (
      own.length === parts.length && own.every((part, at) => matchesGlob(part, parts[at] ?? ''))
    );
  };
}

/** The names of the caller: its ARN, that of its role, how reports call it, and who is behind it. */
function principalNames({ actor, userIdentity }: MatchedFinding): readonly string[] {
  const issuer = member(member(userIdentity, 'sessionContext'), 'sessionIssuer');
  const role = member(issuer, 'arn');
  return [
    actor.principal,
    typeof role === 'string' ? role : null,
    actor.name,
    actor.behind?.name ?? null,
    actor.behind?.principal ?? null,
  ].flatMap((name) => name ?? []);
}

/**
 * Whether a resource of the change is named, and with it all others of the same type: who may delete one instance may not delete
 * others with the same call.
 */
function areCovered({ change, resources }: MatchedFinding, isNamed: NameTest): boolean {
  const changed = change?.resources ?? [];
  const isOwn = ({ id, name }: ChangedResource): boolean =>
    isNamed(id) || (name !== null && isNamed(name));
  const types = new Set(changed.filter(isOwn).map(({ type }) => type));
  if (types.size > 0) return changed.every((one) => !types.has(one.type) || isOwn(one));
  const arns = listOf(resources).map(resourceArn);
  return arns.length > 0 && arns.every((arn) => arn !== undefined && isNamed(arn));
}

/** What reports say of the change. */
function saidOf({ change, eventName }: MatchedFinding): string {
  return change?.sentence ?? calledText(eventName);
}

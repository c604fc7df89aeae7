/**
 * Compares `hunt.yml` with what the logs show: allowances that match nothing, who is new, and roles and users that are allowed and do
 * more than what is allowed.
 */
import { isAccountId } from '../../cloudtrail/account.js';
import { findingCondition } from '../../disposition/finding-condition.js';
import type { Finding } from '../../report/finding.js';
import { testsOf, type NamedExclusion } from '../../rule/condition/condition.js';
import { nearestOf } from '../../text/did-you-mean.js';
import { principalOf, programOf, type Principal, type Program } from './facts/caller-key.js';
import { BY_HAND, CHANGES } from './facts/rules.js';
import { daysBetween, Names, Seen } from './facts/seen.js';
import { tally, type Line, type Tallied } from './facts/tally.js';

/** An allowance without a match for so many days is stale. */
const STALE_DAYS = 90;
const MOST_MORE = 1000;
const ROLE = 'userIdentity.sessionContext.sessionIssuer.arn';
const USER = 'userIdentity.arn';

export interface Configured {
  /** The entries of `allow`. */
  readonly allowed: readonly NamedExclusion[];
  /** Principals with programs that the file names, also in comments, and texts of roles that the seed rule allows. */
  readonly isKnown: (principal: Principal, program: Program) => boolean;
  readonly roleTexts: readonly string[];
  /** IDs of the accounts that it names. */
  readonly accounts: ReadonlySet<string>;
}

export interface Checked {
  readonly tallied: Tallied;
  readonly stale: readonly Stale[];
  /** Those with the most changes first. */
  readonly fresh: readonly Line[];
  readonly more: readonly More[];
  readonly accounts: readonly string[];
  /** Texts of `ALLOWED_ROLE_NAMES` that are in no ARN. */
  readonly roleTexts: readonly string[];
}

/** An allowance that matches nothing, or nothing any more. */
export interface Stale {
  readonly entry: NamedExclusion;
  /** When it matched last; null for never. */
  readonly last: string | null;
  /** What the logs have instead: another role with nearly the same name, or the role with something else. */
  readonly instead: string | null;
}

/** What an allowed role or user did beside what is allowed. */
export interface More {
  readonly principal: string;
  readonly program: string;
  readonly address: string;
  readonly seen: Seen;
  /** The first event. */
  readonly eventID: string | null;
}

interface Entry {
  readonly entry: NamedExclusion;
  readonly holds: ReturnType<typeof findingCondition>;
  /** ARNs of the roles and users that it names; empty if a pattern beside them may mean any role. */
  readonly principals: ReadonlySet<string>;
  readonly seen: Seen;
}

/** Reads the findings twice. */
export function check(findings: Iterable<Finding>, configured: Configured): Checked {
  const tallied = tally(findings);
  const entries = configured.allowed.map(entryOf);
  const named = new Set(entries.flatMap(({ principals }) => [...principals]));
  const more = new Names<More>(MOST_MORE);
  const texts = new Set(configured.roleTexts);
  for (const finding of findings) {
    const ids = new Set(finding.rules.map(({ id }) => id));
    if (!ids.has(CHANGES)) continue;
    const principal = principalOf(finding);
    for (const text of texts)
      if (finding.actor.principal?.includes(text) === true) texts.delete(text);
    const own = entries.filter(({ holds }) => holds(finding) === true);
    for (const { seen } of own) seen.add(finding.eventTime);
    if (own.length > 0 || !ids.has(BY_HAND) || !named.has(principal.id)) continue;
    addMore(more, finding, principal);
  }
  const end = tallied.changes.last;
  return {
    tallied,
    stale: entries.flatMap((entry) => staleOf(entry, tallied, end) ?? []),
    fresh: tallied.lines.filter((line) => isFresh(line, configured, named)),
    more: more
      .entries()
      .map(([, one]) => one)
      .toSorted((a, b) => b.seen.count - a.seen.count),
    // Nothing else could be named in the file.
    accounts: tallied.accounts.flatMap(([account]) =>
      configured.accounts.size > 0 && !configured.accounts.has(account) && isAccountId(account)
        ? [account]
        : [],
    ),
    roleTexts: [...texts],
  };
}

function entryOf(entry: NamedExclusion): Entry {
  const tests = testsOf(entry.of);
  const named = tests
    .filter(({ field, op }) => [ROLE, USER].includes(field.join('.')) && op === 'in')
    .flatMap(({ values }) => ('parameter' in values ? [] : values));
  // An entry with a pattern beside names may mean any role.
  const hasPattern = tests.some(({ field, op }) => field.join('.') === ROLE && op !== 'in');
  return {
    entry,
    holds: findingCondition(entry.of),
    principals: new Set(hasPattern ? [] : named),
    seen: new Seen(),
  };
}

function addMore(more: Names<More>, finding: Finding, { id }: Principal): void {
  const program = programOf(finding).name;
  const address = (finding.sourceIPAddress ?? 'no address').slice(0, 128);
  const one = more.of(JSON.stringify([id, program, address]), () => ({
    principal: id,
    program,
    address,
    seen: new Seen(),
    eventID: finding.eventID,
  }));
  one?.seen.add(finding.eventTime);
}

function staleOf(
  { entry, principals, seen }: Entry,
  { lines }: Tallied,
  end: string | null,
): Stale | undefined {
  const isStale = seen.count === 0 || daysBetween(seen.last, end) >= STALE_DAYS;
  if (!isStale) return undefined;
  const own = lines.find(({ principal }) => principals.has(principal.id));
  if (own !== undefined) {
    const [address] = own.addresses.entries()[0] ?? [];
    const instead = `the ${own.principal.kind} is there, with ${own.program.name} from ${address ?? 'nowhere'}`;
    return { entry, last: seen.last, instead };
  }
  const known = new Set(
    lines.flatMap(({ principal: { kind, id } }) => (kind === 'role' || kind === 'user' ? id : [])),
  );
  const near = [...principals].flatMap((one) => nearestOf(one, known) ?? [])[0];
  return { entry, last: seen.last, instead: near === undefined ? null : `there is ${near}` };
}

/** Whether nothing in the file is about a line. What an allowed role does beside is told with the role. */
function isFresh(
  { principal, program }: Line,
  { isKnown }: Configured,
  named: ReadonlySet<string>,
): boolean {
  return !named.has(principal.id) && !isKnown(principal, program);
}

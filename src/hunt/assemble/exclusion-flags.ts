/**
 * Which of the events that an exclusion hid deserve a second look, as the entries of the ledger tell. They do not depend on the
 * engine: the ledger is the same on all.
 */
import { SEVERAL, type HiddenBy, type HiddenCaller } from '../../answer/ledger.js';
import { principalOf } from '../../cloudtrail/principal.js';
import { ruleId, type RuleQuery, type StageId } from '../../query/query.js';
import type { EventFields } from '../../report/finding.js';
import type { Exclusion, Warning } from '../../report/report.js';
import { testsOf, type Negation, type Test } from '../../rule/condition/condition.js';
import { compiled } from '../../rule/condition/holds.js';
import { textTest } from '../../rule/condition/text-test.js';
import { counted } from '../../text/counted.js';
import { firstFew } from '../../text/first-few.js';
import { truncate } from '../../text/width.js';
import type { RuleAnswer } from '../../findings/collector.js';
import { warn } from '../../report/warn.js';

type Flag = Exclusion['flags'][number];
type Entry = HiddenCaller;

/** The flags of each row of a rule's ledger that has any. */
export type StageFlags = ReadonlyMap<HiddenBy, readonly Flag[]>;

interface Answered {
  readonly query: RuleQuery;
  readonly hidden: RuleAnswer['hidden'];
}

/** An exclusion that hid events, alone or together with others, and whose. */
interface Hiding {
  readonly stage: StageId;
  readonly exclusion: Negation;
  readonly alone: readonly Entry[];
  readonly together: readonly Entry[];
}

type Flagged = Readonly<Record<Flag['reason'], readonly Entry[]>>;

const MOST_NAMED = 5;
/** In columns. The longest ARN of a role session fits in. */
const PRINCIPAL = 176;

/** The flags of all rules, by rule ID. The findings are read only where `allow` hid something that was sent with a tool. */
export function exclusionFlags(
  rules: readonly Answered[],
  findings: Iterable<Pick<EventFields, 'userIdentity' | 'eventSource' | 'userAgent'>>,
): ReadonlyMap<string, StageFlags> {
  const byRule = rules.map((answered) => [ruleId(answered.query), hidingOf(answered)] as const);
  const hiding = byRule.flatMap(([, own]) => own);
  const agents = hiding.some(allowsTool) ? agentsOf(hiding, findings) : new Map();
  const flags = new Map<string, StageFlags>();
  for (const [rule, own] of byRule) {
    const flagged = (one: Hiding, by: readonly Entry[]): Flagged => ({
      'session name': bySessionName(one.exclusion, by),
      'another tool': allowsTool(one) ? withOtherTools(one.exclusion, by, agents) : [],
    });
    const rows = new Map(
      [
        ...own.map((one) => [one.stage, flaggedIn([flagged(one, one.alone)])] as const),
        [
          SEVERAL,
          flaggedIn(onlyFlagged(own.map((one) => [one, flagged(one, one.together)] as const))),
        ] as const,
      ].filter(([, found]) => found.length > 0),
    );
    if (rows.size > 0) flags.set(rule, rows);
  }
  return flags;
}

/** Of the events that several exclusions cover, those that none of them would hide without what is flagged. */
function onlyFlagged(all: readonly (readonly [Hiding, Flagged])[]): readonly Flagged[] {
  const stages = new Map<Entry, Set<StageId>>();
  for (const [{ stage }, flagged] of all)
    for (const entry of Object.values(flagged).flat())
      stages.set(entry, (stages.get(entry) ?? new Set()).add(stage));
  const isFlagged = (entry: Entry): boolean =>
    entry.stages?.every((stage) => stages.get(entry)?.has(stage) === true) ?? false;
  return all.map(([, flagged]) => ({
    'session name': flagged['session name'].filter(isFlagged),
    'another tool': flagged['another tool'].filter(isFlagged),
  }));
}

function hidingOf({ query, hidden }: Answered): readonly Hiding[] {
  const several = hidden.get(SEVERAL)?.by ?? [];
  return query.stages.flatMap((stage) => {
    if (stage.kind === 'window' || stage.condition.kind !== 'not') return [];
    const alone = hidden.get(stage.id)?.by ?? [];
    const together = several.filter(({ stages }) => stages?.includes(stage.id));
    if (alone.length + together.length === 0) return [];
    return [{ stage: stage.id, exclusion: stage.condition, alone, together }];
  });
}

/** Whether the exclusion is an entry of `allow` with a tool that the user agent tells. */
function allowsTool({ exclusion }: Hiding): boolean {
  const isAllowed = exclusion.label?.source === 'config';
  return isAllowed && testsOf(exclusion.of).some((test) => isField(test, 'useragent'));
}

/** The user agents of each principal, in what exclusions hid and in the findings. */
function agentsOf(
  hiding: readonly Hiding[],
  findings: Parameters<typeof exclusionFlags>[1],
): ReadonlyMap<string, ReadonlySet<string>> {
  const agents = new Map<string, Set<string>>();
  const byOf = ({ alone, together }: Hiding): readonly Entry[] => [...alone, ...together];
  const allowed = hiding.filter(allowsTool).flatMap(byOf);
  for (const { principal } of allowed) if (principal !== null) agents.set(principal, new Set());
  for (const { principal, userAgent } of hiding.flatMap(byOf))
    if (userAgent !== null) agents.get(principal ?? '')?.add(userAgent);
  for (const { userIdentity, eventSource, userAgent } of findings)
    if (userAgent !== null)
      agents.get(principalOf(userIdentity, eventSource) ?? '')?.add(userAgent);
  return agents;
}

/** A warning for each kind of flag that the exclusions of a rule have. */
export function flagWarnings(flags: StageFlags | undefined): readonly Warning[] {
  const all = [...(flags?.values() ?? [])].flat();
  const ofReason = (reason: Flag['reason']): readonly Flag[] =>
    all.filter((flag) => flag.reason === reason);
  const [sessions, tools] = [ofReason('session name'), ofReason('another tool')];
  return [
    ...(sessions.length === 0
      ? []
      : [
          warn(
            'EXCLUDED_BY_SESSION_NAME',
            `an exclusion hid ${eventsOf(sessions)} only because of the name of a session, which whoever assumes the role chooses, and not because of its role: ${namesOf(sessions)}. --no-exclusions shows them`,
          ),
        ]),
    ...(tools.length === 0
      ? []
      : [
          warn(
            'ALLOWED_WITH_OTHER_TOOLS',
            `allow hid ${eventsOf(tools)} of principals who also used another tool than the allowed one: ${namesOf(tools)}. --no-exclusions shows them`,
          ),
        ]),
  ];
}

function eventsOf(flags: readonly Flag[]): string {
  return counted(
    flags.reduce((total, { events }) => total + events, 0),
    'event',
  );
}

function namesOf(flags: readonly Flag[]): string {
  const names = flags.map(
    ({ principal, events }) => `${truncate(principal, PRINCIPAL)} (${events})`,
  );
  return firstFew(names, MOST_NAMED);
}

/** What the ledger tells of a session, and the text in which a test of `contains` looks. */
interface Session {
  readonly principal: string;
  readonly userAgent: string | null;
  readonly contained: string;
}

const unknown = (): undefined => undefined;

/**
 * Whose events a test of `contains` on `userIdentity.arn` hid because of the name of their session, which whoever assumes the role
 * chooses: with the role alone, the exclusion does not hold.
 */
function bySessionName({ of }: Negation, by: readonly Entry[]): readonly Entry[] {
  const contains = testsOf(of)
    .filter((test) => test.op === 'contains' && isField(test, 'useridentity.arn'))
    .map(textTest);
  // A list of exclusions has hundreds of tests, and the ledger thousands of entries. Few have a name that a test looks for.
  if (contains.length === 0) return [];
  const holds = compiled<Session>(of, (leaf) => {
    if (leaf.kind !== 'test') return unknown;
    const tells = textTest(leaf);
    if (isField(leaf, 'useridentity.arn'))
      return leaf.op === 'contains'
        ? ({ contained }) => tells(contained)
        : ({ principal }) => tells(principal);
    if (isField(leaf, 'useragent'))
      return ({ userAgent }) => (userAgent === null ? undefined : tells(userAgent));
    return unknown;
  });
  return by.filter(({ principal, userAgent }) => {
    const role = withoutChosenName(principal ?? '');
    if (role === undefined || principal === null) return false;
    if (!contains.some((tells) => tells(role) !== tells(principal))) return false;
    const session = { principal, userAgent };
    return (
      holds({ ...session, contained: role }) === false &&
      holds({ ...session, contained: principal }) !== false
    );
  });
}

/** The role of a session. The path of a user may look like a session of a role: of this, nothing is a role's. */
function withoutChosenName(principal: string): string | undefined {
  const [, role] = /^([^/]*:assumed-role\/[^/]+\/)./s.exec(principal) ?? [];
  if (role !== undefined || !principal.includes(':assumed-role/')) return role;
  return principal.slice(0, principal.indexOf('/') + 1);
}

/**
 * Those to whom an entry of `allow` allows a tool, and who also acted with another one: anyone who has the credential can write the
 * tool's user agent. `others` has the user agents of each principal in the findings and in the rest of the ledger.
 */
function withOtherTools(
  { of }: Negation,
  by: readonly Entry[],
  others: ReadonlyMap<string, ReadonlySet<string>>,
): readonly Entry[] {
  const holds = compiled<string>(of, (leaf) =>
    leaf.kind === 'test' && isField(leaf, 'useragent') ? textTest(leaf) : unknown,
  );
  return by.filter(({ principal, userAgent }) =>
    [...(others.get(principal ?? '') ?? [])].some(
      (agent) => agent !== userAgent && holds(agent) === false,
    ),
  );
}

function isField({ field }: Test, name: string): boolean {
  return field.join('.').toLowerCase() === name;
}

/** The flags of all of these entries, each once. */
function flaggedIn(all: readonly Flagged[]): readonly Flag[] {
  const summedOf = (reason: Flag['reason']): readonly Flag[] =>
    summed([...new Set(all.flatMap((flagged) => flagged[reason]))], reason);
  return [...summedOf('session name'), ...summedOf('another tool')];
}

function summed(entries: readonly Entry[], reason: Flag['reason']): readonly Flag[] {
  const events = new Map<string, number>();
  for (const { principal, events: own } of entries)
    events.set(principal ?? '', (events.get(principal ?? '') ?? 0) + own);
  return [...events]
    .map(([principal, count]) => ({ reason, principal, events: count }))
    .toSorted((a, b) => b.events - a.events);
}

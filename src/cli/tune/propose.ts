/**
 * Proposes entries of `allow` from accepted findings. An entry covers findings of one principal and one tool, and is as narrow as what
 * they have in common. If it would hide a finding that nobody accepted, its findings are parted, until it does not, or it is refused.
 */
import type { Finding } from '../../report/finding.js';
import type { FindingStatus } from '../../report/disposition.js';
import { EffectTally, shownOf, type Effect, type Shown } from './effect.js';
import { meaningOf, type Meaning } from './entry.js';
import { facetsOf, type Facets } from './facets.js';
import { selectorsOf, type Selectors } from './selectors.js';

/** What a person decided about a finding. */
export interface Judgement {
  readonly status: FindingStatus;
  /** The exception that accepts it. */
  readonly exception: string | null;
  /** Whether nothing may hide it. */
  readonly isProtected: boolean;
}

export interface Proposal {
  readonly selectors: Selectors;
  /** The accepted findings that it is made from, and covers. */
  readonly from: number;
  readonly exceptions: readonly string[];
  /** All findings of the report that it would have hidden. */
  readonly effect: Effect;
  /** Those of them that nobody accepted. */
  readonly others: Effect;
}

export interface Refusal {
  /** The accepted findings that no entry may cover. */
  readonly from: number;
  readonly reason: string;
  /** Some of what such an entry would have hidden, or of what it was to be made from. */
  readonly shown: readonly Shown[];
}

export interface Proposals {
  readonly accepted: number;
  readonly proposals: readonly Proposal[];
  readonly refusals: readonly Refusal[];
}

/** An accepted finding, by its place among them. */
interface Accepted {
  readonly index: number;
  readonly facets: Facets;
  readonly exception: string | null;
}

type Group = readonly Accepted[];

interface Candidate {
  readonly group: Group;
  readonly members: ReadonlySet<number>;
  readonly selectors: Selectors;
  readonly meaning: Meaning;
  readonly tally: EffectTally;
  readonly others: EffectTally;
  /** Members that it covers. */
  covered: number;
  readonly conflicts: Shown[];
  conflictCount: number;
}

const MOST_AT_ONCE = 50;
const MOST_SHOWN = 3;

/** By what a group is parted, the first that tells its findings apart. */
const PARTS: readonly ((facets: Facets) => string | null)[] = [
  ({ call }) => call,
  ({ address }) => address,
  ({ resources: [first = null] }) => first,
  ({ account }) => account,
  ({ rules }) => rules.join(' '),
];

/** Reads the findings several times. `judge` says of each the same whenever it is asked. */
export function proposalsFor(
  findings: Iterable<Finding>,
  judge: (finding: Finding) => Judgement,
): Proposals {
  const { groups, refusals, accepted, forbidden } = acceptedIn(findings, judge);
  const sorted = groups.toSorted((a, b) => b.length - a.length);
  const left = sorted.slice(MOST_AT_ONCE).flat();
  if (left.length > 0) refusals.push({ from: left.length, reason: TOO_MANY, shown: [] });
  const proposals: Proposal[] = [];
  let open = sorted.slice(0, MOST_AT_ONCE).map((group) => candidateOf(group));
  while (open.length > 0) {
    weigh(open, findings, { judge, forbidden });
    const next: Candidate[] = [];
    for (const one of open) {
      const isWhole = one.covered === one.group.length;
      if (isWhole && one.conflictCount === 0) proposals.push(proposalOf(one));
      // The event may name the resource in a way that an engine does not find.
      else if (!isWhole && one.selectors.resource !== undefined)
        next.push(candidateOf(one.group, withoutResource(one.selectors)));
      else {
        const parts = partsOf(one.group);
        if (parts.length > 1 && next.length + parts.length <= MOST_AT_ONCE)
          next.push(...parts.map((group) => candidateOf(group)));
        else refusals.push(refusalOf(one, isWhole));
      }
    }
    open = next;
  }
  return { accepted, proposals, refusals };
}

const TOO_MANY = `they are of more than ${MOST_AT_ONCE} kinds: name exceptions with --exception`;

interface AcceptedFindings {
  readonly groups: readonly Group[];
  readonly refusals: Refusal[];
  readonly accepted: number;
  /** The places of those that nothing may hide, although they are accepted. */
  readonly forbidden: ReadonlySet<number>;
}

/** The accepted findings, by principal and tool. */
function acceptedIn(
  findings: Iterable<Finding>,
  judge: (finding: Finding) => Judgement,
): AcceptedFindings {
  const groups = new Map<string, Accepted[]>();
  const forbidden = new Map<string, { from: number; readonly shown: Shown[] }>();
  const places = new Set<number>();
  let accepted = 0;
  for (const finding of findings) {
    const { status, exception } = judge(finding);
    if (status !== 'accepted') continue;
    const index = accepted++;
    const facets = facetsOf(finding);
    if ('forbidden' in facets) {
      const known = forbidden.get(facets.forbidden) ?? { from: 0, shown: [] };
      forbidden.set(facets.forbidden, known);
      known.from += 1;
      places.add(index);
      if (known.shown.length < MOST_SHOWN) known.shown.push(shownOf(finding));
      continue;
    }
    const key = JSON.stringify([facets.role, facets.user, facets.tool]);
    const group = groups.get(key) ?? [];
    groups.set(key, group);
    group.push({ index, facets, exception });
  }
  const refusals = [...forbidden].map(([reason, { from, shown }]) => ({ from, reason, shown }));
  return { groups: [...groups.values()], refusals, accepted, forbidden: places };
}

function candidateOf(
  group: Group,
  selectors = selectorsOf(group.map(({ facets }) => facets)),
): Candidate {
  return {
    group,
    members: new Set(group.map(({ index }) => index)),
    selectors,
    meaning: meaningOf(selectors),
    tally: new EffectTally(),
    others: new EffectTally(),
    covered: 0,
    conflicts: [],
    conflictCount: 0,
  };
}

/** Asks every candidate about every finding. */
function weigh(
  candidates: readonly Candidate[],
  findings: Iterable<Finding>,
  {
    judge,
    forbidden,
  }: Pick<AcceptedFindings, 'forbidden'> & {
    readonly judge: (finding: Finding) => Judgement;
  },
): void {
  let index = 0;
  for (const finding of findings) {
    const { status, exception, isProtected } = judge(finding);
    const own = status === 'accepted' ? index++ : undefined;
    for (const one of candidates) {
      if (own !== undefined && one.members.has(own) && one.meaning.covers(finding))
        one.covered += 1;
      if (!one.meaning.mayHide(finding)) continue;
      one.tally.add(finding);
      // With --exception, others may be accepted too.
      if (own === undefined && exception === null) one.others.add(finding);
      if (!isProtected && (own === undefined || !forbidden.has(own))) continue;
      one.conflictCount += 1;
      if (one.conflicts.length < MOST_SHOWN) one.conflicts.push(shownOf(finding));
    }
  }
}

function partsOf(group: Group): readonly Group[] {
  for (const valueOf of PARTS) {
    const parts = new Map<string | null, Accepted[]>();
    for (const one of group) {
      const value = valueOf(one.facets);
      const part = parts.get(value) ?? [];
      parts.set(value, part);
      part.push(one);
    }
    if (parts.size > 1) return [...parts.values()];
  }
  return [group];
}

function withoutResource(selectors: Selectors): Selectors {
  const { resource, ...others } = selectors;
  return resource === undefined ? selectors : others;
}

function proposalOf({ group, selectors, tally, others }: Candidate): Proposal {
  const exceptions = new Set(group.flatMap(({ exception }) => exception ?? []));
  return {
    selectors,
    from: group.length,
    exceptions: [...exceptions].toSorted(),
    effect: tally.effect(),
    others: others.effect(),
  };
}

function refusalOf({ group, conflicts, conflictCount }: Candidate, isWhole: boolean): Refusal {
  const reason = isWhole
    ? `the narrowest entry for ${group.length === 1 ? 'it' : 'them'} would also hide ${conflictCount === 1 ? 'a finding' : `${conflictCount} findings`} that nobody accepted, or that nothing may hide`
    : 'no entry of allow can name them';
  return { from: group.length, reason, shown: conflicts };
}

/** What the proposals would do: what stays visible, and what each allowance would hide, the most serious changes first. */
import { findingCondition } from '../../../disposition/finding-condition.js';
import type { Finding } from '../../../report/finding.js';
import { calledText } from '../../../report/called.js';
import type { AttentionReason } from '../../../report/attention.js';
import { MostSerious, seriousnessOf, type Seriousness } from '../../../story/serious.js';
import { principalOf, programOf } from '../facts/caller-key.js';
import { allowedBy, type Proposal } from './proposal.js';
import { BY_HAND, CHANGES } from '../facts/rules.js';
import { countIn, mostFirst, Names, type Count } from '../facts/seen.js';
import { pushTo } from '../../../memory/grouped.js';

const SHOWN = 3;
const MOST_CALLS = 2000;

/** A change that an allowance hides. */
export interface Serious extends Pick<Seriousness, 'because'> {
  readonly sentence: string;
  readonly eventID: string | null;
  readonly eventTime: string | null;
}

/** What one proposal would hide of what the rule finds. */
export interface Hides {
  changes: number;
  /** Changes of people, of another program, or with a sign of an attack: how many, by what they are. A proposal that has any is none. */
  readonly suspects: Names<Count>;
  /** How many changes each `because` has. */
  readonly because: Names<Count>;
  readonly serious: MostSerious<Serious>;
}

export interface Effect {
  /** What stays visible, by class. */
  readonly byHand: number;
  readonly classes: readonly (readonly [name: string, count: number])[];
  /** What the rule leaves out by itself, and what the active allowances hide. */
  readonly leftOut: number;
  readonly allowed: number;
  /** The calls of what stays visible, the most frequent first. */
  readonly calls: readonly (readonly [name: string, count: number])[];
  readonly hides: ReadonlyMap<Proposal, Hides>;
}

interface Judged {
  readonly proposal: Proposal;
  readonly isActive: boolean;
  readonly holds: ReturnType<typeof findingCondition>;
}

/** Reads the findings once more. */
export function effectOf(
  findings: Iterable<Finding>,
  active: readonly Proposal[],
  asked: readonly Proposal[],
): Effect {
  const judged = new Map<string, Judged[]>();
  const hides = new Map<Proposal, Hides>();
  for (const proposal of [...active, ...asked]) {
    const id = proposal.role ?? proposal.user ?? '';
    const holds = findingCondition(allowedBy(proposal));
    pushTo(judged, id, { proposal, isActive: active.includes(proposal), holds });
    hides.set(proposal, {
      changes: 0,
      suspects: new Names(MOST_CALLS),
      because: new Names(MOST_CALLS),
      serious: new MostSerious(SHOWN),
    });
  }
  const classes = new Names<Count>(MOST_CALLS);
  const calls = new Names<Count>(MOST_CALLS);
  let [byHand, leftOut, allowed] = [0, 0, 0];
  for (const finding of findings) {
    const ids = new Set(finding.rules.map(({ id }) => id));
    if (!ids.has(CHANGES)) continue;
    if (!ids.has(BY_HAND)) {
      leftOut += 1;
      continue;
    }
    const own = judged.get(principalOf(finding).id) ?? [];
    const hiding = own.filter(({ holds }) => holds(finding) === true);
    for (const { proposal } of hiding) hide(hides.get(proposal), proposal, finding);
    if (hiding.some(({ isActive }) => isActive)) {
      allowed += 1;
      continue;
    }
    byHand += 1;
    countIn(classes, finding.how.class);
    countIn(calls, finding.eventName ?? 'no name');
  }
  return {
    byHand,
    classes: mostFirst(classes),
    leftOut,
    allowed,
    calls: mostFirst(calls),
    hides,
  };
}

const NOT_OF_PEOPLE: ReadonlySet<string> = new Set(['unknown', 'automation', 'service']);

/** Flags that speak against an allowance. Those about new addresses and versions do not: an allowance names addresses. */
const SUSPICIOUS: ReadonlySet<string> = new Set([
  'console session',
  'another tool',
  'sign-in by a program',
]);

/** What the logs themselves show of an attack. */
const SIGNS: ReadonlySet<string> = new Set<AttentionReason>([
  'weakened the logs',
  'hidden characters',
]);

function suspicionsOf(finding: Finding, { tool }: Proposal): readonly string[] {
  const { how, attention } = finding;
  return [
    ...(NOT_OF_PEOPLE.has(how.class) ? [] : [how.class]),
    ...how.flags.flatMap(({ reason }) => (SUSPICIOUS.has(reason) ? [reason] : [])),
    ...attention.filter((reason) => SIGNS.has(reason)),
    // The words of a tool may stand anywhere in a user agent.
    ...(programOf(finding).tool === tool ? [] : ['another program']),
  ];
}

function hide(hides: Hides | undefined, proposal: Proposal, finding: Finding): void {
  if (hides === undefined) return;
  hides.changes += 1;
  for (const one of suspicionsOf(finding, proposal)) countIn(hides.suspects, one);
  const { eventTime, eventID, eventName, change } = finding;
  const { because, rank } = seriousnessOf(finding);
  if (because !== null) countIn(hides.because, because);
  hides.serious.add({ rank }, () => ({
    sentence: change?.sentence ?? calledText(eventName),
    eventID,
    eventTime,
    because,
  }));
}

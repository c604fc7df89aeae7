/** Which states of a finding say how long its change lasted, and what became of them together. */
import type { Finding } from './finding.js';
import type { FindingState, StateEnd } from './story.js';

/** The later ones decide for several states. */
const WORST: readonly StateEnd[] = ['deleted', 'seen', 'unknown', 'not looked for', 'not seen'];

type StatesOf = Pick<Finding, 'states' | 'change'>;

/** The states that say how long a change lasted. What was made and opened may be closed, and still exist. */
export function lastingStates({ states, change }: StatesOf): readonly FindingState[] {
  const opened = opens(change) ? states.filter(({ what }) => what !== 'exists') : states;
  return opened.length === 0 ? states : opened;
}

/** Whether a change let others in. */
export function opens(change: Finding['change']): boolean {
  return change?.exposure?.direction === 'ingress' || change?.action === 'open';
}

/** The worst end, null where no state began; and when the last state ended, null where not all are seen to end. */
export function lastEndOf(finding: StatesOf): {
  readonly end: StateEnd | null;
  readonly until: string | null;
} {
  const states = lastingStates(finding);
  const ends = states.map(({ end }) => WORST.indexOf(end));
  const ended = states.flatMap(({ until }) => until ?? []);
  return {
    end: WORST[Math.max(-1, ...ends)] ?? null,
    until: ended.length === states.length ? (ended.toSorted().at(-1) ?? null) : null,
  };
}

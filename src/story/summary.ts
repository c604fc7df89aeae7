/** The whole report in a few numbers, from which its last line is made. */
import type { Change, ExposedPeer } from '../change/change.js';
import type { MatchedFinding } from '../report/finding.js';
import type { Summary } from '../report/story.js';
import type { Facts } from './facts.js';
import { tallyOf } from './groups.js';
import { StateTally } from './state-tally.js';

const MOST_RESOURCES = 3;
/** Resources that are told apart. */
const COUNTED = 10_000;

/** Which resources let others in. */
export class Exposures {
  readonly #changes: number[] = [];
  readonly #resources = new Set<string>();
  readonly #peers = new Set<ExposedPeer>();

  add(index: number, { change, eventName }: Pick<MatchedFinding, 'change' | 'eventName'>): void {
    if (change === null || change.exposure === null) return;
    this.#changes.push(index);
    this.#peers.add(change.exposure.peer);
    if (this.#resources.size < COUNTED)
      this.#resources.add(openedIn(change) ?? eventName ?? 'a resource');
  }

  summary(facts: Facts): Summary['exposed'] {
    const changes = new StateTally();
    for (const index of this.#changes) changes.add(facts.endOf(index)?.end ?? 'unknown');
    const [peer = null] = this.#peers;
    return {
      resources: [...this.#resources].slice(0, MOST_RESOURCES),
      moreResources: Math.max(this.#resources.size - MOST_RESOURCES, 0),
      peer:
        this.#peers.size < 2 ? peer : this.#peers.has('much of the internet') ? 'several' : 'both',
      changes: changes.counts(),
    };
  }
}

/** Whoever gets access is not what was opened. A call without a describer names its resource only in the states that it begins. */
function openedIn({ resources, begins, grantees }: Change): string | undefined {
  const opened = resources.find(({ id }) => !grantees.includes(id));
  return opened?.id ?? begins.find(({ what }) => what !== 'exists')?.resource;
}

/** Counts of all findings, what they opened, and how many stories are not listed. */
export function summaryOf(facts: Facts, exposures: Exposures, moreStories: number): Summary {
  const { states: _, ...tally } = tallyOf(facts, facts.indexes());
  return { ...tally, exposed: exposures.summary(facts), moreStories };
}

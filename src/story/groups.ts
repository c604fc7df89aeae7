/** Counts the findings of each story and of the whole report, from what was kept of each. */
import {
  CONCERNS,
  type ActorCount,
  type Concern,
  type Counts,
  type StateCounts,
} from '../report/story.js';
import type { Facts } from './facts.js';
import { pushTo } from '../memory/grouped.js';
import { StateTally } from './state-tally.js';

const MOST_ACTORS = 5;

/** Findings that are counted together. */
export interface Tally extends Counts {
  readonly actors: readonly ActorCount[];
  readonly moreActors: number;
  readonly networkActivity: number;
  readonly concerns: Readonly<Record<Concern, number>>;
  readonly states: StateCounts;
}

/** The counts of some findings. */
export function tallyOf(facts: Facts, findings: Iterable<number>): Tally {
  const kinds = { change: 0, session: 0, read: 0, 'network activity': 0, failed: 0 };
  const concerns = Object.fromEntries(CONCERNS.map((name) => [name, 0])) as Record<Concern, number>;
  const states = new StateTally();
  const byActor = new Map<number, number>();
  for (const finding of findings) {
    const kind = facts.kindOf(finding);
    kinds[kind] += 1;
    const concern = facts.concernOf(finding);
    if (kind === 'change' || (kind !== 'failed' && concern !== 'other')) concerns[concern] += 1;
    for (const state of facts.statesOf(finding)) if (state !== undefined) states.add(state.end);
    const actor = facts.actorOf(finding);
    byActor.set(actor, (byActor.get(actor) ?? 0) + 1);
  }
  const names = facts.actorNames();
  // The sort is stable: of equal actors the first in time stands first.
  const actors = [...byActor].toSorted(([, a], [, b]) => b - a);
  return {
    changes: kinds.change,
    sessions: kinds.session,
    reads: kinds.read,
    failed: kinds.failed,
    networkActivity: kinds['network activity'],
    actors: actors.slice(0, MOST_ACTORS).map(([actor, count]) => ({
      name: names[actor]?.name ?? 'unknown',
      account: names[actor]?.account ?? null,
      findings: count,
    })),
    moreActors: Math.max(actors.length - MOST_ACTORS, 0),
    concerns,
    states: states.counts(),
  };
}

/** The findings of a story. */
export interface Group {
  readonly number: number;
  readonly findings: readonly number[];
}

/** The stories with several findings that a report lists, in the order of their first findings, and how many more there are. */
export function groupsOf(
  facts: Facts,
  most: number,
): { readonly groups: readonly Group[]; readonly more: number } {
  const byStory = new Map<number, number[]>();
  for (let finding = 0; finding < facts.length; finding++) {
    const story = facts.storyOf(finding);
    if (story !== undefined) pushTo(byStory, story, finding);
  }
  const several = [...byStory.values()].filter(({ length }) => length > 1);
  const stories = several.map((findings, number) => ({ number, findings }));
  const worst =
    stories.length <= most
      ? stories
      : worstFirst(facts, stories)
          .slice(0, most)
          .toSorted((a, b) => a.number - b.number);
  return {
    groups: worst.map(({ findings }, index) => ({ number: index + 1, findings })),
    more: several.length - worst.length,
  };
}

/** The stories by their worst change, then by the number of findings. */
export function worstFirst(facts: Facts, groups: readonly Group[]): readonly Group[] {
  const ranked = groups.map((group) => {
    const ranks = group.findings.map((finding) => CONCERNS.indexOf(facts.concernOf(finding)));
    return { group, rank: ranks.reduce((a, b) => Math.min(a, b), CONCERNS.length) };
  });
  return ranked
    .toSorted((a, b) => a.rank - b.rank || b.group.findings.length - a.group.findings.length)
    .map(({ group }) => group);
}

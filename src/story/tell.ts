/** Tells the stories: which of their changes to show, what became of them, and what they came to. */
import { formatInstant } from '../cloudtrail/time/time.js';
import {
  CONCERNS,
  type Concern,
  type StillThere,
  type Story,
  type StoryPoint,
} from '../report/story.js';
import type { Facts } from './facts.js';
import { tallyOf, worstFirst, type Group } from './groups.js';
import { MOST_STATES, type Shown } from './shown.js';
import { titleOf } from './title.js';

/** Of each concern in each story; of other changes, enough for a title. */
const SHOWN = 12;
const OTHERS_SHOWN = 1;
/** In all stories together. */
const MOST_POINTS = 3000;

/** The findings of a story that are shown. */
export interface Picked extends Group {
  readonly points: readonly number[];
  /** Findings with a state that is still there. */
  readonly stillThere: readonly number[];
}

/** The findings that the stories show. */
export function shownIn(picked: readonly Picked[]): readonly number[] {
  return picked.flatMap(({ points, stillThere }) => [...points, ...stillThere]);
}

/** `shown` has what is shown of these findings. */
export function tellStories(
  facts: Facts,
  picked: readonly Picked[],
  shown: ReadonlyMap<number, Shown>,
): readonly Story[] {
  return picked.map((one) => tell(facts, one, shown));
}

/** Which findings the stories of the groups show. */
export function pickStories(facts: Facts, groups: readonly Group[]): readonly Picked[] {
  let left = MOST_POINTS;
  const picked = worstFirst(facts, groups).map((group) => {
    const points = pointsOf(facts, group.findings).slice(0, left);
    left -= points.length;
    const lasting = group.findings.filter((finding) =>
      facts.statesOf(finding).some((state) => state?.end === 'not seen'),
    );
    const stillThere = [...byConcernOf(facts, lasting).values()]
      .flatMap((findings) => worstOf(facts, findings))
      .slice(0, Math.min(MOST_STATES, left));
    left -= stillThere.length;
    return { ...group, points, stillThere };
  });
  return picked.toSorted((a, b) => a.number - b.number);
}

/** The worst first, then in order of time. A story without any change shows its first finding. */
function pointsOf(facts: Facts, findings: readonly number[]): readonly number[] {
  const done = findings.filter((finding) => facts.kindOf(finding) !== 'failed');
  const points = [...byConcernOf(facts, done)].flatMap(([concern, all]) =>
    worstOf(facts, all).slice(0, concern === 'other' ? OTHERS_SHOWN : SHOWN),
  );
  return points.length > 0 ? points : findings.slice(0, 1);
}

function byConcernOf(facts: Facts, findings: readonly number[]): ReadonlyMap<Concern, number[]> {
  const byConcern = new Map<Concern, number[]>(CONCERNS.map((concern) => [concern, []]));
  for (const finding of findings) byConcern.get(facts.concernOf(finding))?.push(finding);
  return byConcern;
}

function worstOf(facts: Facts, findings: readonly number[]): readonly number[] {
  return findings
    .map((finding) => ({ finding, rank: facts.rankOf(finding) }))
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ finding }) => finding);
}

function tell(
  facts: Facts,
  { number, findings, ...picked }: Picked,
  shown: ReadonlyMap<number, Shown>,
): Story {
  const points = picked.points.flatMap((index): readonly StoryPoint[] => {
    const one = shown.get(index);
    if (one === undefined) return [];
    const { eventID, eventTime, actor, sentence } = one;
    const known = { eventID, eventTime: eventTime ?? '', actor, sentence };
    return [
      { number: index + 1, concern: facts.concernOf(index), ...known, ...facts.lastEndOf(index) },
    ];
  });
  const stillThere = picked.stillThere.flatMap((index): readonly StillThere[] => {
    const one = shown.get(index);
    const ends = facts.statesOf(index);
    return (one?.states ?? [])
      .filter((_, nth) => ends[nth]?.end === 'not seen')
      .map((state) => ({ ...state, since: one?.eventTime ?? '', eventID: one?.eventID ?? null }));
  });
  const { networkActivity: _, ...tally } = tallyOf(facts, findings);
  const instants = [findings[0], findings.at(-1)].map((index) => facts.instantOf(index ?? -1));
  const [from = 0, until = 0] = instants;
  return {
    number,
    title: titleOf(tally, points),
    ...tally,
    from: formatInstant(from),
    until: formatInstant(until),
    points,
    stillThere: stillThere.slice(0, MOST_STATES),
  };
}

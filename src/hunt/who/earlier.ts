/**
 * Looks for keys that were issued before the window, or where the filters do not look. What was done with them is in the window: a
 * session lasts for hours.
 */
import type { KeyLink } from '../../change/actor/issued-key.js';
import { USER_HOURS } from '../../change/actor/behind.js';
import { HOUR, type Window } from '../../cloudtrail/time/window.js';
import type { Report } from '../../report/report.js';
import type { Followed, Indicator } from '../../rule/subject.js';
import { joinedLinks } from '../follow/follow.js';
import { joinedTrails, leadsOn, MOST_ROUNDS, trailIn, type Trail } from './follow.js';

/** Hunts for the calls that issued keys, of them and of whom they issued keys; undefined for a dry run. */
export type LookBack = (followed: Followed) => Promise<{ readonly report: Report } | undefined>;

/** The window, and before it the time that the longest session lasts. */
export function widened({ since, until }: Window): Window {
  return { since: since === undefined ? undefined : since - USER_HOURS * HOUR, until };
}

/** The trail with the keys that were issued earlier or elsewhere. */
export async function trailBefore(
  lookBack: LookBack,
  indicators: readonly Indicator[],
  start: Trail,
): Promise<Trail> {
  let trail = start;
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const result = await lookBack(trail.followed);
    if (result === undefined) return trail;
    const further = joinedTrails(trail, trailIn(result.report.findings, indicators));
    if (!leadsOn(further, trail.followed)) return further;
    trail = further;
  }
  return trail;
}

/** The links to sessions and users that made calls, and from there up. Of the others there is nothing to prove. */
export function usedLinks(
  { links }: Pick<Trail, 'links'>,
  { callers }: Pick<Report, 'callers'>,
): readonly KeyLink[] {
  const principals = new Set(callers?.map(({ principal }) => principal));
  const keys = new Set<string | null>();
  // Whoever issued a key got their own before.
  return joinedLinks(links)
    .toReversed()
    .filter(({ issued, by }) => {
      const isUsed = principals.has(issued.arn) || keys.has(issued.accessKey);
      if (isUsed) keys.add(by.accessKey);
      return isUsed;
    });
}

/**
 * Looks for keys that were issued before the window, or where the filters do not look. What was done with them is in the window: a
 * session lasts for hours.
 */
import type { KeyLink } from '../../change/actor/issued-key.js';
import { USER_HOURS } from '../../change/actor/behind.js';
import { HOUR, type Window } from '../../cloudtrail/time/window.js';
import { HuntError } from '../../errors.js';
import type { EngineUsage, Report, Warning } from '../../report/report.js';
import type { Followed, Indicator } from '../../rule/subject.js';
import { warn } from '../../report/warn.js';
import { joinedLinks } from '../follow/follow.js';
import { addedUsage } from '../usage.js';
import { joinedTrails, leadsOn, MOST_ROUNDS, NO_TRAIL, trailIn, type Trail } from './follow.js';
import { isOfTooMany } from './wide.js';

/**
 * Hunts for the calls that issued keys, of them and of whom they issued keys; undefined for a dry run. `spent` is what the engine
 * read so far, in bytes.
 */
export type LookBack = (
  followed: Followed,
  spent: number,
) => Promise<{ readonly report: Report; readonly onWritten: () => void } | undefined>;

/** The window, and before it the time that the longest session lasts. */
export function widened({ since, until }: Window): Window {
  return { since: since === undefined ? undefined : since - USER_HOURS * HOUR, until };
}

/** Only the time before the window: a table is asked for the window already, and each query costs. */
export function before({ since }: Window): Window {
  return { since: since === undefined ? undefined : since - USER_HOURS * HOUR, until: since };
}

interface LookingBack {
  readonly lookBack: LookBack;
  readonly indicators: readonly Indicator[];
  /** Whether each reading is a query, which may be refused. */
  readonly isQuery: boolean;
}

export interface LookedBack {
  /** With the keys that were issued earlier or elsewhere. */
  readonly trail: Trail;
  readonly usage: EngineUsage | null;
  readonly warnings: readonly Warning[];
}

/** Looks back. What an engine refuses, or cannot read, is a warning: the report is right without it. */
export async function trailBefore({
  lookBack,
  indicators,
  isQuery,
}: LookingBack): Promise<LookedBack> {
  let trail = NO_TRAIL;
  let usage: EngineUsage | null = null;
  let warnings: readonly Warning[] = [];
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const result = await lookBack(trail.followed, usage?.bytes ?? 0).catch((error: unknown) =>
      refusal(error, isQuery),
    );
    if (result === undefined) break;
    if ('code' in result) return { trail, usage, warnings: [result] };
    const { report, onWritten } = result;
    onWritten();
    usage = addedUsage(usage, report.source.execution);
    warnings = unread(report);
    const further = joinedTrails(trail, trailIn(report.findings, indicators));
    // Nobody who asks about so many wants to follow them.
    if (isOfTooMany(further)) return { trail: NO_TRAIL, usage, warnings: [] };
    const isLast = !leadsOn(further, trail.followed);
    trail = further;
    if (isLast) break;
  }
  return { trail, usage, warnings };
}

/** Throws what ends a hunt: an interruption, and an error of logs, which are read by this process. */
function refusal(error: unknown, isQuery: boolean): Warning {
  if (!isQuery || !(error instanceof HuntError) || error.code === 'INTERRUPTED') throw error;
  return warn(
    'KEYS_NOT_FOLLOWED',
    `keys that were issued before the window could not be looked for: ${error.message}`,
  );
}

/** Of logs, the report itself names what could not be read. */
function unread({ source, files }: Report): readonly Warning[] {
  const [first] = files.unreadable;
  if (source.execution === null || first === undefined) return [];
  return [
    warn(
      'KEYS_NOT_FOLLOWED',
      `not all of the time before the window could be searched for keys: ${first.path}: ${first.reason}`,
    ),
  ];
}

/**
 * The links to keys with which calls were made, and from there up. Of the others there is nothing to prove. Where calls are not
 * counted by their keys, all keys of somebody who made calls count as used.
 */
export function usedLinks(
  { links }: Pick<Trail, 'links'>,
  { callers, keys: counted }: Pick<Report, 'callers' | 'keys'>,
): readonly KeyLink[] {
  const principals = new Set(counted === null ? callers?.map(({ principal }) => principal) : []);
  const used = new Set(counted?.map(({ accessKey }) => accessKey));
  const keys = new Set<string | null>();
  // Whoever issued a key got their own before.
  return joinedLinks(links)
    .toReversed()
    .filter(({ issued, by }) => {
      const { accessKey, arn } = issued;
      const isUsed = used.has(accessKey) || principals.has(arn) || keys.has(accessKey);
      if (isUsed) keys.add(by.accessKey);
      return isUsed;
    });
}

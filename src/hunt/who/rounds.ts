/** Reads the logs, and again for the keys that were issued, until no new key appears. The last report has everything. */
import type { EngineUsage, Report, Warning } from '../../report/report.js';
import { NOTHING_FOLLOWED, type Followed, type Indicator } from '../../rule/subject.js';
import { warn } from '../assemble/warnings.js';
import { addedUsage } from '../usage.js';
import { withCallers } from './callers.js';
import { joinedLinks } from '../follow/follow.js';
import { leadsOn, MOST_ROUNDS, trailIn, type Trail } from './follow.js';

interface Rounds<R extends { readonly report: Report }> {
  readonly indicators: readonly Indicator[];
  readonly isFollowing: boolean;
  /** Why the logs cannot be read again; undefined if they can. */
  readonly readOnce: string | undefined;
  /** Hunts for them, and for what was followed; undefined for a dry run. `spent` is what the engine read so far, in bytes. */
  readonly hunt: (followed: Followed, spent: number) => Promise<R | undefined>;
  /** Called before the logs are read again. */
  readonly onRound: (keys: number, round: number) => void;
}

/** The result of the last reading, with the links from key to key; undefined for a dry run. Throws HuntErrors. */
export async function followKeys<R extends { readonly report: Report }>({
  indicators,
  isFollowing,
  readOnce,
  hunt,
  onRound,
}: Rounds<R>): Promise<R | undefined> {
  let followed = NOTHING_FOLLOWED;
  let usage: EngineUsage | null = null;
  for (let round = 1; ; round += 1) {
    const result = await hunt(followed, usage?.bytes ?? 0);
    if (result === undefined) return undefined;
    usage = addedUsage(usage, result.report.source.execution);
    const trail = trailIn(result.report.findings, indicators);
    const isOpen = isFollowing && leadsOn(trail, followed);
    if (!isOpen || readOnce !== undefined || round === MOST_ROUNDS) {
      const reason = readOnce ?? `the logs were read ${MOST_ROUNDS} times, which is the most`;
      return {
        ...result,
        report: completed(result.report, { trail, usage, reason, isOpen, isFollowing }),
      };
    }
    followed = trail.followed;
    onRound(followed.keys.length, round + 1);
  }
}

interface Ending {
  readonly trail: Trail;
  readonly usage: EngineUsage | null;
  /** Why what is open was not followed. */
  readonly reason: string;
  readonly isOpen: boolean;
  readonly isFollowing: boolean;
}

function completed(report: Report, { trail, usage, reason, isOpen, isFollowing }: Ending): Report {
  const { links, left } = trail;
  const warnings: readonly Warning[] = [
    ...(isOpen
      ? [warn('KEYS_NOT_FOLLOWED', `not every key that was issued was followed: ${reason}`)]
      : []),
    ...(left === 0 || !isFollowing
      ? []
      : [warn('KEYS_NOT_FOLLOWED', `${left} keys were not followed: only the first ones are`)]),
  ];
  return {
    ...withCallers(report),
    source: { ...report.source, execution: usage },
    warnings: [...report.warnings, ...warnings],
    links: joinedLinks(report.links, links),
  };
}

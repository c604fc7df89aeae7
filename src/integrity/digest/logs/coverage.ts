/** Says of a log file that no digest names whether one should: then somebody added it. */
import { HOUR } from '../../../cloudtrail/time/window.js';
import type { UncoveredReason } from '../../../report/completeness/digest-check.js';
import { CLOSE } from '../chain/spans.js';
import type { CheckedChain } from '../chain/checked.js';
import { isWrong } from '../verify/judge.js';
import type { DatedLog } from '../read/names.js';
import { pushTo } from '../../../memory/grouped.js';

/**
 * The time in a name is rounded, and a file may be delivered a little later: near the edge of what digests cover, the digest
 * that names it may be one that is not here.
 */
const MARGIN = HOUR / 6;

interface Cover {
  /** What sound digests cover, in order and apart. */
  readonly sound: readonly { readonly since: number; readonly until: number }[];
  readonly since: number;
  readonly until: number;
  /** Whether validation began with its oldest digest. */
  readonly isFromStart: boolean;
}

export class Coverage {
  readonly #covers = new Map<string, Cover[]>();
  /** Where backfill digests are missing, which may name a log file of any time. */
  readonly #incomplete = new Set<string>();

  constructor(chains: readonly CheckedChain[]) {
    for (const chain of chains) {
      const { name } = chain.oldest;
      if (!name.isBackfill) pushTo(this.#covers, scopeOf(name), coverOf(chain));
      else if (chain.gaps.length > 0) this.#incomplete.add(scopeOf(name));
    }
  }

  /** Why no digest names the log file; `extra` if one of those that are here should. */
  reasonFor(name: DatedLog): UncoveredReason | 'extra' {
    const covers = this.#covers.get(scopeOf(name)) ?? [];
    if (covers.length === 0) return 'no digest';
    const { time } = name;
    const isIn = (cover: Cover): boolean => isSound(cover, time);
    // Where another trail may have written it, whose digests of that time are not here, nobody can tell.
    if (
      covers.some(isIn) &&
      covers.every((cover) => isIn(cover) || (cover.isFromStart && time < cover.since - MARGIN))
    )
      return this.#incomplete.has(scopeOf(name)) ? 'between digests' : 'extra';
    if (time + MARGIN > Math.max(...covers.map(({ until }) => until)))
      return 'after the last digest';
    if (time - MARGIN < Math.min(...covers.map(({ since }) => since)))
      return 'before the first digest';
    return 'between digests';
  }
}

/** A key for one account and region. */
export function scopeOf({ account, region }: Pick<DatedLog, 'account' | 'region'>): string {
  return `${account} ${region}`;
}

function coverOf({ nodes, oldest, newest }: CheckedChain): Cover {
  const sound: { since: number; until: number }[] = [];
  for (const { since, until, judged } of nodes) {
    if (judged === undefined || isWrong(judged.status)) continue;
    const last = sound.at(-1);
    if (last !== undefined && since - last.until <= CLOSE) last.until = Math.max(last.until, until);
    else sound.push({ since, until });
  }
  return {
    sound,
    since: oldest.since,
    until: newest.until,
    isFromStart: oldest.previous === null,
  };
}

/** Whether one span holds the time and what is near it. */
function isSound({ sound }: Cover, time: number): boolean {
  let [low, high] = [0, sound.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sound[middle]?.since ?? Infinity) <= time - MARGIN) low = middle + 1;
    else high = middle;
  }
  const span = sound[low - 1];
  return span !== undefined && time + MARGIN <= span.until;
}

/** Which files can matter for a window, by what their paths say: on a disk, in S3, and in archives. */
import { ALL_DAYS, partitionDays, type DaySpan } from '../../cloudtrail/day-span.js';
import type { Window } from '../../cloudtrail/window.js';
import { dayOf, judgeName, placeOf } from './names.js';

/** The days, and the accounts and regions where only some are asked for and paths are trusted to name them. */
export interface Needed extends DaySpan {
  readonly places?: Places | undefined;
}

export interface Places {
  readonly accounts: ReadonlySet<string> | undefined;
  readonly regions: ReadonlySet<string> | undefined;
}

/** Asked for what happened when, and how late (in milliseconds) a file may arrive. */
export interface Pruning {
  readonly window: Window;
  readonly late: number;
  /** False opens all files, whatever their paths say. True where it is not given. */
  readonly prune?: boolean | undefined;
  /** The accounts and regions alone whose files are opened, going by their paths. */
  readonly places?: Places | undefined;
}

/** What the window needs; all there is where nothing is to be pruned. */
export function needed({ window, late, prune, places }: Pruning): Needed {
  return prune === false ? ALL_DAYS : { ...partitionDays(window, late), places };
}

/** Why a file that was come upon is not opened; undefined where it is. `size` is asked only where it matters. */
export function reasonToSkip(path: string, size: () => number, needs: Needed): string | undefined {
  const verdict = judgeName(path);
  // The S3 console leaves an empty object for each "folder" made in it, and tools that copy a bucket a file.
  if (verdict === 'not named like a log' && size() === 0) return 'folder marker';
  if (verdict !== 'open') return verdict;
  return outsideDays(path, needs) ?? outsidePlaces(path, needs.places);
}

/** Why a file is not opened going by its day alone, as one that is named itself. */
export function outsideDays(path: string, days: DaySpan): string | undefined {
  return mayMatter(path, days) ? undefined : 'outside the window';
}

/** Whether a file may hold events of these days: one whose path names no day may. */
function mayMatter(path: string, { first, last }: DaySpan): boolean {
  const day = dayOf(path);
  return day === undefined || (day >= first && day <= last);
}

function outsidePlaces(path: string, places: Places | undefined): string | undefined {
  const place = places && placeOf(path);
  if (place === undefined) return undefined;
  if (places?.accounts?.has(place.account) === false) return 'of an account that no rule asks for';
  return places?.regions?.has(place.region) === false
    ? 'of a region that no rule asks for'
    : undefined;
}

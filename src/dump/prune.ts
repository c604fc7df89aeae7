/** Which files can matter for a window, by what their paths say. */
import { partitionDays, type Window } from '../cloudtrail/window.js';
import { dayOf } from './names.js';

/** The first and the last UTC day (its midnight) whose files are looked at. */
export interface Days {
  readonly first: number;
  readonly last: number;
}

/** Asked for what happened when, and how late (in milliseconds) a file may arrive. */
export interface Pruning {
  readonly window: Window;
  readonly late: number;
  /** False opens all files, whatever their paths say. True where it is not given. */
  readonly prune?: boolean | undefined;
}

/** The days that the window needs; all of them where nothing is to be pruned. */
export function neededDays({ window, late, prune }: Pruning): Days {
  return prune === false ? { first: -Infinity, last: Infinity } : partitionDays(window, late);
}

/** Whether a file may hold events of these days: one whose path names no day may. */
export function mayMatter(path: string, { first, last }: Days): boolean {
  const day = dayOf(path);
  return day === undefined || (day >= first && day <= last);
}

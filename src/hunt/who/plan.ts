/** What `hunt who` may read, and what it therefore cannot know: settled before its first reading. */
import type { Window } from '../../cloudtrail/time/window.js';

interface WhoPlanRequest {
  /** Standard input can be read only once, and each question to a table costs. */
  readonly source: 'files' | 'standard input' | 'table';
  readonly window: Window;
  /** Whether `--account` or `--region` limits where it looks. */
  readonly isFiltered: boolean;
  /** False for `--no-follow`. */
  readonly isFollowing: boolean;
}

export interface WhoPlan {
  readonly isFollowing: boolean;
  /** Whether each reading costs money. */
  readonly isDear: boolean;
  /** Why the logs cannot be read again; undefined if they can. */
  readonly readOnce: string | undefined;
  /** Whether to look for keys that were issued outside of the window and the filters. */
  readonly looksBack: boolean;
  /** Where nobody looks for calls that may have issued keys: they were used later, or elsewhere. */
  readonly missed: 'before or elsewhere' | 'elsewhere' | undefined;
  /** Whether it may ask for everybody, to find names like one that nobody has. A hint is not worth another query. */
  readonly mayAskForAll: boolean;
}

/** What the source allows, and what the window and the filters leave out. */
export function whoPlan({ source, window, isFiltered, isFollowing }: WhoPlanRequest): WhoPlan {
  const isTable = source === 'table';
  const isWindowed = window.since !== undefined;
  const isLimited = isWindowed || isFiltered;
  // A table is only asked for the time before: all else would cost as much as the hunt.
  const mayLookBack = isTable ? isWindowed : source === 'files' && isLimited;
  const looksBack = isFollowing && mayLookBack;
  const notLookedFor = isLimited ? 'before or elsewhere' : undefined;
  const notLookedBackFor = isTable && isFiltered ? 'elsewhere' : undefined;
  return {
    isFollowing,
    isDear: isTable,
    readOnce:
      source === 'standard input'
        ? 'standard input can be read only once. Save it as a file'
        : undefined,
    looksBack,
    missed: looksBack ? notLookedBackFor : notLookedFor,
    mayAskForAll: source === 'files',
  };
}

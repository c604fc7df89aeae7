/** Checks that the logs of now are the same files that the hunt read. */
import { dayName } from '../../cloudtrail/time/day-span.js';
import type { InputFile } from '../../dump/dump.js';
import { counted } from '../../text/counted.js';
import type { Manifest, ManifestInputs } from '../manifest/manifest.js';
import { check, type Check } from './check.js';
import type { InputList, ListedInput } from './list.js';

/** Whether the list beside the manifest is the one that the hunt wrote. */
export function checkList({ list }: ManifestInputs, read: InputList | undefined): Check {
  const name = 'list of inputs';
  if (read === undefined) return check(name, 'no', { text: `there is no ${list.path}` });
  if (read.sha256 !== list.sha256 || read.inputs === undefined)
    return check(name, 'no', { text: `${list.path} is not as it was` });
  return check(name, 'yes', { text: `${list.path} is as it was` });
}

/**
 * Whether the list has files of a search for late events, and the manifest says that no search was made: its findings and the lookback
 * were taken out. A list that is not the one of the manifest says nothing of it.
 */
export function lacksSearch(
  { run, inputs }: Pick<Manifest, 'run' | 'inputs'>,
  read: InputList | undefined,
): boolean {
  if (read === undefined || read.sha256 !== inputs?.list.sha256) return false;
  return (run?.lookback ?? null) === null && (read.inputs ?? []).some(({ late }) => late);
}

export interface InputsRead {
  readonly listed: readonly ListedInput[];
  /** The listed files that were read now, by the paths of the list. */
  readonly now: readonly InputFile[];
  /** Whether there is a file with such a path. */
  readonly isThere: (path: string) => boolean;
}

/** Whether the files of the list are there, and unaltered. */
export function checkInputs({ listed, now, isThere }: InputsRead): Check {
  const found = new Map(now.map(({ path, sha256 }) => [path, sha256]));
  const details = listed.flatMap(({ path, sha256 }) => {
    const hash = found.get(path);
    if (hash !== undefined && hash === sha256) return [];
    return hash === undefined && !isThere(path) ? `missing: ${path}` : `altered: ${path}`;
  });
  const total = counted(new Set(listed.map(({ path }) => path)).size, 'file');
  const differing = new Set(details).size;
  return differing === 0
    ? check('inputs', 'yes', { text: `${total}, there and unaltered` })
    : check('inputs', 'no', {
        text: `${differing} of ${total} missing or altered`,
        details: [...new Set(details)],
      });
}

export interface Further {
  /** In these logs. */
  readonly findings: number;
  readonly isRun: boolean;
  /** Files of later instants were not looked at; undefined where all files were. */
  readonly until: number | undefined;
}

/** Whether there are logs of the window that the hunt did not read. For a run, files that came later are no contradiction. */
export function checkFurther(
  further: readonly InputFile[],
  { findings, isRun, until }: Further,
): Check {
  const name = 'no further inputs';
  // Only a run leaves to others what comes later.
  const looked =
    isRun && until !== undefined ? ` (files of days up to ${dayName(until)} were looked at)` : '';
  if (further.length === 0)
    return check(name, 'yes', { text: `every log of the window is in the list${looked}` });
  const what = `${counted(further.length, 'log')} of the window not in the list, with ${counted(findings, 'finding')}`;
  const text = isRun ? `${what}: they came later, or were left out${looked}` : what;
  const details = further.map(({ path }) => `not in the list: ${path}`);
  return check(name, isRun ? 'none' : 'no', { text, details });
}

/** Decides what the log files are that no digest names: added by somebody, or outside of what digests cover. */
import { bucketFolders } from '../../../cloudtrail/file-name/bucket-folders.js';
import type { UncoveredReason } from '../../../report/completeness/digest-check.js';
import { pathOf } from './book.js';
import { scopeOf, type Coverage } from './coverage.js';
import { hourOf, type NamedScope, type UnclaimedLog } from './judge.js';
import { pushTo } from '../../../memory/grouped.js';

/** Log files of an account and region that no digest covers, for one reason. */
export interface UncoveredGroup {
  readonly why: UncoveredReason;
  readonly account: string | null;
  readonly region: string | null;
  logs: number;
  /** In milliseconds since 1970 UTC; undefined where their names say no time. */
  since: number | undefined;
  until: number | undefined;
  path: string;
}

/** A second trail writes files in nearly every hour in which the first one does; somebody who adds a file does not. */
const MOST_HOURS = 0.8;
const FEWEST_HOURS = 3;

/** The files that somebody added, one by one, and all others in groups by account, region and reason. */
export function sortUnclaimed(
  unclaimed: readonly UnclaimedLog[],
  coverage: Coverage,
  scopes: ReadonlyMap<string, NamedScope>,
): { readonly extra: readonly UnclaimedLog[]; readonly uncovered: readonly UncoveredGroup[] } {
  const groups = new Map<string, UncoveredGroup>();
  const suspects = new Map<string, UnclaimedLog[]>();
  for (const log of unclaimed) {
    const why = reasonFor(log, coverage, scopes);
    if (why === 'extra' && log.name !== undefined) pushTo(suspects, scopeOf(log.name), log);
    else addTo(groups, log, why === 'extra' ? 'other name' : why);
  }
  const extra: UnclaimedLog[] = [];
  for (const [scope, logs] of suspects) {
    if (isSecondTrail(logs, scopes.get(scope)))
      for (const log of logs) addTo(groups, log, 'another trail');
    else extra.push(...logs);
  }
  return { extra, uncovered: [...groups.values()] };
}

function reasonFor(
  { name, copy, isOfWrong }: UnclaimedLog,
  coverage: Coverage,
  scopes: ReadonlyMap<string, NamedScope>,
): UncoveredReason | 'extra' {
  if (name === undefined) return 'other name';
  const why = coverage.reasonFor(name);
  // It is named, by a digest that is altered.
  if (isOfWrong) return why === 'extra' ? 'between digests' : why;
  if (why !== 'extra') return why;
  const { roots, kinds } = scopes.get(scopeOf(name)) ?? {};
  // AWS does not document whether digests name files of Insights.
  if (name.kind !== '' && kinds?.has(name.kind) !== true) return 'no digest';
  const root = bucketFolders(copy.folder)?.root;
  const isElsewhere =
    root !== undefined && roots !== undefined && !roots.has(undefined) && !roots.has(root);
  return isElsewhere ? 'another trail' : 'extra';
}

function isSecondTrail(logs: readonly UnclaimedLog[], named: NamedScope | undefined): boolean {
  if (named === undefined) return false;
  const hours = new Set(logs.flatMap(({ name }) => (name === undefined ? [] : hourOf(name.time))));
  const both = [...named.hours].filter((hour) => hours.has(hour)).length;
  return (
    both >= FEWEST_HOURS && both >= MOST_HOURS * named.hours.size && logs.length * 2 >= named.logs
  );
}

function addTo(
  groups: Map<string, UncoveredGroup>,
  { entry, copy, name }: UnclaimedLog,
  why: UncoveredReason,
): void {
  const [account, region] = [name?.account ?? null, name?.region ?? null];
  const key = JSON.stringify([account, region, why]);
  const path = pathOf(entry, copy);
  const time = name?.time;
  const group = groups.get(key);
  if (group === undefined) {
    groups.set(key, { why, account, region, logs: 1, since: time, until: time, path });
    return;
  }
  group.logs++;
  if (time !== undefined) {
    group.since = Math.min(group.since ?? time, time);
    group.until = Math.max(group.until ?? time, time);
  }
  if (path < group.path) group.path = path;
}

/** Two trails of one account and region write the same events into two folders. */
import { byCodePoint } from '../../cloudtrail/canonical.js';
import type { Deliveries } from '../../report/completeness/completeness.js';
import type { LogFile } from './log-file.js';

const MOST = 1000;
const MOST_FOLDERS = 10;

/** By account and region, in that order. Copies of the same files are no second delivery. */
export function deliveredTwice(files: readonly LogFile[]): Deliveries['twice'] {
  const places = new Map<string, Map<string, Map<string, Set<string>>>>();
  for (const { account, region, stamp, id, folder } of files) {
    if (folder === undefined) continue;
    const place = `${account}/${region}`;
    const days = entry(places, place, () => new Map<string, Map<string, Set<string>>>());
    const folders = entry(days, stamp.slice(0, 8), () => new Map<string, Set<string>>());
    entry(folders, folder, () => new Set<string>()).add(id);
  }
  return [...places]
    .toSorted(([a], [b]) => byCodePoint(a, b))
    .flatMap(([place, days]) => {
      const [account = '', region = ''] = place.split('/');
      const folders = new Set([...days.values()].flatMap(apart));
      return folders.size < 2
        ? []
        : [{ account, region, folders: [...folders].toSorted(byCodePoint).slice(0, MOST_FOLDERS) }];
    })
    .slice(0, MOST);
}

/** Folders of a day whose files are others than those of another folder. */
function apart(folders: ReadonlyMap<string, ReadonlySet<string>>): readonly string[] {
  if (folders.size < 2) return [];
  const all = [...folders];
  return all
    .filter(([folder, ids]) =>
      all.some(([other, others]) => other !== folder && [...ids].every((id) => !others.has(id))),
    )
    .map(([folder]) => folder);
}

function entry<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}

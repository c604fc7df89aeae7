/**
 * Recognises the small text that stands in a repository for a file whose data are kept elsewhere. It says nothing of the data,
 * so only the name of the file tells whether they may be a log.
 */
import { classifyName } from '../../find/names.js';
import type { Format } from './kinds.js';

/** Both tools write less. */
const MOST_BYTES = 1024;
/** Text that people name like data, and that may hold events. */
const TABLE = /\.(?:csv|tsv|txt)$/i;

const POINTERS: readonly (readonly [start: RegExp, name: string, first: string])[] = [
  [
    /^version https:\/\/(?:git-lfs|hawser)\.github\.com\/spec\/v\d\r?\n/,
    'a Git LFS pointer',
    'git lfs pull',
  ],
  // An unlocked file, and a link where the file system has no links.
  [/^(?:(?:\.\.\/)*\.git)?\/annex\/objects\/\S+\s*$/, 'a pointer of git-annex', 'git annex get'],
];

/** What stands for a file; undefined for any other content. */
export function pointerOf(head: Buffer, path: string): Format | undefined {
  if (head.length > MOST_BYTES) return undefined;
  const text = head.toString('latin1');
  const pointer = POINTERS.find(([start]) => start.test(text));
  if (pointer === undefined) return undefined;
  const [, name, first] = pointer;
  return classifyName(path) === 'log' || TABLE.test(path)
    ? { kind: 'absent', reason: `${name}: the data is not here; run ${first}` }
    : { kind: 'other', name };
}

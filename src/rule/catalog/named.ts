/** What the name of a rule on the command line may stand for: a person may know only a part of its ID, or mean several. */
import { statSync } from 'node:fs';
import { HuntError } from '../../errors.js';
import { nearestOf } from '../../text/did-you-mean.js';
import { builtInFolder, builtInFolders, builtInId, foldersOfAll } from './built-in.js';
import { firstFew } from '../../text/first-few.js';

/** A shorter part says too little about which rule is meant. */
const SHORTEST_PART = 3;
const MOST_CANDIDATES = 15;

/** What a name of rules stands for. */
export type Meant =
  | { readonly kind: 'built-in'; readonly folders: readonly string[] }
  | { readonly kind: 'file'; readonly file: string };

/**
 * What a name stands for: `all`, an ID, a folder of `queries/`, a file, a pattern, or a part of one ID, in this order. Throws
 * a HuntError if it is none of these.
 */
export function meantBy(name: string): Meant {
  const isExact = name === 'all' || builtInFolder(name) !== undefined;
  if (!isExact && statSync(name, { throwIfNoEntry: false })?.isFile() === true)
    return { kind: 'file', file: name };
  const folders = foldersNamed(name);
  if (folders !== undefined) return { kind: 'built-in', folders };
  throw new HuntError(
    'RULE',
    `there is no rule "${name}", and no such file.${nearRules(name)} "hunt rules" lists the ${builtInFolders().length} rules of hunt.`,
  );
}

/** The folders of the built-in rules that a name stands for; undefined if there are none. Throws where a part is in several. */
function foldersNamed(name: string): readonly string[] | undefined {
  if (name === 'all') return foldersOfAll();
  const exact = builtInFolder(name);
  if (exact !== undefined) return [exact];
  return isPattern(name) ? foldersMatching(name) : folderWith(name);
}

/** Whether the name may stand for several rules: `AWS.S3.*`. */
function isPattern(name: string): boolean {
  return /[*?]/.test(name);
}

function foldersMatching(pattern: string): readonly string[] | undefined {
  const escaped = pattern.replace(/[\\^$+.()|[\]{}]/g, String.raw`\$&`);
  const source = escaped.replaceAll('*', '.*').replaceAll('?', '.');
  const matches = new RegExp(`^(?:${source})$`, 'is');
  const folders = builtInFolders().filter((folder) =>
    namesOf(folder).some((known) => matches.test(known)),
  );
  return folders.length > 0 ? folders : undefined;
}

/** The folder of the one rule whose ID or folder has this part. */
function folderWith(part: string): readonly string[] | undefined {
  const folders = foldersWith(part);
  if (folders.length <= 1) return folders.length === 0 ? undefined : folders;
  const names = folders.map(builtInId);
  throw new HuntError(
    'RULE',
    `"${part}" is a part of ${names.length} rules: ${firstFew(names, MOST_CANDIDATES)}. Write more of the ID, or "*${part}*" for all of them.`,
  );
}

function foldersWith(part: string): readonly string[] {
  const plain = plainName(part);
  if (plain.length < SHORTEST_PART) return [];
  return builtInFolders().filter((folder) =>
    namesOf(folder).some((name) => plainName(name).includes(plain)),
  );
}

/** ` Did you mean …?` for a name that no rule has. A typo in the last part of an ID is near too. */
function nearRules(name: string): string {
  const folders = builtInFolders();
  const idOf = new Map<string, string>();
  for (const folder of folders) {
    const id = builtInId(folder);
    for (const known of [id, folder, id.slice(id.lastIndexOf('.') + 1)]) idOf.set(known, id);
  }
  const near = nearestOf(name, idOf.keys());
  return near === undefined ? '' : ` Did you mean "${idOf.get(near)}"?`;
}

function namesOf(folder: string): readonly string[] {
  return [builtInId(folder), folder];
}

/** A person may write `security-group`, `SecurityGroup` or `security_group`. */
function plainName(name: string): string {
  return name.toLowerCase().replace(/[-_ .]/g, '');
}

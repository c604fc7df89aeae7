/** The files that say what rules mean: their own, and those that they take something from. A manifest has their hashes. */
import { existsSync, readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { Shared } from '../panther/shared.js';
import type { Rule } from '../rule.js';
import { isBuiltIn, QUERIES } from './built-in.js';
import { ruleFilesIn } from './rule-files.js';
import { documentOf } from './documents.js';
import { ruleSource } from './rule-text.js';
import { fileFor, SHARED } from './surroundings.js';

/** Begins the name of a file that comes with hunt. */
export const PACK_SCHEME = 'hunt:';

/**
 * The paths of the files, sorted; `folders` are those of `--rules`. Of the rules that come with hunt, all shared files: which of
 * them a rule needs is known only after they are parsed, which takes longer than many hunts.
 */
export function filesOfRules(
  rules: readonly Pick<Rule, 'file' | 'exclusionList'>[],
  folders: readonly string[],
): readonly string[] {
  const files = new Set<string>(folders.flatMap(ruleFilesIn));
  for (const { file, exclusionList } of rules) {
    files.add(file);
    for (const other of isBuiltIn(file) ? sharedOfPack() : around(file, exclusionList))
      files.add(other);
  }
  return [...files].toSorted();
}

function around(file: string, exclusionList: string | undefined): readonly string[] {
  const exclusions = exclusionList === undefined ? undefined : fileFor(file, exclusionList);
  return [...filesWith(fileFor(file, SHARED)), ...(exclusions === undefined ? [] : [exclusions])];
}

/** A file with those that it includes. */
function filesWith(file: string | undefined): readonly string[] {
  if (file === undefined) return [];
  const shared = new Shared(file, (path) => documentOf(path, ruleSource(path)));
  shared.all();
  return shared.files();
}

function sharedOfPack(): readonly string[] {
  return readdirSync(QUERIES)
    .filter((name) => name.endsWith('.yml'))
    .map((name) => join(QUERIES, name));
}

/** `hunt:any-manual-change/rule.yml` for a file that comes with hunt; other paths as they are. */
export function nameOfRuleFile(file: string): string {
  return isBuiltIn(file) ? `${PACK_SCHEME}${relative(QUERIES, file).split(sep).join('/')}` : file;
}

/** The path of a file that `nameOfRuleFile` names; undefined if the name leads out of hunt's own files. */
export function ruleFileNamed(name: string): string | undefined {
  if (!name.startsWith(PACK_SCHEME)) return name;
  const inPack = name.slice(PACK_SCHEME.length);
  const isPlain = /^(?:[\w-]+\/)?[\w-]+\.yml$/.test(inPack) && existsSync(join(QUERIES, inPack));
  return isPlain ? join(QUERIES, inPack) : undefined;
}

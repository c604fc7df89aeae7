/** Finds one rule: a built-in rule by ID or folder, or another rule, in Panther's format or Sigma's, by its file. */
import { HuntError } from '../../errors.js';
import type { Surroundings } from '../panther/read.js';
import type { Rule } from '../rule.js';
import { builtInFile, builtInFolders } from './built-in.js';
import { meantBy } from './named.js';
import { readRule } from './read.js';
import { ruleSource } from './rule-text.js';
import { surroundings } from './surroundings.js';

/** The rules that come with hunt, with their tests, by folder, in order. */
export function builtInRules(folders = builtInFolders()): ReadonlyMap<string, Rule> {
  const around = surroundings();
  return new Map(folders.map((name) => [name, ruleInFile(builtInFile(name), around)]));
}

/** The rule of a name: see `meantBy`. Throws a HuntError if there is none, or several. */
export function findRule(name: string): Rule {
  const meant = meantBy(name);
  if (meant.kind === 'file') return ruleInFile(meant.file);
  const [folder, ...others] = meant.folders;
  if (folder !== undefined && others.length === 0) return ruleInFile(builtInFile(folder));
  throw new HuntError('RULE', `"${name}" names ${meant.folders.length} rules: name one of them`);
}

function ruleInFile(file: string, around?: Surroundings): Rule {
  const { text, sha256 } = ruleSource(file);
  return { ...readRule(text, file, around), sha256 };
}

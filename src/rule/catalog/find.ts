/** Finds one rule: a built-in rule by ID or folder, or another rule, in Panther's format or Sigma's, by its file. */
import { statSync } from 'node:fs';
import { HuntError } from '../../errors.js';
import { didYouMean } from '../../text/did-you-mean.js';
import type { SharedOf } from '../panther/read.js';
import type { Rule } from '../rule.js';
import { builtInFile, builtInFolder, builtInFolders, builtInId } from './built-in.js';
import { readRule } from './read.js';
import { ruleText } from './rule-text.js';
import { sharedReader } from './shared.js';

/** The rules that come with hunt, by folder, in order. */
export function builtInRules(): ReadonlyMap<string, Rule> {
  const shared = sharedReader();
  return new Map(builtInFolders().map((name) => [name, ruleInFile(builtInFile(name), shared)]));
}

/** The rule of an ID, a folder of `queries/`, or a file. Throws a HuntError if there is none, or several. */
export function findRule(name: string): Rule {
  return ruleInFile(fileNamed(name));
}

/** The file of an ID or a folder of `queries/`, or the file of this name. Throws a HuntError if there is none. */
export function fileNamed(name: string): string {
  const known = builtInFolder(name);
  if (known !== undefined) return builtInFile(known);
  if (statSync(name, { throwIfNoEntry: false })?.isFile()) return name;
  const folders = builtInFolders();
  const near = didYouMean(name, [...folders.map(builtInId), ...folders]);
  throw new HuntError(
    'RULE',
    `there is no rule "${name}", and no such file.${near} "hunt rules" lists the ${folders.length} rules of hunt.`,
  );
}

function ruleInFile(file: string, sharedOf?: SharedOf): Rule {
  return readRule(ruleText(file), file, sharedOf);
}

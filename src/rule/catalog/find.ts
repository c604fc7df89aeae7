/** Finds rules: built-in rules by ID or folder, and other rules, in Panther's format or Sigma's, by their file. */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { HuntError } from '../../errors.js';
import { didYouMean } from '../../text/did-you-mean.js';
import type { SharedOf } from '../panther/read.js';
import type { Rule } from '../rule.js';
import { builtInFile, builtInFolder, builtInFolders, builtInId } from './built-in.js';
import { eachOnce } from './each-once.js';
import { readRule, readRuleOrShared } from './read.js';
import { ruleText } from './rule-text.js';
import { sharedReader } from './shared.js';

/** The rules that come with hunt, by folder, in order. */
export function builtInRules(): ReadonlyMap<string, Rule> {
  const shared = sharedReader();
  return new Map(builtInFolders().map((name) => [name, ruleInFile(builtInFile(name), shared)]));
}

/** The rules that `--rule` names: `all`, an ID, a folder of `queries/`, or a file. Each once, in the order of the names. */
export function findRules(names: readonly string[]): readonly Rule[] {
  const rules = names.flatMap((name) =>
    name === 'all' ? [...builtInRules().values()] : [findRule(name)],
  );
  return eachOnce(rules);
}

/** The rule of an ID, a folder of `queries/`, or a file. Throws a HuntError if there is none. */
export function findRule(name: string): Rule {
  const known = builtInFolder(name);
  if (known !== undefined) return ruleInFile(builtInFile(known));
  if (statSync(name, { throwIfNoEntry: false })?.isFile()) return ruleInFile(name);
  const folders = builtInFolders();
  const near = didYouMean(name, [...folders.map(builtInId), ...folders]);
  throw new HuntError(
    'RULE',
    `there is no rule "${name}", and no such file.${near} "hunt rules" lists the ${folders.length} rules of hunt.`,
  );
}

/** The rules of all files (`.yml`, `.yaml`) in a folder and below, by path. Throws a HuntError if there is none. */
export function rulesIn(folder: string): readonly Rule[] {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true)
    throw new HuntError('RULE', `--rules ${folder}: no such folder`);
  const shared = sharedReader();
  const rules = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.ya?ml$/.test(file))
    .toSorted()
    .map((file) => join(folder, file))
    .flatMap((file) => readRuleOrShared(ruleText(file), file, shared) ?? []);
  if (rules.length === 0)
    throw new HuntError('RULE', `--rules ${folder}: no rule files (.yml) in it`);
  return rules;
}

function ruleInFile(file: string, sharedOf?: SharedOf): Rule {
  return readRule(ruleText(file), file, sharedOf);
}

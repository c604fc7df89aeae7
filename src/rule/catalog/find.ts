/** Where rules come from: the ones that travel with hunt, by ID or folder name, or a file, ours or Sigma. */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { HuntError } from '../../errors.js';
import { builtInFile, builtInFolder, builtInFolders, builtInId, ruleText } from './built-in.js';
import { eachOnce } from './each-once.js';
import { readRule } from './read.js';
import type { Rule } from '../rule.js';
import { didYouMean } from '../../text/did-you-mean.js';

/** The rules that travel with hunt, by folder name, in order. */
export function builtInRules(): ReadonlyMap<string, Rule> {
  return new Map(builtInFolders().map((name) => [name, ruleFromFile(builtInFile(name))]));
}

/** The rules that `--rule` names: `all`, an ID, a folder of `queries/`, or a file. Each once, in the order named. */
export function findRules(names: readonly string[]): readonly Rule[] {
  const rules = names.flatMap((name) =>
    name === 'all' ? [...builtInRules().values()] : [findRule(name)],
  );
  return eachOnce(rules);
}

/** One rule by its ID, its folder of `queries/`, or its file. Throws a HuntError where there is none. */
export function findRule(name: string): Rule {
  const known = builtInFolder(name);
  if (known !== undefined) return ruleFromFile(builtInFile(known));
  if (statSync(name, { throwIfNoEntry: false })?.isFile()) return ruleFromFile(name);
  const folders = builtInFolders();
  const near = didYouMean(name, [...folders.map(builtInId), ...folders]);
  throw new HuntError(
    'RULE',
    `no rule and no file "${name}".${near} hunt rules lists the ${folders.length} that there are.`,
  );
}

/** The rules in a folder of rule files (`.yml`, `.yaml`), however deep, by path. Throws where it has none. */
export function rulesIn(folder: string): readonly Rule[] {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true)
    throw new HuntError('RULE', `--rules ${folder}: no such folder`);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.ya?ml$/.test(file))
    .toSorted();
  if (files.length === 0)
    throw new HuntError('RULE', `--rules ${folder}: no rule files (.yml) in it`);
  return files.map((file) => ruleFromFile(join(folder, file)));
}

function ruleFromFile(file: string): Rule {
  return readRule(ruleText(file), file);
}

/** Where rules come from: the ones that travel with hunt, by ID or folder name, or a file. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { HuntError, reasonOf } from '../errors.js';
import { readRule } from './read.js';
import type { Rule } from './rule.js';
import { didYouMean } from './words.js';

const QUERIES = fileURLToPath(new URL('../../queries/', import.meta.url));

/** The rule that a hunt applies where none is named. */
export const DEFAULT_RULE = 'AWS.EC2.ManualSecurityGroupChange';

/** The rules that travel with hunt, by folder name, in order. */
export function builtInRules(): ReadonlyMap<string, Rule> {
  return new Map(ownFolders().map((name) => [name, ruleFromFile(ownFile(name))]));
}

function ownFolders(): readonly string[] {
  return readdirSync(QUERIES, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .toSorted();
}

function ownFile(folder: string): string {
  return join(QUERIES, folder, 'rule.yml');
}

/** The ID in a rule's text, without reading the rest of it: reading them all takes longer than many a hunt. */
function idIn(text: string): string | undefined {
  return /^RuleID:\s*["']?([^"'\n]+?)["']?\s*$/m.exec(text)?.[1];
}

/** The rules that `--rule` names: `all`, an ID, a folder of `queries/`, or a file. Each once, in the order named. */
export function findRules(names: readonly string[]): readonly Rule[] {
  const rules = names.flatMap((name) =>
    name === 'all' ? [...builtInRules().values()] : [findRule(name)],
  );
  return eachOnce(rules);
}

/** The rules in their order, each once. Throws a HuntError where two of different files have the same ID. */
export function eachOnce(rules: readonly Rule[]): readonly Rule[] {
  const byId = new Map<string, Rule>();
  for (const rule of rules) {
    const known = byId.get(rule.id);
    if (known !== undefined && known.file !== rule.file)
      throw new HuntError('RULE', `${known.file} and ${rule.file} have the same ID, ${rule.id}`);
    byId.set(rule.id, rule);
  }
  return [...byId.values()];
}

/** One rule by its ID, its folder of `queries/`, or its file. Throws a HuntError where there is none. */
export function findRule(name: string): Rule {
  const folders = ownFolders();
  if (folders.includes(name)) return ruleFromFile(ownFile(name));
  const ids = folders.map((folder) => idIn(textOf(ownFile(folder))) ?? folder);
  const known = folders[ids.indexOf(name)];
  if (known !== undefined) return ruleFromFile(ownFile(known));
  if (statSync(name, { throwIfNoEntry: false })?.isFile()) return ruleFromFile(name);
  const near = didYouMean(name, [...ids, ...folders]);
  throw new HuntError(
    'RULE',
    `no rule and no file "${name}".${near} hunt rules lists the ${ids.length} that there are.`,
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
  return readRule(textOf(file), file);
}

function textOf(file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file));
  } catch (error) {
    throw new HuntError('RULE', `cannot read the rule ${file}: ${reasonOf(error)}`, {
      cause: error,
    });
  }
}

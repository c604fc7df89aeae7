/** The rules that travel with hunt. What reads other people's rules is not loaded for them. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { HuntError, reasonOf } from '../../errors.js';
import { PACKAGE } from '../../package-files.js';
import { readPanther } from '../panther/read.js';
import type { Rule } from '../rule.js';
import { parseYaml } from '../../yaml/parse.js';

const QUERIES = fileURLToPath(new URL('queries/', PACKAGE));

/** The rule that a hunt applies where none is named. */
export const DEFAULT_RULE = 'AWS.EC2.ManualSecurityGroupChange';

/**
 * The rules that a name stands for: `all`, an ID, or a folder of `queries/`; undefined where it names none of them. They
 * come without their own tests, which no hunt runs: those are most of their text, and take most of the time to read.
 */
export function builtInUntested(name: string): readonly Rule[] | undefined {
  if (name === 'all') return builtInFolders().map(untested);
  const folder = builtInFolder(name);
  return folder === undefined ? undefined : [untested(folder)];
}

function untested(folder: string): Rule {
  const file = builtInFile(folder);
  const text = ruleText(file).replace(/^Tests:[^]*/m, '');
  return readPanther(parseYaml(text, file, 'RULE'), file);
}

/** The folder of the rule that an ID or a folder names, if any. */
export function builtInFolder(name: string): string | undefined {
  const folders = builtInFolders();
  return (
    folders.find((folder) => folder === name) ??
    folders.find((folder) => builtInId(folder) === name)
  );
}

/** The rules' folders, in order. */
export function builtInFolders(): readonly string[] {
  return readdirSync(QUERIES, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .toSorted();
}

/** The ID of the rule in a folder, without reading the rest of it: reading them all takes longer than many a hunt. */
export function builtInId(folder: string): string {
  const text = ruleText(builtInFile(folder));
  return /^RuleID:\s*["']?([^"'\n]+?)["']?\s*$/m.exec(text)?.[1] ?? folder;
}

/** The path of the rule in a folder. */
export function builtInFile(folder: string): string {
  return join(QUERIES, folder, 'rule.yml');
}

/** The text of a rule file. Throws a HuntError where it cannot be read. */
export function ruleText(file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file));
  } catch (error) {
    throw new HuntError('RULE', `cannot read the rule ${file}: ${reasonOf(error)}`, {
      cause: error,
    });
  }
}

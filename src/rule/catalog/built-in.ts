/** The rules that come with hunt. This module does not load what reads other formats, so that a hunt starts sooner. */
import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PACKAGE } from '../../package-files.js';
import { remembering } from '../../memory/remembering.js';
import { readPanther, type Surroundings } from '../panther/read.js';
import type { Condition } from '../condition/condition.js';
import { Shared, useOf } from '../panther/shared.js';
import type { Rule } from '../rule.js';
import { documentOf } from './documents.js';
import { ruleSource, ruleText, type RuleSource } from './rule-text.js';
import { SHARED, surroundings } from './surroundings.js';

/** The folder of the rules that come with hunt. */
export const QUERIES = fileURLToPath(new URL('queries/', PACKAGE));

/** The ID of the rule that a hunt applies where none is named. */
export const DEFAULT_RULE = 'AWS.EC2.ManualSecurityGroupChange';
/** Its folder. To find the folder of an ID, the files of all rules are read. */
export const DEFAULT_FOLDER = 'manual-security-group-changes';

/** The rules that come with hunt. They have no tests: a hunt does not run them, and reading them would take most of the time. */
export function builtInUntested(folders: readonly string[] = builtInFolders()): readonly Rule[] {
  return folders.map((folder) => untestedIn(builtInFile(folder)));
}

let pack: Surroundings | undefined;

/** What the rules of the pack share. It is read once: to find a rule, and for the kinds of its findings. */
export function aroundPack(): Surroundings {
  return (pack ??= surroundings());
}

/** What `hunt who` looks for. It is no rule of the pack. */
export function whoRule(): Rule {
  return ownRule('who.yml');
}

/** What `hunt what` looks for, of any resource. It is no rule of the pack. */
export function whatRule(): Rule {
  return ownRule('what.yml');
}

/** Which calls may change something, as the pack says it. */
export function mutatingCalls(): Condition {
  // Any rule of the pack sees what the pack shares.
  const file = builtInFile(DEFAULT_FOLDER);
  return useOf(aroundPack().shared(file))('mutating', { file, line: 1, column: 1 });
}

/** What the rules of the pack share, as its files say it. */
export function sharedOfPack(): Shared {
  return new Shared(join(QUERIES, SHARED), (file) => documentOf(file, ruleSource(file)));
}

function ownRule(name: string): Rule {
  return untestedIn(join(QUERIES, name));
}

function untestedIn(file: string): Rule {
  const source = untestedSource(file);
  return { ...readPanther(documentOf(file, source), file, aroundPack()), sha256: source.sha256 };
}

/** The text without the tests, and the digest of the whole. */
function untestedSource(file: string): RuleSource {
  const { text, sha256 } = ruleSource(file);
  return { text: text.replace(/^Tests:[^]*/m, ''), sha256 };
}

/** The files of the pack whose documents a hunt may read, and their texts. */
export function sourcesOfPack(): ReadonlyMap<string, RuleSource> {
  const shared = readdirSync(QUERIES).filter((name) => name.endsWith('.yml'));
  const files = [
    ...shared.map((name) => join(QUERIES, name)),
    ...builtInFolders().map(builtInFile),
  ];
  return new Map(files.map((file) => [file, untestedSource(file)]));
}

/** The folder of the rule that an ID or a folder's own name stands for; undefined if there is none. */
export function builtInFolder(name: string): string | undefined {
  const folders = builtInFolders();
  return (
    folders.find((folder) => folder === name) ??
    folders.find((folder) => builtInId(folder) === name)
  );
}

/** The folders of the rules, in order. */
export function builtInFolders(): readonly string[] {
  return readdirSync(QUERIES, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .toSorted();
}

/** Rules about every service. They repeat what the other rules find, so they are asked for by name. */
const ABOUT_EVERY_SERVICE = new Set(['any-manual-change', 'any-manual-access', 'any-credential']);

/** The folders of the rules that `all` stands for. */
export function foldersOfAll(): readonly string[] {
  return builtInFolders().filter((folder) => !ABOUT_EVERY_SERVICE.has(folder));
}

/** The ID of the rule in a folder. The rest of the file is not parsed: to parse all rules takes longer than many hunts. */
export const builtInId = remembering(
  (folder) => {
    const text = ruleText(builtInFile(folder));
    return /^RuleID:\s*["']?([^"'\n]+?)["']?\s*$/m.exec(text)?.[1] ?? folder;
  },
  { most: 1000 },
);

/** Whether a file comes with hunt. */
export function isBuiltIn(file: string): boolean {
  return !relative(QUERIES, file).startsWith('..');
}

/** The path of the rule in a folder. */
export function builtInFile(folder: string): string {
  return join(QUERIES, folder, 'rule.yml');
}

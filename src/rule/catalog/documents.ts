/**
 * The documents of the pack's files as JSON: to parse the YAML of one rule takes as long as all else that a hunt does before it
 * reads. The build writes each to a file with the digest of the YAML as its name (`src/compile.ts`), so that a file which was changed
 * since is parsed. Code that was not built always parses.
 */
import { existsSync, readFileSync } from 'node:fs';
import { parseYaml, type YamlNode } from '../../yaml/parse.js';
import type { RuleSource } from './rule-text.js';

/** The folder of the files, in that of the built code. */
export const DOCUMENTS = new URL('documents/', import.meta.url);

/** The document in a file of rules, or of what they share. Throws a HuntError if it is not YAML. */
export function documentOf(file: string, source: RuleSource, folder = DOCUMENTS): YamlNode {
  const stored = new URL(storedName(source), folder);
  return existsSync(stored)
    ? restored(readFileSync(stored, 'utf8'), file)
    : parseYaml(source.text, file, 'RULE');
}

/** The name of the file for the document, and its text. */
export function storedDocument(file: string, source: RuleSource): { name: string; text: string } {
  // The path is another one where hunt is installed.
  const text = JSON.stringify(parseYaml(source.text, file, 'RULE'), (key, value: unknown) =>
    key === 'file' ? undefined : value,
  );
  return { name: storedName(source), text: `${text}\n` };
}

function storedName({ sha256 }: RuleSource): string {
  return `${sha256}.json`;
}

function restored(text: string, file: string): YamlNode {
  return JSON.parse(text, (key, value: object) =>
    key === 'at' ? { file, ...value } : value,
  ) as YamlNode;
}

/** Finds the files that a rule takes something from, on the disk: each beside the rule, or else in the folder above. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { YamlNode } from '../../yaml/parse.js';
import type { Surroundings } from '../panther/read.js';
import { Shared } from '../panther/shared.js';
import { compiledExpressions } from './compiled.js';
import { documentOf } from './documents.js';
import { ruleSource } from './rule-text.js';

export const SHARED = 'shared.yml';

/** Reads each file once, however many rules use it. */
export function surroundings(): Surroundings {
  const documents = new Map<string, YamlNode>();
  const documentIn = (file: string): YamlNode => {
    const document = documents.get(file) ?? documentOf(file, ruleSource(file));
    documents.set(file, document);
    return document;
  };
  const shared = new Map<string, Shared>();
  return {
    shared(ruleFile) {
      const file = fileFor(ruleFile, SHARED);
      if (file === undefined) return undefined;
      const known = shared.get(file) ?? new Shared(file, documentIn, compiledExpressions(file));
      shared.set(file, known);
      return known;
    },
    document(ruleFile, name) {
      const file = fileFor(ruleFile, name);
      return file === undefined ? undefined : documentIn(file);
    },
  };
}

/** The file of a name beside a rule, or else in the folder above it. */
export function fileFor(ruleFile: string, name: string): string | undefined {
  const folder = dirname(ruleFile);
  return [join(folder, name), join(folder, '..', name)].find((path) => existsSync(path));
}

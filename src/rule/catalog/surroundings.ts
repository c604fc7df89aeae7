/** Finds the files that a rule takes something from, on the disk: each beside the rule, or else in the folder above. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { remembering } from '../../memory/remembering.js';
import type { Surroundings } from '../panther/read.js';
import { Shared } from '../panther/shared.js';
import { compiledExpressions } from './compiled.js';
import { documentOf } from './documents.js';
import { ruleSource } from './rule-text.js';

export const SHARED = 'shared.yml';

/** Files that are kept. Packs have few that are shared. */
const LIMIT = { most: 1000 };

/** Reads each file once, however many rules use it. */
export function surroundings(): Surroundings {
  const documentIn = remembering((file: string) => documentOf(file, ruleSource(file)), LIMIT);
  const sharedIn = remembering(
    (file: string) => new Shared(file, documentIn, compiledExpressions(file)),
    LIMIT,
  );
  return {
    shared(ruleFile) {
      const file = fileFor(ruleFile, SHARED);
      return file === undefined ? undefined : sharedIn(file);
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

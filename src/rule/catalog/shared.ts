/** Finds the shared file of a rule on the disk: `shared.yml` beside the rule, else in the folder above. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseYaml } from '../../yaml/parse.js';
import type { SharedOf } from '../panther/read.js';
import { Shared } from '../panther/shared.js';
import { ruleText } from './rule-text.js';

const NAME = 'shared.yml';

/** Reads each shared file once, however many rules use it. */
export function sharedReader(): SharedOf {
  const read = new Map<string, Shared>();
  return (ruleFile) => {
    const folder = dirname(ruleFile);
    const file = [join(folder, NAME), join(folder, '..', NAME)].find((path) => existsSync(path));
    if (file === undefined) return undefined;
    const shared =
      read.get(file) ?? new Shared(file, (path) => parseYaml(ruleText(path), path, 'RULE'));
    read.set(file, shared);
    return shared;
  };
}

/** The text of rule files. */
import { readFileSync } from 'node:fs';
import { HuntError, reasonOf } from '../../errors.js';

/** The text of a file with a rule, or with what rules share. Throws a HuntError if it cannot be read. */
export function ruleText(file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file));
  } catch (error) {
    throw new HuntError('RULE', `cannot read the rule ${file}: ${reasonOf(error)}`, {
      cause: error,
    });
  }
}

/** The text of rule files. */
import { readFileSync, statSync } from 'node:fs';
import { HuntError, reasonOf } from '../../errors.js';

/** A rule with hundreds of conditions has a few kilobytes. Parsing 1 MB of YAML takes about a second. */
const MOST_BYTES = 1 << 20;

/** The text of a file with a rule, or with what rules share. Throws a HuntError if it cannot be read. */
export function ruleText(file: string): string {
  const at = { file, line: 1, column: 1 };
  let bytes: Buffer;
  try {
    const { size } = statSync(file);
    if (size > MOST_BYTES)
      throw new HuntError('RULE', `too large for a rule: more than ${MOST_BYTES} bytes`, { at });
    bytes = readFileSync(file);
  } catch (error) {
    if (error instanceof HuntError) throw error;
    throw new HuntError('RULE', `cannot read the rule ${file}: ${reasonOf(error)}`, {
      at,
      cause: error,
    });
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw new HuntError('RULE', `cannot read the rule ${file}: its text is not UTF-8`, {
      at,
      cause: error,
    });
  }
}

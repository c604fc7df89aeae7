/** The text of rule files. */
import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { HuntError, reasonOf } from '../../errors.js';
import { UnreadableFile } from '../unreadable-file.js';

/** A rule with hundreds of conditions has a few kilobytes. Parsing 1 MB of YAML takes about a second. */
const MOST_BYTES = 1 << 20;

export interface RuleSource {
  readonly text: string;
  /** Of the file's bytes, in hexadecimal. */
  readonly sha256: string;
}

/** The text of a file with a rule, or with what rules share. Throws a HuntError if it cannot be read. */
export function ruleText(file: string): string {
  return textIn(bytesOf(file), file);
}

/** The text of a file with a rule, and its SHA-256. Throws a HuntError if it cannot be read. */
export function ruleSource(file: string): RuleSource {
  const bytes = bytesOf(file);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { text: textIn(bytes, file), sha256 };
}

function bytesOf(file: string): Buffer {
  try {
    const { size } = statSync(file);
    if (size > MOST_BYTES)
      throw new HuntError('RULE', `too large for a rule: more than ${MOST_BYTES} bytes`, {
        at: { file, line: 1, column: 1 },
      });
    return readFileSync(file);
  } catch (error) {
    if (error instanceof HuntError) throw error;
    throw new UnreadableFile(file, reasonOf(error), error);
  }
}

function textIn(bytes: Buffer, file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw new UnreadableFile(file, 'its text is not UTF-8', error);
  }
}

/** Reads the text of a rule file as a Rule, in Panther's format or in Sigma's. */
import { HuntError } from '../../errors.js';
import { parseYaml } from '../../yaml/parse.js';
import { readPanther, type SharedOf } from '../panther/read.js';
import { isShared } from '../panther/shared.js';
import type { Rule } from '../rule.js';
import { isSigma, readSigma } from '../sigma/read.js';
import { sharedReader } from './shared.js';

/**
 * Reads a rule in either format. `file` is its path, as errors name it; what the rule shares with others is looked for from
 * there. Throws a HuntError with line and column on anything unknown.
 */
export function readRule(text: string, file: string, sharedOf: SharedOf = sharedReader()): Rule {
  const rule = readRuleOrShared(text, file, sharedOf);
  if (rule !== undefined) return rule;
  throw new HuntError('RULE', `${file} is shared by rules, and is not a rule`);
}

/** Reads a file like `readRule`, but gives undefined if the file is one that rules share. */
export function readRuleOrShared(text: string, file: string, sharedOf: SharedOf): Rule | undefined {
  const document = parseYaml(text, file, 'RULE');
  if (isShared(document)) return undefined;
  return isSigma(document) ? readSigma(document, file) : readPanther(document, file, sharedOf);
}

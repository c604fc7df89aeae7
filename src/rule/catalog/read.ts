/** From the text of a rule file to a Rule, whichever of the two front ends it is written for. */
import { readPanther } from '../panther/read.js';
import type { Rule } from '../rule.js';
import { isSigma, readSigma } from '../sigma/read.js';
import { parseYaml } from '../../yaml/parse.js';

/** Reads a rule, ours or Sigma's; `file` names it in errors. Throws a HuntError with line and column on anything it does not know. */
export function readRule(text: string, file: string): Rule {
  const document = parseYaml(text, file, 'RULE');
  return isSigma(document) ? readSigma(document, file) : readPanther(document, file);
}

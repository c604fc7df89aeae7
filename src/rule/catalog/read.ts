/** Reads the text of a rule file with one rule, in Panther's format or in Sigma's. */
import { HuntError } from '../../errors.js';
import type { Surroundings } from '../panther/read.js';
import type { Rule } from '../rule.js';
import { readDocuments, type RuleDocument } from './document.js';
import { surroundings } from './surroundings.js';

/**
 * Reads a rule in either format. `file` is its path, as errors name it; what the rule shares with others is looked for from
 * there. Throws a HuntError with line and column on anything unknown, and where the file has no rule or several.
 */
export function readRule(text: string, file: string, around: Surroundings = surroundings()): Rule {
  const documents = readDocuments(text, file, around);
  checkNamed(documents, file);
  const [first, second] = documents.flatMap((one) => (one.kind === 'rule' ? [one] : []));
  if (first === undefined)
    throw new HuntError('RULE', `${file} is a Sigma filter, and is not a rule`);
  if (second === undefined) return first.rule;
  throw new HuntError('RULE', 'the file has several rules: put this one in a file of its own', {
    at: second.at,
  });
}

/** Throws a HuntError where a file that a person named has a mistake, or has nothing that can be hunted. */
export function checkNamed(documents: readonly RuleDocument[], file: string): void {
  const refused = documents.find((one) => one.kind === 'refused');
  if (refused !== undefined) throw refused.error;
  if (documents.some(({ kind }) => kind === 'rule' || kind === 'filter')) return;
  const other = documents.find((one) => one.kind === 'other');
  throw other?.error ?? new HuntError('RULE', `${file} is shared by rules, and is not a rule`);
}

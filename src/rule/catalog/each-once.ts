/** Removes repetitions from a list of rules. */
import { HuntError } from '../../errors.js';
import type { Rule } from '../rule.js';

/** The rules in their order, each once. Throws a HuntError if two files have rules with the same ID. */
export function eachOnce(rules: readonly Rule[]): readonly Rule[] {
  const byId = new Map<string, Rule>();
  for (const rule of rules) {
    const known = byId.get(rule.id);
    if (known !== undefined && known.file !== rule.file)
      throw new HuntError('RULE', `${known.file} and ${rule.file} have the same ID, ${rule.id}`);
    byId.set(rule.id, rule);
  }
  return [...byId.values()];
}

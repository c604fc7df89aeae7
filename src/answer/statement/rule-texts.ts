/**
 * Writes and reads a column with one value for each of several rules, as one text: ` 1=4 3=0`. Rules have numbers from 1 in
 * it. With one text, the statement groups its rows by one column, however many rules there are.
 */
import type { RuleQuery } from '../../query/query.js';

/** A rule with its number in the statement, from 1. */
export interface NumberedRule {
  readonly rule: RuleQuery;
  readonly number: number;
}

/** The rules with their numbers, in the order that they have in the query. */
export function numbered(rules: readonly RuleQuery[]): readonly NumberedRule[] {
  return rules.map((rule, index) => ({ rule, number: index + 1 }));
}

/** SQL for the text: the number of each rule for which `when` holds, and `=` with its value if it has one. */
export function ruleTextSql(
  rules: readonly NumberedRule[],
  entry: (rule: NumberedRule) => { readonly when: string; readonly value?: string },
): string {
  if (rules.length === 0) return "''";
  return rules
    .map((rule) => {
      const { when, value } = entry(rule);
      const text = value === undefined ? `' ${rule.number}'` : `' ${rule.number}=' || ${value}`;
      return `CASE WHEN ${when} THEN ${text} ELSE '' END`;
    })
    .join(' || ');
}

/** Reads the text: the number of each rule, with its value; an empty text if it has no value. */
export function readRuleText(
  text: string,
): readonly { readonly number: number; readonly value: string }[] {
  return text
    .split(' ')
    .slice(1)
    .map((entry) => {
      const at = entry.indexOf('=');
      return at < 0
        ? { number: Number(entry), value: '' }
        : { number: Number(entry.slice(0, at)), value: entry.slice(at + 1) };
    });
}

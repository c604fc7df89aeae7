/**
 * A column that says something of several rules: one text, ` 1=4 3=0`, because a column for each rule would keep rows apart
 * that differ in nothing a report counts. Rules stand there by their number from 1. Writer and reader of the text.
 */
import type { RuleQuery } from '../../query/query.js';

/** A rule with its number in the statement, from 1. */
export interface NumberedRule {
  readonly rule: RuleQuery;
  readonly number: number;
}

export function numbered(rules: readonly RuleQuery[]): readonly NumberedRule[] {
  return rules.map((rule, index) => ({ rule, number: index + 1 }));
}

/** The text of all rules for which `when` holds: each its number, and after `=` the value where there is one. All of it is SQL. */
export function ruleTextSql(
  rules: readonly NumberedRule[],
  entry: (rule: NumberedRule) => { readonly when: string; readonly value?: string },
): string {
  return rules
    .map((rule) => {
      const { when, value } = entry(rule);
      const text = value === undefined ? `' ${rule.number}'` : `' ${rule.number}=' || ${value}`;
      return `CASE WHEN ${when} THEN ${text} ELSE '' END`;
    })
    .join(' || ');
}

/** Reads such a text: each rule's number, with its value or an empty text. */
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

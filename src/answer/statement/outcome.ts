/** SQL for what a statement says of a record or an event that is not a finding: how far it came, and who made it. */
import type { Stage } from '../../query/query.js';
import type { Dialect } from '../../sql/dialect/dialect.js';
import { flagOf, selectedFlag } from './flags.js';
import { ruleTextSql, type NumberedRule } from './rule-texts.js';
import type { Step } from './select.js';

/** How far a record comes in a rule: the index of the first stage that it fails, or the number of stages if it fails none. */
export function reachedSql(rule: NumberedRule): string {
  const { stages } = rule.rule;
  const failed = stages.map(
    (stage: Stage, index) => `WHEN NOT ${flagOf(rule, stage)} THEN ${index}`,
  );
  return `CASE WHEN NOT ${selectedFlag(rule)} THEN NULL ${failed.join(' ')} ELSE ${stages.length} END`;
}

/** For `ruleTextSql`: how far an event comes in each rule. */
function reachedEntry({ number }: NumberedRule) {
  return { when: `reached_${number} IS NOT NULL`, value: `CAST(reached_${number} AS VARCHAR)` };
}

/** For `ruleTextSql`: the rules that test a field which CloudTrail cut. */
export function cutEntry({ number }: NumberedRule) {
  return { when: `cut_${number}` };
}

/** In characters. ARNs and the user agents that CloudTrail writes are shorter; longer texts would fill the memory. */
const LONGEST_NAME = 2048;
/** How much of a longer name is shown. */
const SHOWN = 1024;

/** Who made a record, as members of a JSON object. Different names stay different where they are cut. */
export function namesOf(dialect: Dialect): readonly (readonly [name: string, sql: string])[] {
  // A report names nobody outside the window. Without these names, more rows are equal and become one.
  const nameSql = (column: string): string =>
    `CASE WHEN NOT in_window THEN NULL WHEN length(${column}) > ${LONGEST_NAME} THEN ` +
    `substr(${column}, 1, ${SHOWN}) || ' … (' || CAST(length(${column}) AS VARCHAR) || ' characters, SHA-256 ' || ` +
    `${dialect.digest(column)} || ')' ELSE ${column} END`;
  return [
    ['principal', nameSql('principal')],
    ['useragent', nameSql('useragent')],
    ['account', nameSql('recipientaccountid')],
  ];
}

/** The step that writes, for each event, how far it came with each rule, as texts. */
export function answerStep(rules: readonly NumberedRule[]): Step {
  return {
    name: 'answer',
    select: {
      columns: [
        '*',
        `${ruleTextSql(rules, reachedEntry)} AS reached`,
        `${ruleTextSql(rules, cutEntry)} AS cut`,
      ],
      from: 'event',
    },
  };
}

/** The steps of a hunt statement that test every record: which stages of each rule does it pass? */
import { asciiLower } from '../../cloudtrail/field/columns.js';
import { PRINCIPAL_MEMBERS } from '../../cloudtrail/principal.js';
import type { Conjunct, Query, RuleQuery, Stage } from '../../query/query.js';
import { selectingCondition } from '../../query/selection.js';
import { chain } from '../../sql/condition/chain.js';
import { conditionSql } from '../../sql/condition/condition.js';
import { TABLE_SCOPE, type Scope } from '../../sql/condition/location.js';
import type { Dialect } from '../../sql/dialect/dialect.js';
import { literal } from '../../sql/literal.js';
import { uniqueWhenNoId } from '../../sql/statement/columns.js';
import { conjunctComment } from '../../sql/statement/findings.js';
import { callColumns, calledSql } from './calls.js';
import { cutSql } from '../../sql/statement/cut.js';
import { windowSql } from '../../sql/statement/window.js';
import { numbered, ruleTextSql, type NumberedRule } from './rule-texts.js';
import type { SelectColumn, Step } from './select.js';
import type { SourceSql } from './record-source.js';

/** SQL: whether some rule selects a record, or it is of a call that is counted. Other records are not tested. */
export function selectedSql(
  { rules, calls }: Pick<Query, 'rules' | 'calls'>,
  dialect: Dialect,
  scope: Scope = TABLE_SCOPE,
): string {
  // A record that a rule selects passes all filters that its selection has, and with them it is counted.
  const filters = calls?.filters.map((filter) => conditionSql(filter, dialect, scope));
  const isCounted = (selection: readonly Conjunct[]): boolean => {
    const own = new Set(selection.map(({ condition }) => conditionSql(condition, dialect, scope)));
    return filters?.every((filter) => own.has(filter)) === true;
  };
  const selected = rules
    .filter(({ selection }) => calls === undefined || !isCounted(selection))
    .map(({ selection }) =>
      selection.length === 0 ? 'TRUE' : allOfSql(selection, dialect, scope),
    );
  const all = [...new Set(selected), ...(calls === undefined ? [] : [calledSql(calls, dialect)])];
  return all.length === 0 ? 'FALSE' : all.join('\n    OR ');
}

/** The conjuncts in the form in which each of them would stand alone. */
function allOfSql(selection: readonly Conjunct[], dialect: Dialect, scope: Scope): string {
  const [only, ...others] = selection;
  const condition =
    only !== undefined && others.length === 0 ? only.condition : selectingCondition(selection);
  return conditionSql(condition, dialect, scope);
}

/** The column that says whether a record passes a stage. */
export function flagOf({ number }: NumberedRule, stage: Stage): string {
  return stage.kind === 'window' ? 'in_window' : `r${number}_${stage.id}`;
}

/** The column that says whether the rule selects a record. */
export function selectedFlag({ number }: NumberedRule): string {
  return `r${number}_selected`;
}

/**
 * The last step is `found`. It has a row for each record, with the texts `matched`, `near_missed` and `severities` (see
 * `ruleTextSql`), the columns of `selectedFlag` and `flagOf`, and `cut_…`: whether CloudTrail cut a field that the rule tests.
 */
export function recordSteps(query: Query, source: SourceSql, dialect: Dialect): readonly Step[] {
  const rules = numbered(query.rules);
  return [
    {
      name: 'candidate',
      select: {
        columns: [
          ...identityColumns(dialect),
          ...source.candidate,
          ...callColumns(query, dialect),
          ...rules.flatMap((rule) => ruleColumns(rule, dialect)),
        ],
        from: 'record',
      },
    },
    {
      name: 'tested',
      select: {
        columns: [
          '*',
          ...source.tested,
          `${windowSql(query.window, 'instant', dialect)} AS in_window`,
        ],
        from: 'candidate',
      },
    },
    {
      name: 'failed',
      select: {
        columns: ['*', ...rules.map((rule) => `${failuresSql(rule)} AS failures_${rule.number}`)],
        from: 'tested',
      },
    },
    {
      name: 'found',
      select: {
        columns: [
          '*',
          `${ruleTextSql(rules, ({ number }) => ({ when: `failures_${number} = 0` }))} AS matched`,
          `${ruleTextSql(rules, nearMissEntry)} AS near_missed`,
          `${ruleTextSql(rules, severityEntry)} AS severities`,
        ],
        from: 'failed',
      },
    },
  ];
}

function identityColumns(dialect: Dialect): readonly string[] {
  return [
    'is_event',
    'eventid',
    'eventname',
    'recipientaccountid',
    `${dialect.instant('eventtime')} AS instant`,
    uniqueWhenNoId(dialect, 'is_event AND eventid IS NULL'),
    `${principalSql()} AS principal`,
    'useragent',
    'eventtime',
    'source',
    'extra',
  ];
}

/** The name of a record's principal, as `principalOf` chooses it. */
function principalSql(): string {
  const names = PRINCIPAL_MEMBERS.map((name) => `NULLIF(useridentity.${asciiLower(name)}, '')`);
  return `COALESCE(${names.join(', ')})`;
}

function ruleColumns(numberedRule: NumberedRule, dialect: Dialect): readonly SelectColumn[] {
  const { rule, number } = numberedRule;
  const { selection } = rule;
  const selected = selectedFlag(numberedRule);
  const test = (conjunct: Conjunct, flag: string): SelectColumn => ({
    comment: conjunctComment(conjunct),
    sql: `${conditionSql(conjunct.condition, dialect, TABLE_SCOPE)} AS ${flag}`,
  });
  return [
    selection.length === 0
      ? `is_event AS ${selected}`
      : {
          comment: selection.map(conjunctComment).join('\n    '),
          sql: `${allOfSql(selection, dialect, TABLE_SCOPE)} AS ${selected}`,
        },
    `${cutSql(rule)} AS cut_${number}`,
    `${severitySql(rule, dialect)} AS severity_${number}`,
    ...rule.stages.flatMap((stage) =>
      stage.kind === 'conjunct' ? [test(stage, flagOf(numberedRule, stage))] : [],
    ),
  ];
}

/** SQL for the severity that the rule gives a record; NULL for the rule's usual severity. */
function severitySql({ bound }: RuleQuery, dialect: Dialect): string {
  if (bound.severities.length === 0) return 'CAST(NULL AS VARCHAR)';
  const cases = bound.severities.map(
    ({ to, when }) => `WHEN ${conditionSql(when, dialect, TABLE_SCOPE)} THEN ${literal(to)}`,
  );
  return `CASE ${cases.join(' ')} END`;
}

/** SQL for the number of the rule's stages that a record fails; NULL for a record that the rule does not select. */
function failuresSql(numberedRule: NumberedRule): string {
  const fails = numberedRule.rule.stages.map(
    (stage) => `CASE WHEN ${flagOf(numberedRule, stage)} THEN 0 ELSE 1 END`,
  );
  return `CASE WHEN ${selectedFlag(numberedRule)} THEN ${chain(fails, '+')} END`;
}

/** SQL for the index of the stage that a record fails, if it fails exactly one. */
function nearMissEntry(numberedRule: NumberedRule) {
  const stages = numberedRule.rule.stages.map(
    (stage, index) => `WHEN NOT ${flagOf(numberedRule, stage)} THEN '${index}'`,
  );
  return { when: `failures_${numberedRule.number} = 1`, value: `CASE ${stages.join(' ')} END` };
}

function severityEntry({ number }: NumberedRule) {
  return { when: `severity_${number} IS NOT NULL`, value: `severity_${number}` };
}

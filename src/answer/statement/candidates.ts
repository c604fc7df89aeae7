/** The steps of a hunt statement that test every record: which stages of each rule does it pass? */
import { asciiLower } from '../../cloudtrail/field/columns.js';
import {
  NAMES_OF_IAM,
  PORTALS,
  PRINCIPAL_PATHS,
  USERS_OF_SERVICES,
} from '../../cloudtrail/principal.js';
import { DOMAINS } from '../../cloudtrail/service-name.js';
import { selectedRules, type Query, type RuleQuery } from '../../query/query.js';
import type { Condition } from '../../rule/condition/condition.js';
import { chain } from '../../sql/condition/chain.js';
import { conditionSql } from '../../sql/condition/condition.js';
import type { Scope } from '../../sql/condition/location.js';
import { sharedConditions } from '../../sql/condition/shared.js';
import type { Dialect } from '../../sql/dialect/dialect.js';
import { literal, oneOfSql } from '../../sql/literal.js';
import { EVENT_ID, WITHOUT_ID } from '../../sql/event-id.js';
import { uniqueWhenNoId } from '../../sql/statement/columns.js';
import { conjunctComment } from '../../sql/statement/findings.js';
import { callColumns } from './calls.js';
import { cutSql } from '../../sql/statement/cut.js';
import { windowSql } from '../../sql/statement/window.js';
import { flagOf, selectedFlag } from './flags.js';
import { useSteps } from './instance-uses.js';
import { numbered, ruleTextSql, type NumberedRule } from './rule-texts.js';
import { stepsAfter, type SelectColumn, type Step } from './select.js';
import type { SourceSql } from './record-source.js';

/**
 * The last step is `found`. It has a row for each record, with the texts `matched`, `near_missed` and `severities` (see
 * `ruleTextSql`), the columns of `selectedFlag` and `flagOf`, and `cut_…`: whether CloudTrail cut a field that the rule tests.
 */
export function recordSteps(query: Query, source: SourceSql, dialect: Dialect): readonly Step[] {
  const rules = numbered(selectedRules(query));
  const shared = sharedConditions(testedConditions(query), { dialect, prefix: 'shared' });
  const before = stepsAfter('record', 'shared', shared.steps);
  const uses = useSteps(query, dialect);
  return [
    ...before,
    {
      name: 'candidate',
      select: {
        columns: [
          ...identityColumns(dialect),
          ...source.candidate,
          ...callColumns(query, dialect, shared.scope),
          ...uses.candidate,
          ...rules.flatMap((rule) => ruleColumns(rule, dialect, shared.scope)),
        ],
        from: before.at(-1)?.name ?? 'record',
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
          // What a watch misses, nobody counts.
          `${ruleTextSql(rules.slice(0, query.rules.length), nearMissEntry)} AS near_missed`,
          `${ruleTextSql(rules, severityEntry)} AS severities`,
          ...uses.found,
        ],
        from: 'failed',
      },
    },
  ];
}

function identityColumns(dialect: Dialect): readonly string[] {
  return [
    'is_event',
    `${EVENT_ID} AS eventid`,
    'eventname',
    'recipientaccountid',
    `${dialect.instant('eventtime')} AS instant`,
    uniqueWhenNoId(dialect, `is_event AND ${WITHOUT_ID}`),
    `${principalSql()} AS principal`,
    'useragent',
    'eventtime',
    'source',
    'extra',
  ];
}

/** The name of a record's principal, as `principalOf` chooses it. */
function principalSql(): string {
  const names = PRINCIPAL_PATHS.map((path) => {
    const name = `NULLIF(${asciiLower(['useridentity', ...path].join('.'))}, '')`;
    return path[0] === 'userName' ? userNameSql(name) : name;
  });
  return `COALESCE(${names.join(', ')})`;
}

/** The same name may be that of a user of IAM and of users of other services. */
function userNameSql(name: string): string {
  const ofIam = NAMES_OF_IAM.map(
    ([prefix, types]) =>
      `WHEN ${oneOfSql('useridentity.type', types)} THEN ${literal(prefix)} || ${name}`,
  );
  const ends = DOMAINS.map((domain) => `.${domain}`);
  const cut = ends.map(
    (end) =>
      `WHEN eventsource LIKE ${literal(`%${end}`)} ` +
      `THEN substr(eventsource, 1, length(eventsource) - ${end.length})`,
  );
  const service = `CASE ${cut.join(' ')} ELSE eventsource END`;
  return (
    `CASE ${ofIam.join(' ')} ` +
    `WHEN ${oneOfSql('useridentity.type', USERS_OF_SERVICES)} AND eventsource <> '' ` +
    `AND NOT ${oneOfSql('eventsource', PORTALS)} THEN ${name} || ' (' || ${service} || ')' ` +
    `ELSE ${name} END`
  );
}

/** The conditions of which `candidate` has columns. */
function testedConditions(query: Query): readonly Condition[] {
  const { calls } = query;
  return [
    ...selectedRules(query).flatMap(({ stages, bound }) => [
      ...stages.flatMap((stage) => (stage.kind === 'conjunct' ? [stage.condition] : [])),
      ...bound.severities.map(({ when }) => when),
    ]),
    ...(calls === undefined ? [] : [calls.mutating, calls.correction]),
  ];
}

function ruleColumns(
  numberedRule: NumberedRule,
  dialect: Dialect,
  scope: Scope,
): readonly SelectColumn[] {
  const { rule, number } = numberedRule;
  return [
    selectedFlag(numberedRule),
    `${cutSql(rule)} AS cut_${number}`,
    `${severitySql(rule, dialect, scope)} AS severity_${number}`,
    ...rule.stages.flatMap((stage) =>
      stage.kind === 'conjunct'
        ? {
            comment: conjunctComment(stage),
            sql: `${conditionSql(stage.condition, dialect, scope)} AS ${flagOf(numberedRule, stage)}`,
          }
        : [],
    ),
  ];
}

/** SQL for the severity that the rule gives a record; NULL for the rule's usual severity. */
function severitySql({ bound }: RuleQuery, dialect: Dialect, scope: Scope): string {
  if (bound.severities.length === 0) return 'CAST(NULL AS VARCHAR)';
  const cases = bound.severities.map(
    ({ to, when }) => `WHEN ${conditionSql(when, dialect, scope)} THEN ${literal(to)}`,
  );
  return `CASE ${cases.join(' ')} END`;
}

/** SQL for the number of the rule's stages that a record fails; NULL for a record that the rule does not select. */
function failuresSql(numberedRule: NumberedRule): string {
  const fails = numberedRule.rule.stages.map(
    (stage) => `CASE WHEN ${flagOf(numberedRule, stage)} THEN 0 ELSE 1 END`,
  );
  return `CASE WHEN ${selectedFlag(numberedRule)} THEN ${chain(fails, '+') || '0'} END`;
}

/**
 * SQL for the index of the stage that a record fails, if it fails exactly one; and for those of several, each after a `+`, if all are
 * exclusions.
 */
function nearMissEntry(numberedRule: NumberedRule) {
  const { rule, number } = numberedRule;
  const stages = rule.stages.map((stage, index) => ({
    passes: flagOf(numberedRule, stage),
    index,
    isExclusion: stage.kind === 'conjunct' && stage.exclusion,
  }));
  const only = stages.map(({ passes, index }) => `WHEN NOT ${passes} THEN '${index}'`);
  const one = { when: `failures_${number} = 1`, value: `CASE ${only.join(' ')} END` };
  const exclusions = stages.filter(({ isExclusion }) => isExclusion);
  if (exclusions.length < 2) return one;
  const rest = stages.filter(({ isExclusion }) => !isExclusion).map(({ passes }) => passes);
  const each = exclusions.map(
    ({ passes, index }) => `CASE WHEN ${passes} THEN '' ELSE '+${index}' END`,
  );
  return {
    when: `(${one.when} OR failures_${number} > 1 AND ${chain(rest, 'AND')})`,
    value: `CASE WHEN ${one.when} THEN ${one.value} ELSE ${chain(each, '||')} END`,
  };
}

function severityEntry({ number }: NumberedRule) {
  return { when: `severity_${number} IS NOT NULL`, value: `severity_${number}` };
}

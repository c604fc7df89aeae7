/**
 * The statement that a hunt runs: findings, funnel and exclusion ledger of all its rules from one reading of the
 * table. Records become flags (one a conjunct), flags become events, and events are counted by how far they came:
 * rows that differ in nothing else fold into one, so that only findings come out one by one.
 */
import { asciiLower } from '../../cloudtrail/columns.js';
import { PRINCIPAL_MEMBERS } from '../../cloudtrail/principal.js';
import { CENSUS_KEYS, censusSql, recordSql } from './census.js';
import { bodySql, IDENTITY, lone } from './columns.js';
import { conditionSql } from '../condition/condition.js';
import type { Dialect } from '../dialect/dialect.js';
import { conjunctComment } from './findings.js';
import type { Query, RuleQuery } from '../../query/query.js';
import { literal } from '../literal.js';
import { omittedSql } from './omitted.js';
import { TABLE_SCOPE } from '../condition/location.js';
import type { Table } from './table.js';
import { windowSql } from './window.js';

/** Of one hunt cut into several statements: what lets their rows be put together again. */
export interface Part {
  /** The first day that the statement reads: an event of before may have a copy in an earlier part. */
  readonly since: number | undefined;
}

/**
 * The statement. Its rows have two texts that tell of several rules, by their numbers from 1: `stages`, how many tests the
 * event passed of each rule that has its name (` 1=4 3=0`, 0 being not even the window), and `omitted`, of which rules
 * CloudTrail cut a field that they test (` 1 3`); two JSON lists, in no order: `copies`, those that match any rule (`body`
 * is a copy's columns as JSON text, `found` the rules, `severities` what they change theirs to), and `missed`, those that
 * fail one test alone of any (`tests` is which of which rule, `principal`, `agent` and `account` who it was); `undated`,
 * `conflicting` (whether the copies' bodies differ), and the counts `events` and `records`. Of a table that holds all
 * records there are rows with `census` too (see `censusSql`), which are no events. Where the statement is a part of a hunt,
 * `ids` lists the row's events, 10,000 at most, those of before the part first.
 */
export function accountSql(query: Query, dialect: Dialect, table: Table, part?: Part): string {
  const rules = query.rules.map((rule, index) => ({ rule, n: index + 1 }));
  const whole = table.relation !== undefined;
  const groups = [...GROUPS, ...(whole ? ['census'] : [])];
  return [
    ...(whole
      ? [
          'WITH events AS (',
          table.relation,
          '),',
          'record AS (',
          recordSql(namedSql(rules, dialect)),
          '),',
        ]
      : ['WITH']),
    'candidate AS (',
    candidateSql(rules, dialect, table),
    '),',
    'tested AS (',
    '  SELECT *,',
    // Whole bodies would have to be held for every event, found or not.
    ...(table.body === undefined ? [`    ${dialect.digest('body')} AS fingerprint,`] : []),
    ...(whole
      ? [`    ${windowSql(query.window, 'census_instant', dialect)} AS census_in_window,`]
      : []),
    `    ${windowSql(query.window, 'instant', dialect)} AS in_window`,
    '  FROM candidate',
    '),',
    'failed AS (',
    '  SELECT *,',
    rules.map(({ rule, n }) => `    ${failuresSql(rule, n)} AS failures_${n}`).join(',\n'),
    '  FROM tested',
    '),',
    'found AS (',
    '  SELECT *,',
    `    ${numbersSql(rules, ({ rule, n }) => [`failures_${n} = 1`, missedSql(rule, n)])} AS missed,`,
    `    ${numbersSql(rules, ({ n }) => [`failures_${n} = 0`, `' ${n}'`])} AS found,`,
    `    ${numbersSql(rules, ({ n }) => [`severity_${n} IS NOT NULL`, `' ${n}=' || severity_${n}`])} AS severities`,
    '  FROM failed',
    '),',
    'event AS (',
    '  SELECT',
    [
      '    instant IS NULL AS undated',
      '    count(*) AS records',
      '    COALESCE(min(fingerprint) <> max(fingerprint), FALSE) AS conflicting',
      ...(part === undefined ? [] : [`    ${partIdSql(part, dialect)} AS id`]),
      ...(whole ? [`    ${censusSql(dialect)} AS census`] : []),
      `    ${dialect.jsonList(COPY_COLUMNS, "found <> ''")} AS copies`,
      // One list for all rules: what is distinct in a list costs engines a table of its own.
      `    ${dialect.jsonList(MISSED_COLUMNS, "missed <> ''")} AS missed`,
      ...rules.flatMap(({ rule, n }) => eventColumns(rule, n)),
    ].join(',\n'),
    '  FROM found',
    `  GROUP BY ${[...IDENTITY, ...(whole ? CENSUS_KEYS : [])].join(', ')}`,
    '),',
    'told AS (',
    '  SELECT *,',
    `    ${numbersSql(rules, ({ n }) => [`stage_${n} IS NOT NULL`, `' ${n}=' || CAST(stage_${n} AS VARCHAR)`])} AS stages,`,
    `    ${numbersSql(rules, ({ n }) => [`omitted_${n}`, `' ${n}'`])} AS omitted`,
    '  FROM event',
    ')',
    `SELECT ${groups.join(', ')},`,
    ...(part === undefined ? [] : [`  ${dialect.leastOf('id', MOST_IDS)} AS ids,`]),
    '  count(*) AS events, sum(records) AS records',
    'FROM told',
    `GROUP BY ${groups.join(', ')}`,
    '',
  ].join('\n');
}

/** The name of a record's principal, as `principalOf` chooses it. */
function principalSql(): string {
  const names = PRINCIPAL_MEMBERS.map((name) => `NULLIF(useridentity.${asciiLower(name)}, '')`);
  return `COALESCE(${names.join(', ')})`;
}

/** What rows differ in. */
const GROUPS = ['stages', 'omitted', 'copies', 'missed', 'undated', 'conflicting'];

interface Numbered {
  readonly rule: RuleQuery;
  readonly n: number;
}

function candidateSql(rules: readonly Numbered[], dialect: Dialect, table: Table): string {
  const whole = table.relation !== undefined;
  const none = 'CAST(NULL AS VARCHAR)';
  const columns = [
    'eventid',
    'eventname',
    'recipientaccountid',
    `${dialect.instant('eventtime')} AS instant`,
    `${lone(dialect, whole ? 'is_event AND eventid IS NULL' : undefined)} AS lone`,
    `${principalSql()} AS who`,
    'useragent',
    'eventtime',
    `${whole ? 'source' : (table.source ?? none)} AS source`,
    `${whole ? 'extra' : (table.extra ?? none)} AS extra`,
    ...(table.body === undefined
      ? [`${whole ? `CASE WHEN is_event THEN ${bodySql(dialect)} END` : bodySql(dialect)} AS body`]
      : [`${table.body.text} AS body`, `${table.body.fingerprint} AS fingerprint`]),
    ...(whole ? [...CENSUS_KEYS, `${dialect.instant('census_time')} AS census_instant`] : []),
  ];
  const flags = rules.flatMap(({ rule, n }) => [
    `    ${nameFlag(rule, n, dialect, whole)}`,
    `    ${omittedSql(rule)} AS omitted_${n}`,
    `    ${severitySql(rule, dialect)} AS severity_${n}`,
    ...rule.conjuncts.map(
      (part, index) =>
        `    ${conjunctComment(part)}\n    ${conditionSql(part.condition, dialect, TABLE_SCOPE)} AS ${flag(n, index + 1)}`,
    ),
  ]);
  return [
    '  SELECT',
    [...columns.map((column) => `    ${column}`), ...flags].join(',\n'),
    ...(whole
      ? ['  FROM record']
      : [`  FROM ${table.name}`, `  WHERE ${namedSql(rules, dialect)}`]),
  ].join('\n');
}

/** Whether any of the rules may match a record, by its name. */
function namedSql(rules: readonly Numbered[], dialect: Dialect): string {
  const named = rules.map(({ rule }) =>
    rule.eventNames === undefined
      ? 'TRUE'
      : conditionSql(rule.eventNames.condition, dialect, TABLE_SCOPE),
  );
  return named.join('\n    OR ');
}

/** In characters: no ARN is longer, and no user agent that CloudTrail tells. Whatever is, memory must hold. */
const MOST_NAMED = 2048;

/** How many events a row names at most: beyond this Trino has no `min(x, n)`. */
export const MOST_IDS = 10_000;

/** What tells an event in all parts, and its body; those that may have a copy in an earlier part sort first. */
function partIdSql({ since }: Part, dialect: Dialect): string {
  const identity = dialect.jsonObject([
    ['id', 'eventid'],
    ['name', 'eventname'],
    ['account', 'recipientaccountid'],
    ['time', dialect.instantText('instant')],
  ]);
  const early =
    since === undefined ? 'FALSE' : `COALESCE(instant < ${dialect.instantLiteral(since)}, TRUE)`;
  return (
    `CASE WHEN eventid IS NOT NULL THEN CASE WHEN ${early} THEN '0' ELSE '1' END` +
    ` || ${dialect.digest(identity)} || min(fingerprint) END`
  );
}

/** The severity that the rule changes a record's to, or NULL. */
function severitySql({ bound }: RuleQuery, dialect: Dialect): string {
  if (bound.severities.length === 0) return 'CAST(NULL AS VARCHAR)';
  const cases = bound.severities.map(
    ({ to, when }) => `WHEN ${conditionSql(when, dialect, TABLE_SCOPE)} THEN ${literal(to)}`,
  );
  return `CASE ${cases.join(' ')} END`;
}

function nameFlag(rule: RuleQuery, n: number, dialect: Dialect, whole: boolean): string {
  if (rule.eventNames === undefined) return `${whole ? 'is_event' : 'TRUE'} AS ${flag(n, 0)}`;
  const sql = conditionSql(rule.eventNames.condition, dialect, TABLE_SCOPE);
  return `${conjunctComment(rule.eventNames)}\n    ${sql} AS ${flag(n, 0)}`;
}

/** Conjunct k of rule n, 0 being the event names. */
function flag(n: number, k: number): string {
  return `r${n}_${k}`;
}

/** How many of the window and the conjuncts a record fails, where it has one of the rule's event names. */
function failuresSql(rule: RuleQuery, n: number): string {
  const fails = testFlags(rule, n).map((name) => `CASE WHEN ${name} THEN 0 ELSE 1 END`);
  return `CASE WHEN ${flag(n, 0)} THEN ${fails.join(' + ')} END`;
}

const COPY_COLUMNS = ['body', 'eventtime', 'extra', 'source', 'found', 'severities'].map(
  (name) => [name, name] as const,
);

/** The texts of the rules for which something holds, one after the other. */
function numbersSql(
  rules: readonly Numbered[],
  of: (rule: Numbered) => readonly [condition: string, text: string],
): string {
  return rules
    .map((rule) => {
      const [condition, text] = of(rule);
      return `CASE WHEN ${condition} THEN ${text} ELSE '' END`;
    })
    .join(' || ');
}

// Whoever is outside the window is nobody's business here, and would keep the rows apart.
const inWindow = (column: string): string =>
  `CASE WHEN in_window THEN substr(${column}, 1, ${MOST_NAMED}) END`;

const MISSED_COLUMNS = [
  ['tests', 'missed'],
  ['principal', inWindow('who')],
  ['agent', inWindow('useragent')],
  ['account', inWindow('recipientaccountid')],
] as const;

function eventColumns(rule: RuleQuery, n: number): readonly string[] {
  const tests = testFlags(rule, n);
  const stage = tests.map((name, index) => `WHEN NOT ${name} THEN ${index}`).join(' ');
  return [
    `    max(CASE WHEN NOT ${flag(n, 0)} THEN NULL ${stage} ELSE ${tests.length} END) AS stage_${n}`,
    `    bool_or(omitted_${n}) AS omitted_${n}`,
  ];
}

/** The test that a record fails, where it fails one alone. */
function missedSql(rule: RuleQuery, n: number): string {
  const tests = testFlags(rule, n).map((name, index) => `WHEN NOT ${name} THEN ' ${n}=${index}'`);
  return `CASE ${tests.join(' ')} END`;
}

/** The flags of the window and the conjuncts. */
function testFlags(rule: RuleQuery, n: number): readonly string[] {
  return ['in_window', ...rule.conjuncts.map((_, index) => flag(n, index + 1))];
}

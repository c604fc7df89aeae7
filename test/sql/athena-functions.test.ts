/**
 * The Athena dialect uses only functions that AWS's page on Athena engine version 3 admits: it names sections of Trino's
 * documentation, and these are the functions that we take from them. Trino itself knows more, and newer ones.
 * Source: https://docs.aws.amazon.com/athena/latest/ug/functions-env3.html
 */
import { expect, test } from 'vitest';
import { bind } from '../../src/rule/bind.js';
import { builtInRules } from '../../src/rule/catalog/find.js';
import { operatorRow } from '../../src/rule/condition/operators.js';
import { CONDITION_WORDS } from '../../src/rule/panther/condition-words.js';
import { filterConditions } from '../../src/rule/filters.js';
import { huntSql } from '../../src/answer/statement/hunt-sql.js';
import { trino as trinoDialect } from '../../src/sql/dialect/trino.js';
import { findingsSql } from '../../src/sql/statement/findings.js';
import type { TableDescription } from '../../src/table/description.js';
import { buildQuery } from '../../src/query/build.js';
import { fitTable, relationSql } from '../../src/table/columns/fit.js';
import { DOCUMENTED_TABLE } from '../../src/sql/statement/table.js';
import { ruleWith } from '../support/rules.js';
import { sigmaEntry } from '../support/sigma.js';

const ADMITTED: Readonly<Record<string, readonly string[]>> = {
  aggregate: ['count', 'count_if', 'sum', 'min', 'max', 'bool_or', 'array_agg'],
  binary: ['md5', 'sha256', 'to_base64', 'to_hex', 'to_utf8'],
  array: ['any_match', 'cardinality', 'filter', 'transform', 'array_join'],
  conditional: ['coalesce', 'nullif', 'try'],
  conversion: ['cast', 'try_cast'],
  datetime: ['date_trunc', 'format_datetime', 'to_unixtime'],
  json: [
    'json_exists',
    'json_extract',
    'json_extract_scalar',
    'json_format',

    'json_query',
  ],
  map: [
    'element_at',
    'map',
    'map_concat',
    'map_entries',
    'map_filter',
    'multimap_from_entries',
    'transform_values',
  ],
  math: ['floor', 'to_base'],
  regexp: ['regexp_like', 'regexp_replace'],
  string: [
    'chr',
    'length',
    'lower',
    'lpad',
    'replace',
    'rpad',
    'split',
    'split_part',
    'strpos',
    'substr',
    'translate',
    'trim',
    'upper',
  ],
  uuid: ['uuid'],
  window: ['row_number'],
};
/** Words before a parenthesis that call nothing. */
const SYNTAX =
  'and as like by exists in not or over then when where with row filter array unnest purpose cross join else case select from on varchar timestamp end'.split(
    ' ',
  );

/** A table with a column of every type that is turned into another. */
const oddTable: TableDescription = {
  columns: [
    ['eventname', 'varchar'],
    ['eventtime', 'timestamp(3) with time zone'],
    ['useridentity', 'varchar'],
    ['requestparameters', 'json'],
    ['responseelements', 'map(varchar, varchar)'],
    ['readonly', 'boolean'],
    ['resources', 'json'],
  ].map(([name = '', type = '']) => ({ name, type })),
  partitionKeys: [],
  properties: new Map(),
};

/** A table with the whole event in a column. */
const rawTable: TableDescription = { ...oddTable, columns: [{ name: 'raw', type: 'varchar' }] };

function relationOf(table: TableDescription): string {
  const how = { from: 'logs', source: '"$path"', where: undefined };
  return relationSql(fitTable(table, new Map()), how);
}

function functionsIn(sql: string): ReadonlySet<string> {
  // Whichever begins first: a literal may hold what looks like a comment, and a comment what looks like a literal.
  const code = sql.replace(/'(?:[^']|'')*'|--.*$/gm, "''");
  const words = [...code.matchAll(/\b([a-z_][a-z0-9_]*)\s*\(/gi)].map(([, word = '']) =>
    word.toLowerCase(),
  );
  return new Set(words.filter((word) => !SYNTAX.includes(word)));
}

test('every function that is generated for Athena is admitted', () => {
  const values: Readonly<Record<string, string>> = {
    IsIPAddressInCIDR: '10.0.0.0/12',
    IsIPAddressNotInCIDR: 'fd00::/8',
  };
  const everyOperator = [...CONDITION_WORDS].map(([name, { op }]) => {
    const { takes } = operatorRow(op);
    const value = values[name] ?? (takes === 'numbers' ? '1' : "a%'\0");
    const given = takes === 'nothing' ? '' : `, Value: ${JSON.stringify(value)}`;
    return `  - Any: [${[
      'userAgent',
      'requestParameters.a.b',
      'userIdentity.sessionContext.webIdFederationData.attributes.k',
    ]
      .map((field) => `{ KeyPath: ${field}, Condition: ${name}${given} }`)
      .join(', ')}]`;
  });
  const more = ['Equals', 'StartsWith', 'EndsWith', 'Contains', 'IsGreaterThan'].map(
    (name) =>
      `  - { Condition: ${name}, Values: [{ Key: userAgent }, { KeyPath: requestParameters.a }] }`,
  );
  const elements = ['AnyElement', 'AllElements', 'NoElement', 'OnlyOneElement'].map(
    (name) =>
      `  - { KeyPath: requestParameters.a, Condition: ${name}, Expressions: [{ Key: b, Condition: Exists }] }`,
  );
  const rules = [
    ruleWith([...everyOperator, ...more, ...elements].join('\n')),
    // Sigma's way through lists, and through JSON held as text.
    sigmaEntry('requestParameters.a.b: c'),
    ...builtInRules().values(),
  ].map((rule) => bind(rule, new Map()));
  const filters = filterConditions({ resource: ['sg-1'], ip: ['10.0.0.0/8'], principal: ['p'] });
  const query = buildQuery(rules, { since: 0, until: 1 }, { exclusions: true, filters });
  const sql = [
    huntSql(query, trinoDialect, {
      source: { kind: 'table', relation: relationOf(oddTable) },
      part: { since: 0 },
    }),
    ...query.rules.map((rule) =>
      findingsSql(rule, query, { dialect: trinoDialect, table: DOCUMENTED_TABLE }),
    ),
    relationOf(rawTable),
  ].join('\n');
  const admitted = Object.values(ADMITTED).flat();
  expect([...functionsIn(sql)].filter((name) => !admitted.includes(name))).toEqual([]);
  expect(admitted.filter((name) => !functionsIn(sql).has(name) && name !== 'filter')).toEqual([]);
});

/** The SQL beside each rule is generated: `npm test -- -u` writes it anew. */
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { bind } from '../../src/rule/bind.js';
import { builtInRules } from '../../src/rule/catalog/find.js';
import { trino } from '../../src/sql/dialect/trino.js';
import { duckdb } from '../../src/sql/dialect/duckdb.js';
import { findingsSql } from '../../src/sql/statement/findings.js';
import { buildQuery } from '../../src/query/build.js';
import { DOCUMENTED_TABLE, LOADED_EVENTS } from '../../src/sql/statement/table.js';

const DIALECTS = [
  { file: 'athena.sql', dialect: trino, table: DOCUMENTED_TABLE },
  { file: 'duckdb.sql', dialect: duckdb, table: LOADED_EVENTS },
];

describe.each([...builtInRules()])('%s', (folder, rule) => {
  test.each(DIALECTS)('$file is what the rule becomes', async ({ file, dialect, table }) => {
    const query = buildQuery(
      [bind(rule, new Map())],
      { since: undefined, until: undefined },
      { exclusions: true, filters: [] },
    );
    const sql = query.rules.map((part) => findingsSql(part, query, { dialect, table })).join('\n');
    await expect(sql).toMatchFileSnapshot(join('../../queries', folder, file));
  });
});

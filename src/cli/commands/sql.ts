/** `hunt sql RULE`: the rule as SQL, to be read and pasted. */
import { Option } from 'commander';
import { ATHENA_BYTES } from '../../engine/athena/limits.js';
import { HuntError } from '../../errors.js';
import { trino } from '../../sql/dialect/trino.js';
import { duckdb } from '../../sql/dialect/duckdb.js';
import { findingsSql } from '../../sql/statement/findings.js';
import { plan } from '../../query/plan.js';
import { DOCUMENTED_TABLE, LOCAL_TABLE } from '../../sql/statement/table.js';
import type { CliCommand } from '../command.js';
import { QUERY_OPTIONS, select, type SelectionOptions } from '../options/selection.js';

const TARGETS = {
  athena: { dialect: trino, table: DOCUMENTED_TABLE },
  duckdb: { dialect: duckdb, table: LOCAL_TABLE },
} as const;

interface SqlOptions extends SelectionOptions {
  readonly dialect: keyof typeof TARGETS;
  readonly table?: string;
}

export const sqlCommand: CliCommand = {
  name: 'sql',
  description: 'prints a rule as SQL',
  arguments: [['<rule>', 'an ID or a file']],
  options: [
    new Option('--dialect <name>', 'the engine').choices(Object.keys(TARGETS)).default('athena'),
    new Option('--table <name>', 'the table to read'),
    ...QUERY_OPTIONS,
  ],
  run: async ([rule], given, world) => {
    const options = given as unknown as SqlOptions;
    const { dialect, table } = TARGETS[options.dialect];
    if (options.table !== undefined && !/^[\w."]+$/.test(options.table))
      throw new HuntError('USAGE', `--table ${options.table}: a name, with dots between its parts`);
    const { rules, window, ...how } = await select(
      { ...options, rule: [String(rule)] },
      undefined,
      world.now,
    );
    const query = plan(rules, window, how);
    for (const part of query.rules) {
      const sql = findingsSql(part, query, dialect, {
        ...table,
        name: options.table ?? table.name,
      });
      if (options.dialect === 'athena' && Buffer.byteLength(sql) > ATHENA_BYTES)
        throw new HuntError(
          'RULE',
          `${part.bound.rule.id} is too large for Athena: ${Buffer.byteLength(sql)} bytes of SQL, and it takes ${ATHENA_BYTES}. Split the rule, or shorten its lists.`,
        );
      world.stdout.write(sql);
    }
    return 0;
  },
};

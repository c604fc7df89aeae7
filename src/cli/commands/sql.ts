/** `hunt sql RULE`: prints the rule as SQL, to read and to paste. */
import { partitionDays, spanName } from '../../cloudtrail/time/day-span.js';
import { DAY } from '../../cloudtrail/time/window.js';
import { furtherField } from '../../cloudtrail/field/further-fields.js';
import { ATHENA_BYTES } from '../../engine/athena/limits.js';
import { HuntError } from '../../errors.js';
import { buildQuery } from '../../query/build.js';
import { neededFields } from '../../query/columns-read.js';
import { ruleId, type Query, type RuleQuery } from '../../query/query.js';
import { fieldNotation } from '../../rule/condition/notation.js';
import { duckdb } from '../../sql/dialect/duckdb.js';
import { trino } from '../../sql/dialect/trino.js';
import { comment } from '../../sql/literal.js';
import { findingsSql } from '../../sql/statement/findings.js';
import { DOCUMENTED_TABLE, LOADED_EVENTS } from '../../sql/statement/table.js';
import { defineCommand } from '../command.js';
import { EXIT } from '../exit-code.js';
import {
  choiceFlag,
  requiredArgument,
  textFlag,
  withDefault,
  type FlagGroup,
  type GroupValues,
} from '../options/flags/flag.js';
import { EVENT_FLAGS, PARAMETER_FLAGS } from '../options/flags/rule-flags.js';
import { CONFIG_FLAGS } from '../options/flags/general-flags.js';
import { TABLE_FLAGS } from '../options/flags/table-flags.js';
import { select } from '../options/rules/selection.js';
import { tableSql } from '../hunts/table/table-sql.js';

const DIALECTS = {
  athena: { dialect: trino, table: DOCUMENTED_TABLE },
  duckdb: { dialect: duckdb, table: LOADED_EVENTS },
} as const;
const DIALECT_NAMES = ['athena', 'duckdb'] as const satisfies readonly (keyof typeof DIALECTS)[];

const SQL_FLAGS = {
  heading: 'SQL:',
  flags: {
    dialect: withDefault<keyof typeof DIALECTS>(
      choiceFlag(
        '--dialect <name>',
        'the SQL dialect: athena, which Trino understands too, or duckdb',
        DIALECT_NAMES,
      ),
      'athena',
    ),
    table: textFlag(
      '--table <name>',
      'the name of the table in the SQL (default: cloudtrail_logs; for duckdb, events); hunt does not look at this table, and takes the columns that AWS documents',
    ),
  },
} as const satisfies FlagGroup;

export const sqlCommand = defineCommand({
  name: 'sql',
  description: 'print a rule as SQL; with --athena or --trino, for that table, with its partitions',
  arguments: {
    rule: requiredArgument(
      '<rule>',
      'an ID, as hunt rules lists it, or a part of one, or a rule file',
    ),
  },
  options: {
    sql: SQL_FLAGS,
    parameters: PARAMETER_FLAGS,
    events: EVENT_FLAGS,
    table: TABLE_FLAGS,
    general: CONFIG_FLAGS,
  },
  async run({ arguments: { rule }, options }, context) {
    const { stdout, now } = context;
    const name = options.sql.table;
    if (options.table.athena !== undefined || options.table.trino !== undefined) {
      if (name !== undefined || options.sql.dialect !== 'athena')
        throw new HuntError(
          'USAGE',
          '--athena and --trino name the table and its dialect: give neither --table nor --dialect with them',
        );
      stdout.write(await tableSql({ rule, ...options }, context));
      return EXIT.complete;
    }
    if (name !== undefined && !/^[\w."]+$/.test(name))
      throw new HuntError('USAGE', `--table ${name}: write a name, with dots between its parts`);
    const { set, exclusions } = options.parameters;
    const { rules, window, filters } = await select({
      rules: { rule: [rule], rules: [], set, exclusions },
      events: options.events,
      config: undefined,
      now,
    });
    const { dialect, table: usual } = DIALECTS[options.sql.dialect];
    const table = { name: name ?? usual.name, source: usual.source };
    const query = buildQuery(rules, window, { exclusions, filters });
    for (const part of query.rules) {
      refuseFurther(part);
      const sql =
        unknownPartitions(options.sql, query) + findingsSql(part, query, { dialect, table });
      if (options.sql.dialect === 'athena') checkSize(sql, part.bound.rule.id);
      stdout.write(sql);
    }
    return EXIT.complete;
  },
});

/** A comment: what the statement lacks where a table has a name, and was not looked at. */
function unknownPartitions(
  { table, dialect }: GroupValues<typeof SQL_FLAGS>,
  { window: { since, until } }: Query,
): string {
  if (table === undefined || dialect !== 'athena') return '';
  const days = spanName(partitionDays({ since, until }, DAY));
  return [
    `The partitions of ${table} are not known, so there is no condition on them, and the query reads all of it.`,
    `hunt sql --athena ${table} looks at the table, and adds the condition.`,
    ...(days === undefined ? [] : [`By hand: add the partitions of the days ${days} to WHERE.`]),
  ]
    .map((line) => `${comment(line)}\n`)
    .join('');
}

function refuseFurther(rule: RuleQuery): void {
  const further = neededFields(rule).find((path) => furtherField(path) !== undefined);
  if (further === undefined) return;
  throw new HuntError(
    'RULE',
    `${ruleId(rule)} tests ${fieldNotation(further)}, which AWS's documented table does not have. A hunt over logs, or over a table with such a column, can apply the rule.`,
  );
}

function checkSize(sql: string, rule: string): void {
  const bytes = Buffer.byteLength(sql);
  if (bytes <= ATHENA_BYTES) return;
  throw new HuntError(
    'RULE',
    `${rule} is too large for Athena: its SQL has ${bytes} bytes, and Athena accepts ${ATHENA_BYTES}. Split the rule, or shorten its lists.`,
  );
}

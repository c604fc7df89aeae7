/** `hunt sql RULE --athena TABLE`: the rule as SQL for a table that is described first. That costs nothing. */
import { HuntError } from '../../../errors.js';
import { openAthena } from '../../../hunt/table/athena.js';
import type { HuntedTable } from '../../../hunt/table/plan/hunted-table.js';
import { planTable } from '../../../hunt/table/plan/plan.js';
import { ruleStatements } from '../../../hunt/table/plan/rule-sql.js';
import { withRegisteredValues } from '../../../hunt/table/plan/registered-values.js';
import { openTrino } from '../../../hunt/table/trino.js';
import type { CommandContext } from '../../context.js';
import { readConfig } from '../../options/hunt-yml/config.js';
import { lateOf } from '../../options/time/late.js';
import type { GroupValues } from '../../options/flags/flag.js';
import type { CONFIG_FLAGS } from '../../options/flags/general-flags.js';
import type { EventOptions, PARAMETER_FLAGS } from '../../options/flags/rule-flags.js';
import type { TableOptions } from '../../options/flags/table-flags.js';
import { select } from '../../options/rules/selection.js';
import { targetOf, type Target } from '../../options/target/target.js';
import { trinoSettings } from '../../options/target/trino-settings.js';

interface TableSqlOptions {
  /** An ID, or a rule file. */
  readonly rule: string;
  readonly parameters: GroupValues<typeof PARAMETER_FLAGS>;
  readonly events: EventOptions;
  readonly table: TableOptions;
  readonly general: GroupValues<typeof CONFIG_FLAGS>;
}

/** The statements. Throws a HuntError if the table cannot be described, or does not fit the rule. */
export async function tableSql(
  { rule, parameters, events, table: options, general }: TableSqlOptions,
  context: CommandContext,
): Promise<string> {
  const { environment, now } = context;
  const config = readConfig(general.config);
  const target = targetOf({ paths: [], options, config, environment });
  const { set, exclusions } = parameters;
  const rules = { rule: [rule], rules: [], set, exclusions };
  const { rules: bound, window, filters } = await select({ rules, events, config, now });
  const table = await described(target, context);
  const plan = planTable(table, {
    rules: bound,
    window,
    exclusions,
    filters,
    late: lateOf(undefined, config),
    now,
  });
  return ruleStatements(table, plan).join('\n');
}

async function described(target: Target, context: CommandContext): Promise<HuntedTable> {
  const { environment, signal } = context;
  switch (target.kind) {
    case 'athena':
      try {
        const { table, client } = await openAthena(target.athena, signal);
        client.destroy();
        return table;
      } catch (error) {
        if (!(error instanceof HuntError) || error.code === 'INTERRUPTED') throw error;
        const hint = `hunt sql --table ${target.athena.table} writes the SQL without looking at the table`;
        throw new HuntError(error.code, `${error.message}. ${hint}`, { cause: error });
      }
    case 'trino': {
      const { table, engine } = await openTrino(trinoSettings(target, environment, { signal }));
      try {
        return await withRegisteredValues(table, engine);
      } finally {
        await engine.close();
      }
    }
    case 'logs':
      throw new HuntError('USAGE', 'name a table with --athena or --trino');
    default:
      return target satisfies never;
  }
}

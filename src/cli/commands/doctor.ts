/** `hunt doctor`: checks whether a hunt in Athena or Trino would work, and says what is missing. */
import { randomUUID } from 'node:crypto';
import { DAY } from '../../cloudtrail/time/window.js';
import { HuntError } from '../../errors.js';
import { athenaDoctor } from '../../hunt/doctor/athena.js';
import type { Doctor } from '../../hunt/doctor/doctor.js';
import { runChecks, type Check } from '../../hunt/doctor/checks.js';
import { trinoDoctor } from '../../hunt/doctor/trino.js';
import type { PlanRequest } from '../../hunt/table/plan/plan.js';
import { safeLine } from '../../text/safe-text.js';
import { defineCommand } from '../command.js';
import type { CommandContext } from '../context.js';
import { EXIT } from '../exit-code.js';
import { readConfig } from '../options/config.js';
import { CONFIG_FLAGS } from '../options/flags/general-flags.js';
import { EVENT_FLAGS, RULE_FLAGS } from '../options/flags/rule-flags.js';
import { select } from '../options/selection.js';
import { TABLE_FLAGS } from '../options/flags/table-flags.js';
import { targetOf, type Target } from '../options/target.js';
import { trinoSettings } from '../options/trino-settings.js';

export const doctorCommand = defineCommand({
  name: 'doctor',
  description: 'check what a hunt in Athena or Trino needs, and say what is missing',
  arguments: {},
  options: { table: TABLE_FLAGS, rules: RULE_FLAGS, events: EVENT_FLAGS, general: CONFIG_FLAGS },
  async run({ options }, context) {
    const { environment, now } = context;
    const config = readConfig(options.general.config);
    const target = targetOf({ paths: [], options: options.table, config, environment });
    const selection = await select({ rules: options.rules, events: options.events, config, now });
    const { rules, window, exclusions, filters } = selection;
    const planRequest = { rules, window, exclusions, filters, late: DAY, now };
    const doctor = await doctorFor(target, planRequest, context);
    try {
      return await printChecks(doctor.checks, context);
    } finally {
      await doctor.close();
    }
  },
});

function doctorFor(
  target: Target,
  planRequest: PlanRequest,
  context: CommandContext,
): Promise<Doctor> {
  const { environment, signal } = context;
  switch (target.kind) {
    case 'athena':
      return athenaDoctor({ target: target.athena, planRequest, runId: randomUUID(), signal });
    case 'trino':
      return trinoDoctor(trinoSettings(target, environment, { signal }), planRequest);
    case 'logs':
      throw new HuntError('USAGE', 'nothing to check: name a table with --athena or --trino');
    default:
      return target satisfies never;
  }
}

async function printChecks(
  checks: readonly Check[],
  { stdout }: Pick<CommandContext, 'stdout'>,
): Promise<number> {
  let missing = 0;
  for await (const { check, ok, message } of runChecks(checks)) {
    stdout.write(`${ok ? 'ok     ' : 'missing'}  ${check.name}: ${safeLine(message)}\n`);
    if (ok) continue;
    missing++;
    stdout.write(`         needs ${check.permissions}\n`);
  }
  stdout.write(missing === 0 ? 'a hunt would work\n' : `${missing} of ${checks.length} missing\n`);
  return missing === 0 ? EXIT.complete : EXIT.failure;
}

/** `hunt doctor`: whether a hunt elsewhere would work, and what is missing if not. */
import { randomUUID } from 'node:crypto';
import { Option } from 'commander';
import { DAY } from '../../cloudtrail/window.js';
import { HuntError } from '../../errors.js';
import { athenaDoctor, type Doctor } from '../../hunt/doctor/athena.js';
import { runChecks, type Check } from '../../hunt/doctor/checks.js';
import type { PlanRequest } from '../../hunt/table/plan.js';
import { trinoDoctor } from '../../hunt/doctor/trino.js';
import { safeLine } from '../../text/safe-text.js';
import { repeatable, type CliCommand } from '../command.js';
import { readConfig } from '../options/config.js';
import { TABLE_OPTIONS, type RemoteOptions } from '../options/table-options.js';
import { QUERY_OPTIONS, select, type SelectionOptions } from '../options/selection.js';
import { targetOf, trinoTargetOf, type Target } from '../options/target.js';
import { EXIT, type World } from '../world.js';

interface DoctorOptions extends SelectionOptions, RemoteOptions {
  readonly config?: string;
}

export const doctorCommand: CliCommand = {
  name: 'doctor',
  description: 'checks what a hunt in Athena or Trino needs, and says what is missing',
  arguments: [],
  options: [
    ...TABLE_OPTIONS,
    repeatable('--rule <id|file>', 'a rule whose query is explained'),
    repeatable('--rules <folder>', 'a folder of rule files'),
    ...QUERY_OPTIONS,
    new Option('--config <file>', 'the configuration (default: hunt.yml, where there is one)'),
  ],
  run: async (_args, given, world) => {
    const options = given as unknown as DoctorOptions;
    const config = readConfig(options.config);
    const target = targetOf([], options, config, world.environment);
    const selection = await select(options, config, world.now);
    const doctor = await doctorFor(target, { ...selection, late: DAY, now: world.now }, world);
    try {
      return await say(doctor.checks, world);
    } finally {
      await doctor.close();
    }
  },
};

function doctorFor(target: Target, ask: PlanRequest, world: World): Promise<Doctor> {
  switch (target.kind) {
    case 'athena':
      return athenaDoctor(target.athena, ask, randomUUID(), world.signal);
    case 'trino':
      return trinoDoctor(trinoTargetOf(target, world, world.signal), ask);
    case 'local':
      throw new HuntError('USAGE', 'nothing to check: name a table with --athena or --trino');
    default:
      return target satisfies never;
  }
}

async function say(checks: readonly Check[], { stdout }: World): Promise<number> {
  let missing = 0;
  for await (const { check, ok, message } of runChecks(checks)) {
    stdout.write(`${ok ? 'ok     ' : 'missing'}  ${check.name}: ${safeLine(message)}\n`);
    if (ok) continue;
    missing++;
    stdout.write(`         takes ${check.permissions}\n`);
  }
  stdout.write(missing === 0 ? 'a hunt would work\n' : `${missing} of ${checks.length} missing\n`);
  return missing === 0 ? EXIT.complete : EXIT.failure;
}

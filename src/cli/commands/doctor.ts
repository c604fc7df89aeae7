/** `hunt doctor`: checks whether a hunt in Athena or Trino would work, and says what is missing. */
import { randomUUID } from 'node:crypto';
import { HuntError } from '../../errors.js';
import { athenaDoctor } from '../../hunt/doctor/athena.js';
import { runChecks, type CheckResult } from '../../hunt/doctor/checks.js';
import type { Doctor, DoctorRequest } from '../../hunt/doctor/doctor.js';
import { trinoDoctor } from '../../hunt/doctor/trino.js';
import { safeLine } from '../../text/safe-text.js';
import { defineCommand } from '../command.js';
import type { CommandContext } from '../context.js';
import { EXIT } from '../exit-code.js';
import { readConfig } from '../options/hunt-yml/config.js';
import { CONFIG_FLAGS } from '../options/flags/general-flags.js';
import { READING_FLAGS } from '../options/flags/hunt-flags.js';
import { EVENT_FLAGS, RULE_FLAGS } from '../options/flags/rule-flags.js';
import { QUERY_RUN_FLAGS, TABLE_FLAGS } from '../options/flags/table-flags.js';
import { lateOf } from '../options/time/late.js';
import { readPrice } from '../options/target/price.js';
import { select } from '../options/rules/selection.js';
import { targetOf, type Target } from '../options/target/target.js';
import { trinoSettings } from '../options/target/trino-settings.js';
import { writtenPrice } from '../options/written-settings.js';
import { refusalText, refusedText } from '../errors/refused-rules.js';

/** The options of a hunt that decide what it reads. An option has the same heading in the help of each command. */
const PLAN_FLAGS = {
  heading: READING_FLAGS.heading,
  flags: {
    late: READING_FLAGS.flags.late,
    trustPaths: READING_FLAGS.flags.trustPaths,
  },
};
const PRICE_FLAGS = {
  heading: QUERY_RUN_FLAGS.heading,
  flags: { price: QUERY_RUN_FLAGS.flags.price },
};

export const doctorCommand = defineCommand({
  name: 'doctor',
  description: 'check what a hunt in Athena or Trino needs, and say what is missing',
  arguments: {},
  options: {
    table: TABLE_FLAGS,
    rules: RULE_FLAGS,
    events: EVENT_FLAGS,
    plan: PLAN_FLAGS,
    run: PRICE_FLAGS,
    general: CONFIG_FLAGS,
  },
  async run({ options }, context) {
    const { environment, now, stderr } = context;
    const config = readConfig(options.general.config);
    const target = targetOf({ paths: [], options: options.table, config, environment });
    const selection = await select({ rules: options.rules, events: options.events, config, now });
    const { rules, window, exclusions, filters, ruleFiles } = selection;
    if (ruleFiles.refused.length > 0)
      stderr.write(`hunt: ${refusedText(ruleFiles.refused.length)}:\n`);
    for (const line of refusalText(ruleFiles.refused)) stderr.write(`${line}\n`);
    const { trustPaths } = options.plan;
    const late = lateOf(options.plan.late, config);
    const doctor = await doctorFor(
      target,
      {
        planRequest: { rules, window, exclusions, filters, trustPaths, late, now },
        price: readPrice(writtenPrice(options.run.price, config)),
      },
      context,
    );
    try {
      return await printChecks(doctor, context);
    } finally {
      doctor.close();
    }
  },
});

async function doctorFor(
  target: Target,
  request: DoctorRequest,
  { environment, signal }: CommandContext,
): Promise<Doctor> {
  switch (target.kind) {
    case 'athena':
      return athenaDoctor({ ...request, target: target.athena, runId: randomUUID() });
    case 'trino':
      return trinoDoctor(trinoSettings(target, environment, { signal }), request);
    case 'logs':
      throw new HuntError(
        'USAGE',
        'nothing to check: name a table with --athena or --trino, or in hunt.yml',
      );
    default:
      return target satisfies never;
  }
}

/** Prints the results as they come. Gives the exit code. */
async function printChecks(
  { checks }: Doctor,
  { stdout, stderr, signal }: CommandContext,
): Promise<number> {
  const counts = { ok: 0, note: 0, failed: 0, 'no answer': 0, skipped: 0 };
  const results = runChecks(checks, {
    signal,
    onSlow: ({ name, limit: { slow, most } }) =>
      stderr.write(
        `hunt: ${name}: no answer for ${slow / 1000} s; waiting for ${most / 1000} s at most\n`,
      ),
  });
  for await (const result of results) {
    counts[result.status]++;
    stdout.write(resultText(result));
  }
  stdout.write(`${verdict(counts)}\n`);
  return counts.failed + counts['no answer'] === 0 ? EXIT.complete : EXIT.failure;
}

function resultText({ check, status, message, needs }: CheckResult): string {
  const line = `${status.padEnd(11)}${check.name}: ${safeLine(message)}\n`;
  return needs === undefined ? line : `${line}           needs ${needs}\n`;
}

function verdict(counts: Readonly<Record<CheckResult['status'], number>>): string {
  const { note, failed, 'no answer': unanswered, skipped } = counts;
  if (failed > 0) return `a hunt would not work: ${failed} failed, ${skipped} skipped`;
  if (unanswered > 0)
    return `not known whether a hunt would work: ${unanswered} without an answer, ${skipped} skipped`;
  return note === 0 ? 'a hunt would work' : `a hunt would work; read the notes above (${note})`;
}

/** What `hunt [PATH…]` does: a hunt over logs, or over a table in Athena or Trino. */
import { HuntError } from '../../errors.js';
import type { AuditSettings } from '../../report/audit/with-audit.js';
import type { Warning } from '../../report/report.js';
import { safeLine } from '../../text/safe-text.js';
import { DEFAULT_RULE } from '../../rule/catalog/built-in.js';
import type { HuntOptions } from '../options/flags/hunt-options.js';
import type { CommandContext } from '../context.js';
import { EXIT } from '../exit-code.js';
import { comparedFiles, comparedWith } from './compared-with.js';
import type { HuntSettings } from './hunt-settings.js';
import { withManifest } from './manifest/audit-manifest.js';
import { placeholderValues, prepareHunt } from './prepare-hunt.js';
import { checkManifest, manifestPlanOf } from './manifest/plan.js';
import { filledMailBody, hasRecipients, recipientsOf } from '../notices/recipients.js';
import { runOn } from './run-on.js';
import { awsSettings } from '../options/target/aws-settings.js';
import { auditSettings } from '../options/report/audit.js';
import { configUsed, type Config } from '../options/hunt-yml/config.js';
import { concernsNone } from '../../rule/exclusions/changes.js';
import { lateOf } from '../options/time/late.js';
import { select } from '../options/rules/selection.js';
import { refusalText, refusedText } from '../errors/refused-rules.js';

/** Gives the exit code. Throws HuntErrors. */
export async function plainHunt(
  { paths, options }: { readonly paths: readonly string[]; readonly options: HuntOptions },
  context: CommandContext,
): Promise<number> {
  const preparation = await prepareHunt(
    { paths, options, nothingToHunt: NOTHING_TO_HUNT },
    context,
  );
  const { config, warnings, target, notify } = preparation;
  const manifest = await manifestPlanOf(
    options.manifest,
    awsSettings(options.table, config?.athena, context.environment),
    context,
  );
  if (manifest !== undefined) checkManifest(preparation, manifest);
  const recipients = recipientsOf(
    filledMailBody(options.tell, placeholderValues(options.events, context.now)),
    context,
  );
  const settings = {
    ...(await settingsOf({ options, config, warnings }, context.now)),
    hashes: manifest !== undefined,
  };
  const audit = auditOf(options.audit, config);
  const { rules, ruleFiles } = settings.selection;
  if (
    config !== undefined &&
    concernsNone(
      config.exclusions,
      rules.map(({ rule }) => rule),
    )
  )
    notify(`hunt: exclusions and allow of ${config.path} change none of these rules: ${LISTS}`);
  const { refused } = ruleFiles;
  if (refused.length > 0) notify(`hunt: ${refusedText(refused.length)}:`);
  for (const line of refusalText(refused)) notify(line);
  const result = await runOn(target, { options, config, settings, notify }, context);
  // A dry run has no report.
  if (result === undefined) return EXIT.complete;
  const { report, inputs } = result;
  const evident =
    audit && manifest
      ? withManifest(audit, { outputs: preparation.outputs, inputs, plan: manifest })
      : audit;
  const { finishHunt } = await import('./finish-hunt.js');
  const code = await finishHunt(report, { options, preparation, audit: evident }, context);
  if (manifest !== undefined) {
    const { writeReportManifest } = await import('./manifest/write.js');
    const { path } = await writeReportManifest(
      {
        manifest,
        report,
        inputs,
        outputs: preparation.outputs,
        selection: settings.selection,
        folders: options.rules.rules,
        config,
        settings: comparedFiles(options.compare, config),
        now: null,
        previous: null,
      },
      context,
    );
    notify(`hunt: wrote ${safeLine(path)}`);
  }
  result.onWritten();
  if (hasRecipients(recipients)) {
    const { sendNotices } = await import('../notices/send-notices.js');
    const files = preparation.outputs.files.map(({ path }) => path);
    const { allowEmpty } = options.report;
    await sendNotices({ report, files, allowEmpty }, recipients, context);
  }
  return code;
}

const LISTS = 'they are for rules that take a list of exclusions, such as AWS.Any.ManualChange';

const NOTHING_TO_HUNT = `nothing to hunt: name a folder or a file of CloudTrail logs, or - for standard input

  hunt ./logs                    hunt a folder of logs with the rule ${DEFAULT_RULE}
  hunt ./logs --since 30d        only the last thirty days
  hunt --help                    all options

Or say in hunt.yml what "hunt" without a path does:

  paths: [./logs]
  parameters:
    PROD_ACCOUNT_IDS: ["123456789012"]
`;

/** Undefined where the report is not for an audit. Throws a HuntError where an option needs `--for audit`. */
function auditOf(
  options: HuntOptions['audit'],
  config: Config | undefined,
): AuditSettings | undefined {
  const { control, timeZone } = options;
  if (options.for === 'audit') return auditSettings({ controls: control, timeZone, config });
  if (control.length > 0 || timeZone !== undefined)
    throw new HuntError('USAGE', '--control and --time-zone are for --for audit');
  return undefined;
}

/** The options of the command line, and the configuration that completes them. */
interface Given {
  readonly options: HuntOptions;
  readonly config: Config | undefined;
  readonly warnings: readonly Warning[];
}

async function settingsOf(
  { options, config, warnings }: Given,
  now: number,
): Promise<HuntSettings> {
  const selection = await select({ rules: options.rules, events: options.events, config, now });
  return {
    selection,
    compared: await comparedWith({
      options: options.compare,
      config,
      window: selection.window,
      now,
    }),
    calls: options.count.calls,
    follow: options.reading.follow,
    late: lateOf(options.reading.late, config),
    config: configUsed(config),
    warnings,
    showsProgress: options.report.progress && !options.report.quiet,
  };
}

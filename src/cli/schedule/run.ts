/** One run of a scheduled report: the hunt of one period, its files, its manifest and its checkpoint. */
import type { Period } from '../../cloudtrail/time/period.js';
import { formatInstant } from '../../cloudtrail/time/time.js';
import { HuntError } from '../../errors.js';
import { orderedReport } from '../../findings/ordered.js';
import type { History } from '../../history/history.js';
import type { ScheduledRun } from '../../history/scheduled-run.js';
import { withAudit } from '../../report/audit/with-audit.js';
import type { Notice } from '../../report/notice/notice.js';
import type { Report } from '../../report/report.js';
import { FileInTheWay } from '../../report/targets.js';
import { safeLine } from '../../text/safe-text.js';
import type { CommandContext } from '../context.js';
import { withManifest, type ManifestFiles } from '../hunts/manifest/audit-manifest.js';
import { comparedFiles, comparedWith } from '../hunts/compared-with.js';
import type { HuntResult } from '../hunts/hunt-settings.js';
import { writeReportManifest } from '../hunts/manifest/write.js';
import { runOn } from '../hunts/run-on.js';
import { isToSend, noticeAbout, writeMailBody } from '../notices/send-notices.js';
import { auditSettings } from '../options/report/audit.js';
import { configUsed } from '../options/hunt-yml/config.js';
import { configFor } from '../options/digests/demands.js';
import { lateOf } from '../options/time/late.js';
import { writeAndWarn } from '../reports/write-report.js';
import { settingsFingerprint } from './fingerprint.js';
import { removeLeftovers } from './leftovers.js';
import { planRun, unwritten, type RunPlan } from './plan.js';
import { runCode } from './run-code.js';
import type { Schedule } from './schedule.js';
import { sendRunNotice } from './due-notices.js';

/** Runs the report for the next period, and gives the exit code. Throws HuntErrors; then nothing of the run counts. */
export async function runPeriod(
  schedule: Schedule,
  { history, period }: { readonly history: History; readonly period: Period },
  context: CommandContext,
): Promise<number> {
  const { writing, recipients, notify } = schedule;
  const { allowEmpty } = writing;
  const { name, fail } = schedule.report;
  const plan = await planRun(schedule, { history, period }, context.now);
  const settings = settingsFingerprint(plan.selection);
  const run = history.begin({ period, settings, files: plan.files });
  notify(`hunt: ${name}: run ${run.number}, ${period.name}`);
  const matchedBefore = new Set(history.exceptions);
  const made = await makeReport(schedule, { run, plan, matchedBefore }, context).catch(
    (error: unknown) => {
      if (error instanceof FileInTheWay) run.disown(unwritten(plan, error.path));
      throw error;
    },
  );
  const { report, notice, manifest, onWritten } = made;
  run.commit({
    report,
    manifest,
    exceptions: report.exceptions.filter(({ isUnused }) => isUnused === false).map(({ id }) => id),
    message: isToSend(notice, recipients) ? { ...notice } : null,
  });
  onWritten();
  for (const path of removeLeftovers(run.leftBehind))
    notify(`hunt: removed ${safeLine(path)}, which a killed run left`);
  // If it fails, or if this process is killed, the next one sends it.
  const { addresses } = recipients;
  if (isToSend(notice, recipients))
    await sendRunNotice(
      history,
      { run: run.number, notice, sent: [], recipients, addresses },
      context,
    );
  return runCode(report, fail, allowEmpty);
}

interface PeriodHunt {
  readonly run: ScheduledRun;
  readonly plan: RunPlan;
  /** The exceptions that covered a finding of an earlier run. */
  readonly matchedBefore: ReadonlySet<string>;
}

interface Made extends Pick<HuntResult, 'onWritten'> {
  readonly report: Report;
  readonly notice: Notice;
  /** The SHA-256 of the manifest. */
  readonly manifest: string;
}

/** Hunts, and writes all files of the run but its checkpoint. */
async function makeReport(
  schedule: Schedule,
  { run, plan, matchedBefore }: PeriodHunt,
  context: CommandContext,
): Promise<Made> {
  const { config, writing, manifest, notify } = schedule;
  const { outputs, paths, mailBody, selection } = plan;
  const { allowEmpty } = writing;
  const result = await huntPeriod(schedule, { run, plan, matchedBefore }, context);
  if (result === undefined) throw new HuntError('USAGE', 'a scheduled report has no --dry-run');
  const { inputs, onWritten } = result;
  const ordered = orderedReport(result.report, writing.sort);
  const report = forItsReader(ordered, schedule, { outputs, inputs, plan: manifest });
  await writeAndWarn({ report, outputs, notify, allowEmpty, context });
  const notice = noticeAbout({ report, files: paths, allowEmpty });
  if (mailBody !== undefined) await writeMailBody(notice, mailBody, context);
  const { path, sha256 } = await writeReportManifest(
    {
      manifest,
      report,
      inputs,
      outputs,
      selection,
      folders: [],
      config,
      settings: comparedFiles({}, config),
      now: schedule.hasNow ? formatInstant(context.now) : null,
      previous: run.previousManifest,
    },
    context,
  );
  notify(`hunt: wrote ${safeLine(path)}`);
  return { report, notice, manifest: sha256, onWritten };
}

/** Hunts the period, and what came late. */
async function huntPeriod(
  { config, target, options, writing, notify, report: entry }: Schedule,
  { run, plan: { selection }, matchedBefore }: PeriodHunt,
  context: CommandContext,
): Promise<HuntResult | undefined> {
  const { period } = run;
  const { window } = selection;
  const events = { since: undefined, until: undefined, period: period.name };
  const settings = {
    selection,
    calls: false,
    late: lateOf(options.reading.late, config),
    config: configUsed(config),
    // The history has its own.
    warnings: [],
    showsProgress: writing.showsProgress,
    hashes: true,
    compared: await comparedWith({
      options: {},
      config,
      window,
      now: context.now,
      run: { period, matchedBefore },
    }),
    run,
  };
  return runOn(
    target,
    { options: { ...options, events }, config: configFor(config, entry), settings, notify },
    context,
  );
}

function forItsReader(
  report: Report,
  { report: { controls, for: reader }, config }: Schedule,
  files: ManifestFiles,
): Report {
  if (reader !== 'audit') return report;
  return withAudit(report, withManifest(auditSettings({ controls, config }), files));
}

/** One run of a scheduled report: the hunt of one period, its files, its manifest and its checkpoint. */
import { resolve } from 'node:path';
import { dayName } from '../../cloudtrail/time/day-span.js';
import type { Period } from '../../cloudtrail/time/period.js';
import { formatInstant } from '../../cloudtrail/time/time.js';
import { HuntError } from '../../errors.js';
import { orderedReport } from '../../findings/ordered.js';
import type { History } from '../../history/history.js';
import { proofFiles } from '../../integrity/manifest/names.js';
import { withAudit } from '../../report/audit/with-audit.js';
import type { FindingOrder } from '../../report/finding.js';
import { formatOfFile, type FormatName } from '../../report/formats.js';
import type { Report } from '../../report/report.js';
import { checkTargets } from '../../report/write.js';
import { safeLine } from '../../text/safe-text.js';
import type { CommandContext } from '../context.js';
import { withEvidence, type Evidence } from '../hunts/audit-evidence.js';
import { comparedFiles, comparedWith } from '../hunts/compared-with.js';
import { checkProof, writeProof, type Proof } from '../hunts/proof.js';
import { runOn, type RunOptions } from '../hunts/run-on.js';
import { auditSettings } from '../options/audit.js';
import {
  checkMailBody,
  isToTell,
  noticeAbout,
  sendToAll,
  writeMailBody,
  type Telling,
} from '../notices/tell.js';
import type { Config } from '../options/config.js';
import type { EventOptions } from '../options/flags/rule-flags.js';
import { lateOf } from '../options/late.js';
import type { ScheduledReport } from '../options/reports-config.js';
import { select, type Selection } from '../options/selection.js';
import type { Target } from '../options/target.js';
import { deliver, filledPath, refuseEvidence, type Outputs } from '../outputs.js';
import { settingsFingerprint } from './fingerprint.js';
import { runCode } from './run-code.js';

/** What all runs of a report have in common. */
export interface Schedule {
  readonly report: ScheduledReport;
  readonly config: Config;
  readonly target: Target;
  readonly options: Pick<RunOptions, 'reading' | 'table' | 'run'>;
  readonly delivery: {
    /** The format that is printed; undefined prints nothing. */
    readonly format: FormatName | undefined;
    readonly sort: FindingOrder;
    readonly force: boolean;
    readonly allowEmpty: boolean;
    readonly showsProgress: boolean;
  };
  readonly proof: Proof;
  /** `mailBody` may have placeholders. */
  readonly telling: Telling;
  /** Whether `--now` was given. */
  readonly hasNow: boolean;
  /** Prints a line on stderr, unless the user wants quiet. */
  readonly notify: (line: string) => void;
}

/** Runs the report for the next period, and gives the exit code. Throws HuntErrors; then nothing of the run counts. */
export async function runPeriod(
  schedule: Schedule,
  { history, period }: { readonly history: History; readonly period: Period },
  context: CommandContext,
): Promise<number> {
  const { config, target, delivery, proof, telling, notify } = schedule;
  const { name, fail } = schedule.report;
  const outputs = plannedOutputs(schedule, { history, period }, context.now);
  checkProof({ outputs, target }, proof);
  const selection = await selectionOf(schedule, period, context.now);
  const paths = outputs.files.map(({ path }) => path);
  const mailBody = plannedMailBody(schedule, period, context.now);
  const run = history.begin({
    period,
    settings: settingsFingerprint(selection),
    files: [...paths, ...proofPaths(paths), ...(mailBody === undefined ? [] : [mailBody])].map(
      (path) => resolve(path),
    ),
  });
  notify(`hunt: ${name}: run ${run.number}, ${period.name}`);
  const result = await runOn(
    target,
    {
      options: {
        ...schedule.options,
        events: { since: undefined, until: undefined, period: period.name },
      },
      config,
      settings: {
        selection,
        calls: false,
        late: lateOf(schedule.options.reading.late, config),
        config: { path: config.path, sha256: config.sha256 },
        warnings: [],
        showsProgress: delivery.showsProgress,
        hashes: true,
        compared: comparedWith({
          options: {},
          config,
          window: selection.window,
          now: context.now,
          run: { period, matchedBefore: new Set(history.exceptions) },
        }),
        run,
      },
    },
    context,
  );
  if (result === undefined) throw new HuntError('USAGE', 'a scheduled report has no --dry-run');
  const ordered = orderedReport(result.report, delivery.sort);
  const report = forItsReader(ordered, schedule, { outputs, inputs: result.inputs });
  const { allowEmpty } = delivery;
  await deliver({ report, outputs, notify, allowEmpty, context });
  const notice = noticeAbout({ report, files: paths, allowEmpty });
  if (mailBody !== undefined) await writeMailBody(notice, mailBody, context);
  const { path, sha256 } = await writeProof(
    {
      proof,
      report,
      inputs: result.inputs,
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
  run.commit({
    report,
    manifest: sha256,
    exceptions: report.exceptions.filter(({ isUnused }) => isUnused === false).map(({ id }) => id),
    message: isToTell(notice, telling) ? { ...notice } : null,
  });
  result.onDelivered();
  // If it fails, or if this process is killed, the next one sends it.
  if (isToTell(notice, telling) && (await sendToAll(notice, telling, context)))
    history.notified(run.number);
  return runCode(report, fail, allowEmpty);
}

function forItsReader(
  report: Report,
  { report: { controls, for: reader }, config }: Schedule,
  evidence: Evidence,
): Report {
  if (reader !== 'audit') return report;
  return withAudit(report, withEvidence(auditSettings({ controls, config }), evidence));
}

/** Throws a HuntError if a file is in the way that no killed run of the same period left. */
function plannedOutputs(
  { report, target, delivery }: Schedule,
  { history, period }: { readonly history: History; readonly period: Period },
  now: number,
): Outputs {
  const values = { period: period.name, date: dayName(now), report: report.name };
  const files = report.outputs.map((name) => {
    const path = filledPath(name, values);
    return { path, format: formatOfFile(path) };
  });
  const force = (path: string): boolean => delivery.force || history.mayReplace(resolve(path));
  checkTargets(
    files.map(({ path }) => path),
    force,
  );
  const outputs = { stdout: delivery.format, files, force };
  refuseEvidence(outputs, target.kind === 'logs' ? target.paths : []);
  return outputs;
}

function plannedMailBody(
  { report, telling }: Schedule,
  period: Period,
  now: number,
): string | undefined {
  if (telling.mailBody === undefined) return undefined;
  const values = { period: period.name, date: dayName(now), report: report.name };
  const path = filledPath(telling.mailBody, values);
  checkMailBody(path);
  return path;
}

function proofPaths([first]: readonly string[]): readonly string[] {
  return first === undefined ? [] : Object.values(proofFiles(first));
}

function selectionOf(
  { report, config }: Schedule,
  period: Period,
  now: number,
): Promise<Selection> {
  return select({
    rules: { rule: report.rules, rules: [], set: [], exclusions: true },
    events: { ...NO_LIMITS, period: period.name },
    config,
    now,
  });
}

const NO_LIMITS: EventOptions = {
  since: undefined,
  until: undefined,
  period: undefined,
  resource: [],
  principal: [],
  accessKey: [],
  ip: [],
  eventId: [],
  anyOf: false,
  eventName: [],
  kind: [],
  account: [],
  region: [],
};

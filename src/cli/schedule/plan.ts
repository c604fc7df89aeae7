/** What a scheduled run will hunt and write, decided before it begins. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { dayName } from '../../cloudtrail/time/day-span.js';
import type { Period } from '../../cloudtrail/time/period.js';
import type { History } from '../../history/history.js';
import { proofFiles } from '../../integrity/manifest/names.js';
import { formatOfFile } from '../../report/formats.js';
import { checkTargets } from '../../report/targets.js';
import { checkManifest } from '../hunts/manifest/plan.js';
import { checkMailBody } from '../notices/recipients.js';
import type { EventOptions } from '../options/flags/rule-flags.js';
import { select, type Selection } from '../options/rules/selection.js';
import { filledPath, refuseEvidence, type Outputs } from '../reports/outputs.js';
import type { Schedule } from './schedule.js';

export interface RunPlan {
  readonly outputs: Outputs;
  /** The paths of the report's files. */
  readonly paths: readonly string[];
  readonly mailBody: string | undefined;
  readonly selection: Selection;
  /** The paths of the manifest, and of what belongs to it. */
  readonly proofs: readonly string[];
  /** Those of all these that a killed run left. */
  readonly leftBehind: ReadonlySet<string>;
  /** The absolute paths of all that the run writes. */
  readonly files: readonly string[];
}

/** Throws a HuntError if a rule is wrong, or if a file is in the way that no killed run of the same period left. */
export async function planRun(
  schedule: Schedule,
  { history, period }: { readonly history: History; readonly period: Period },
  now: number,
): Promise<RunPlan> {
  const { report, config, target, writing, manifest, recipients } = schedule;
  const values = { period: period.name, date: dayName(now), report: report.name };
  const paths = report.outputs.map((name) => filledPath(name, values));
  const proofs = proofPaths(paths);
  // Decided before the run names its own files: one that somebody else makes meanwhile is not replaced.
  const leftBehind = new Set(
    [...paths, ...proofs].filter((path) => existsSync(path) && history.mayReplace(resolve(path))),
  );
  const force = (path: string): boolean => writing.force || leftBehind.has(path);
  checkTargets(paths, force);
  const outputs = {
    stdout: writing.format,
    files: paths.map((path) => ({ path, format: formatOfFile(path) })),
    force,
  };
  refuseEvidence(outputs, target.kind === 'logs' ? target.paths : []);
  checkManifest({ outputs, target }, manifest);
  const mailBody =
    recipients.mailBody === undefined ? undefined : filledPath(recipients.mailBody, values);
  if (mailBody !== undefined) checkMailBody(mailBody);
  const selection = await select({
    rules: { rule: report.rules, rules: [], set: [], exclusions: true },
    events: { ...NO_LIMITS, period: period.name },
    config,
    now,
  });
  const files = [...paths, ...proofs, ...(mailBody === undefined ? [] : [mailBody])];
  return {
    outputs,
    paths,
    proofs,
    leftBehind,
    mailBody,
    selection,
    files: files.map((path) => resolve(path)),
  };
}

function proofPaths([first]: readonly string[]): readonly string[] {
  return first === undefined ? [] : Object.values(proofFiles(first));
}

export const NO_LIMITS: EventOptions = {
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

/** The absolute paths of what is not written where a file that somebody else made is in the way at a path. */
export function unwritten(
  { paths, proofs, leftBehind }: Pick<RunPlan, 'paths' | 'proofs' | 'leftBehind'>,
  path: string,
): readonly string[] {
  // All files of the report are written at once, or none; then those of its manifest.
  const files = paths.includes(path) ? [...paths, ...proofs] : proofs;
  return files.filter((file) => !leftBehind.has(file)).map((file) => resolve(file));
}

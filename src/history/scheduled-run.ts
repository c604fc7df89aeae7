/** One run of a scheduled report: what its hunt needs from the history, and what it records for the next run. */
import type { Period } from '../cloudtrail/time/period.js';
import { formatInstant } from '../cloudtrail/time/time.js';
import type { Json } from '../cloudtrail/json.js';
import type { Report, Warning } from '../report/report.js';
import type { Run } from '../report/run.js';
import type { FileMemory } from './file-memory.js';
import { hexOf, shortHash } from '../text/short-hash.js';
import type { ReportedFindings } from './reported-findings.js';
import type { SeenMemory } from './seen-memory.js';

/** What a run leaves. */
export interface Outcome {
  readonly report: Pick<Report, 'findings' | 'files'>;
  /** SHA-256 of the run's manifest; null if it has none. */
  readonly manifest: string | null;
  /** The IDs of the exceptions that covered a finding. */
  readonly exceptions: readonly string[];
  /** What a notification of this run needs; null where nobody is to be notified. It is kept until `History.notified`. */
  readonly message: Json;
}

export interface RunParts {
  readonly report: string;
  readonly number: number;
  readonly period: Period;
  readonly previous: Run['previous'];
  readonly previousManifest: string | null;
  readonly lateWindow: ScheduledRun['lateWindow'];
  readonly reported: ReportedFindings;
  readonly files: FileMemory;
  readonly seen: SeenMemory | undefined;
  /** Fingerprints of the lost evidence that earlier runs have reported. */
  readonly reportedLosses: ReadonlySet<string>;
  readonly warnings: readonly Warning[];
  readonly commit: (run: ScheduledRun, outcome: Outcome) => void;
  readonly leftBehind: readonly string[];
  readonly disown: (paths: readonly string[]) => void;
}

export class ScheduledRun {
  readonly number: number;
  readonly period: Period;
  /** SHA-256 of the manifest of the run before; null for the first run, or if that had none. */
  readonly previousManifest: string | null;
  /** About the history. They belong into the report. */
  readonly warnings: readonly Warning[];
  /** The window in which it looks for late events; undefined where it does not, as in the first run. */
  readonly lateWindow: { readonly since: number; readonly until: number } | undefined;
  readonly files: FileMemory;
  /** The habits of actors in earlier runs; undefined where none are remembered. */
  readonly seen: SeenMemory | undefined;
  /** What a killed run may have left under names that this run does not use. They are absolute paths, and may be hostile. */
  readonly leftBehind: readonly string[];
  readonly #parts: RunParts;
  readonly #losses = new Set<string>();

  constructor(parts: RunParts) {
    this.#parts = parts;
    this.number = parts.number;
    this.period = parts.period;
    this.previousManifest = parts.previousManifest;
    this.warnings = parts.warnings;
    this.lateWindow = parts.lateWindow;
    this.files = parts.files;
    this.seen = parts.seen;
    this.leftBehind = parts.leftBehind;
  }

  /** Whether an earlier run reported the finding of a late event. */
  isReported(event: Parameters<ReportedFindings['has']>[0]): boolean {
    return this.#parts.reported.has(event);
  }

  /** Whether an earlier run reported this lost evidence of earlier periods. */
  isLossReported(path: string, reason: string): boolean {
    const loss = lossOf({ path, reason });
    if (!this.#parts.reportedLosses.has(loss)) return false;
    this.#losses.add(loss);
    return true;
  }

  /** The run as its report shows it. To be called after the search for late events. */
  toRun(): Run {
    const { report, number, period, previous, reported, lateWindow } = this.#parts;
    return {
      report,
      number,
      period: {
        name: period.name,
        kind: period.kind,
        since: formatInstant(period.since),
        until: formatInstant(period.until),
      },
      previous,
      lookback: lateWindow === undefined ? null : formatInstant(lateWindow.since),
      alreadyReported: reported.count,
    };
  }

  /**
   * Ends the run, when its outputs and its manifest are in place: writes the checkpoint. Throws a HuntError if that fails; then
   * the next run makes the same report again.
   */
  commit(outcome: Outcome): void {
    this.#parts.commit(this, outcome);
  }

  /** Says which files the run has not written, before an error ended it: the next run does not overwrite them. Absolute paths. */
  disown(paths: readonly string[]): void {
    this.#parts.disown(paths);
  }

  /** Fingerprints of lost evidence for the next run: what this run reported, and what it found again. */
  losses({ unreadable }: Report['files']): readonly string[] {
    return [...new Set([...this.#losses, ...unreadable.map(lossOf)])].toSorted();
  }
}

function lossOf({ path, reason }: Report['files']['unreadable'][number]): string {
  return hexOf(shortHash(`${path}\0${reason}`));
}

/**
 * The history of a scheduled report: which findings its runs have reported. With it, each change is reported exactly once, even if
 * files come late or twice, or if a run is killed at any moment. Each report has a folder, `<history>/<report>`:
 *
 * - `checkpoint.json` decides. It names the other files with their SHA-256, and is replaced as a whole.
 * - `reported-N.bin` has the identities of the findings of run N, `files-N.bin` which files were read up to run N, `seen-N.bin` what
 *   actors did up to run N.
 * - `pending.json` says which files a killed run may have left. `lock` lets one process at a time work.
 *
 * A caller loops over the periods of a report like this:
 *
 *     const history = openHistory({ folder, report: 'daily', lookback, version });  // takes the lock
 *     try {
 *       for (const due of history.due) { …send it…; history.notified(due.run); }      // of a run that was killed before
 *       for (const period of periodsOver(kind, history.until ?? first, now)) {
 *         …a file that is in the way of an output: history.mayReplace(path), or an error…
 *         const run = history.begin({ period, settings, files });                     // pending.json
 *         const report = await hunt(…, { …context, run });                            // the two hunts of a run
 *         …write outputs and manifest…
 *         run.commit({ report, manifest, exceptions, message });                      // the checkpoint
 *         …or, if a foreign file has come in the way: run.disown(unwritten)           // pending.json again
 *         if (message !== null) { …send it…; history.notified(run.number); }
 *       }
 *     } finally {
 *       history.close();                                                              // releases the lock
 *     }
 *
 * `begin` refuses a period that does not begin where the last one ended. A run that ends before `commit` is
 * made again, with the same number. After `commit` it is complete.
 */
import { dirname, join } from 'node:path';
import type { Period } from '../cloudtrail/time/period.js';
import { formatInstant } from '../cloudtrail/time/time.js';
import { HuntError } from '../errors.js';
import type { Warning } from '../report/report.js';
import { removeAbandoned } from '../report/temporary.js';
import type { Checkpoint, DueNotification, ReportedFile } from './checkpoint.js';
import { FileMemory } from './file-memory.js';
import { HashList, NumberedHashList } from './hash-list.js';
import { readAgain, reasonToForget } from './forgetting.js';
import { HistoryFolder } from './history-folder.js';
import { identityOf } from '../report/identity.js';
import { ScheduledRun, type Outcome } from './scheduled-run.js';
import { ReportedFindings } from './reported-findings.js';
import { remembered, rememberedSince, SeenMemory } from './seen-memory.js';

export interface HistoryRequest {
  /** The folder of all reports' histories. */
  readonly folder: string;
  /** The name of the report, which is also that of its folder. */
  readonly report: string;
  /** How long after an event its file may still come, in milliseconds. */
  readonly lookback: number;
  /** Of hunt. */
  readonly version: string;
  /** Called before each step that changes a file, with its name. For tests, which throw from it. */
  readonly onStep?: ((step: string) => void) | undefined;
}

export interface RunStart {
  readonly period: Period;
  /** A fingerprint of what decides what is found in a file: rules, parameters, exclusions. */
  readonly settings: string;
  /** Absolute paths of all files that the run writes. */
  readonly files: readonly string[];
}

/** Opens the history of a report. Throws a HuntError if it is damaged, or if another process makes the report. */
export function openHistory(request: HistoryRequest): History {
  return new History(request);
}

export class History {
  readonly #request: HistoryRequest;
  readonly #folder: HistoryFolder;
  #checkpoint: Checkpoint | undefined;

  constructor(request: HistoryRequest) {
    const { folder, report, onStep } = request;
    this.#request = request;
    this.#folder = new HistoryFolder({ path: join(folder, report), report, onStep });
    try {
      this.#checkpoint = this.#folder.checkpoint();
    } catch (error) {
      this.#folder.close();
      throw error;
    }
  }

  /** How many runs there were. */
  get runs(): number {
    return this.#checkpoint?.runs ?? 0;
  }

  /** When the last period that was reported ends, and so the next one begins; undefined before the first run. */
  get until(): number | undefined {
    return this.#checkpoint?.until;
  }

  /** When the first period began; undefined before the first run. */
  get first(): number | undefined {
    return this.#checkpoint?.first;
  }

  /** The IDs of the exceptions that covered a finding of any run. */
  get exceptions(): readonly string[] {
    return this.#checkpoint?.exceptions ?? [];
  }

  /** The runs that nobody was notified of, because they were killed before, the oldest first. */
  get due(): readonly DueNotification[] {
    return this.#checkpoint?.due ?? [];
  }

  /** Whether a run that was killed left this file, so that the next run may overwrite it. `path` is absolute. */
  mayReplace(path: string): boolean {
    return this.#leftBehind(this.runs + 1).has(path);
  }

  /**
   * Begins the run of the next period. Throws a HuntError if the period is not the next one, or if the history cannot be written.
   */
  begin({ period, settings, files }: RunStart): ScheduledRun {
    const before = this.#checkpoint;
    if (before !== undefined) refuseOther(before, period);
    const number = this.runs + 1;
    const leftBehind = this.#leftBehind(number);
    for (const folder of new Set([...leftBehind].map((path) => dirname(path))))
      removeAbandoned(folder);
    const pending = {
      run: number,
      period: period.name,
      files: [...new Set([...leftBehind, ...files])],
    };
    this.#folder.writePending(pending);
    const { known, warnings } = this.#knownFiles(settings);
    const lateWindow = this.#lateWindow(period);
    return new ScheduledRun({
      report: this.#request.report,
      number,
      period,
      previous: before === undefined ? null : { number: before.runs, period: before.period },
      previousManifest: before?.manifest ?? null,
      lateWindow,
      reported: new ReportedFindings(() =>
        (before?.reported ?? []).map((file) => ({
          until: file.until,
          list: this.#reportedList(file),
        })),
      ),
      files: new FileMemory({
        known,
        since: period.since,
        until: period.until,
        hasLate: lateWindow !== undefined,
      }),
      seen: this.#seen(settings),
      reportedLosses: new Set(before?.losses),
      warnings,
      commit: (run, outcome) => this.#commit(run, settings, outcome),
      leftBehind: [...leftBehind].filter((path) => !files.includes(path)),
      disown: (paths) =>
        this.#folder.writePending({
          ...pending,
          files: pending.files.filter((path) => !paths.includes(path)),
        }),
    });
  }

  /** Says that somebody was notified of a run, or that nobody needs to be. */
  notified(run: number): void {
    const { due } = this;
    if (this.#checkpoint === undefined || !due.some((one) => one.run === run)) return;
    this.#keep({ ...this.#checkpoint, due: due.filter((one) => one.run !== run) });
  }

  /** Says which addresses have been told of a run, where others have not. */
  notifiedSome(run: number, sent: readonly string[]): void {
    if (this.#checkpoint === undefined) return;
    const due = this.due.map((one) => (one.run === run ? { ...one, sent } : one));
    this.#keep({ ...this.#checkpoint, due });
  }

  /** Lets other processes make the report. */
  close(): void {
    this.#folder.close();
  }

  /** The lookback before a period, as far as the history remembers it; undefined in the first run, and where nothing is left of it. */
  #lateWindow(period: Period): ScheduledRun['lateWindow'] {
    if (this.#checkpoint === undefined) return undefined;
    const { remembersSince } = this.#checkpoint;
    const since = Math.max(remembersSince, period.since - this.#request.lookback);
    return since < period.since ? { since, until: period.since } : undefined;
  }

  #commit(run: ScheduledRun, settings: string, outcome: Outcome): void {
    const before = this.#checkpoint;
    const { number, period } = run;
    const { report, manifest, message } = outcome;
    const identities = new Set<string>();
    for (const finding of report.findings) identities.add(identityOf(finding));
    const reported = this.#folder.writeData(
      `reported-${number}.bin`,
      HashList.of(identities).bytes,
    );
    const files = this.#folder.writeData(`files-${number}.bin`, run.files.toBytes());
    const seen = this.#folder.writeData(
      `seen-${number}.bin`,
      remembered(run.seen, report.findings, period.until).bytes,
    );
    const remembersSince = Math.max(
      before?.remembersSince ?? period.since,
      period.until - this.#request.lookback,
    );
    const all: readonly ReportedFile[] = [
      ...(before?.reported ?? []),
      { ...reported, until: period.until },
    ];
    const checkpoint: Checkpoint = {
      report: this.#request.report,
      version: this.#request.version,
      kind: period.kind,
      runs: number,
      first: before?.first ?? period.since,
      until: period.until,
      period: period.name,
      remembersSince,
      settings,
      manifest,
      reported: all.filter(({ until }) => until > remembersSince),
      files,
      seen: { ...seen, since: rememberedSince(run.seen, period) },
      losses: run.losses(report.files),
      exceptions: [...new Set([...this.exceptions, ...outcome.exceptions])].toSorted(),
      due: [
        ...this.due,
        ...(message === null ? [] : [{ run: number, period: period.name, message }]),
      ],
    };
    this.#keep(checkpoint);
    this.#folder.tidy(checkpoint);
  }

  #keep(checkpoint: Checkpoint): void {
    this.#folder.writeCheckpoint(checkpoint);
    this.#checkpoint = checkpoint;
  }

  /** The absolute paths of what killed runs may have left. */
  #leftBehind(number: number): ReadonlySet<string> {
    const pending = this.#folder.pending();
    // A run that was killed after its checkpoint is complete: its outputs are no leftovers.
    return new Set(pending?.run === number ? pending.files : []);
  }

  #knownFiles(settings: string): {
    readonly known: NumberedHashList | undefined;
    readonly warnings: readonly Warning[];
  } {
    const before = this.#checkpoint;
    if (before === undefined) return { known: undefined, warnings: [] };
    const why = reasonToForget(before, { settings, version: this.#request.version });
    const known = why === undefined ? this.#folder.readNumberedList(before.files) : undefined;
    if (known instanceof NumberedHashList) return { known, warnings: [] };
    return { known: undefined, warnings: [readAgain(why ?? `${before.files.name}: ${known}`)] };
  }

  /** Undefined where what is found has changed: then much would look new that is not. */
  #seen(settings: string): SeenMemory | undefined {
    const before = this.#checkpoint;
    if (before === undefined || before.seen === null) return undefined;
    if (reasonToForget(before, { settings, version: this.#request.version }) !== undefined)
      return undefined;
    const list = this.#folder.readNumberedList(before.seen);
    return list instanceof NumberedHashList ? new SeenMemory(list, before.seen.since) : undefined;
  }

  #reportedList(file: ReportedFile): HashList {
    const list = this.#folder.readList(file);
    if (list instanceof HashList) return list;
    throw this.#folder.damaged(file.name, list);
  }
}

function refuseOther(before: Checkpoint, period: Period): void {
  if (period.kind !== before.kind)
    throw new HuntError(
      'CONFIG',
      `the report "${before.report}" has a run for each ${before.kind}, up to ${before.period}: give a report for each ${period.kind} another name`,
    );
  if (period.since !== before.until)
    throw new HuntError(
      'USAGE',
      `the period ${period.name} is not the next one of the report "${before.report}": that begins at ${formatInstant(before.until)}`,
    );
}

/** Hunts a table elsewhere for the command: journal, interruption, and what is said of them. */
import { homedir } from 'node:os';
import { join } from 'node:path';
import { HuntError } from '../../errors.js';
import type { Execution, TableEngine, ExecutionProgress } from '../../engine/engine.js';
import { openAthena, type AthenaTarget, type OpenAthena } from '../../hunt/table/athena.js';
import { dryRunText } from '../../hunt/table/dry-run.js';
import { runTableHunt, type TableHuntRequest } from '../../hunt/table/hunt.js';
import { identityOf } from '../../hunt/table/identity.js';
import { FileJournal } from '../../hunt/table/journal.js';
import { planTable, type PlanRequest, type HuntedTable } from '../../hunt/table/plan.js';
import { openTrino } from '../../hunt/table/trino.js';
import type { Report } from '../../report/report.js';
import type { RemoteOptions } from '../options/table-options.js';
import { bytesText } from '../../text/bytes-text.js';
import { readLimit } from '../options/size.js';
import { trinoTargetOf, type Target } from '../options/target.js';
import type { World } from '../world.js';

export interface RemoteHunt {
  readonly ask: PlanRequest;
  readonly options: RemoteOptions;
  /** The window as it was given: a hunt that is resumed was given the same. */
  readonly given: readonly (string | undefined)[];
  readonly price: number;
  readonly config: Report['source']['config'];
  readonly warnings: TableHuntRequest['warnings'];
  /** Says what must be known even where nothing but the report is wanted. */
  readonly say: (line: string) => void;
  readonly onProgress: (progress: ExecutionProgress) => void;
  readonly onPart: (done: number, total: number) => void;
}

export interface RemoteOutcome {
  readonly report: Report;
  /** To be called when the report is delivered: before that the hunt can still be resumed. */
  readonly done: () => void;
}

/** Hunts in Athena; undefined for a dry run, which is printed. Throws HuntErrors. */
export async function huntAthena(
  target: AthenaTarget,
  hunt: RemoteHunt,
  world: World,
): Promise<RemoteOutcome | undefined> {
  const { options, say, onProgress } = hunt;
  const maxScan = readLimit(options.maxScan, '--max-scan');
  const open = await openAthena(target, world.signal);
  const stop = new AbortController();
  let engine: TableEngine | undefined;
  try {
    if (printed(open.table, hunt, world)) return undefined;
    const journal = journalOf(open, hunt, world);
    engine = open.engine({
      journal,
      maxScan,
      onProgress,
      signal: AbortSignal.any([world.signal, stop.signal]),
    });
    const ask = options.resume === true ? { ...hunt.ask, ...journal.bounds } : hunt.ask;
    const report = await huntOn(engine, open.table, { ...hunt, ask }, stop, world).catch(
      async (error: unknown) => {
        await engine?.close();
        sayStopped(engine?.executions() ?? [], say);
        if (journal.canResume)
          say('hunt: the same command with --resume goes on where this one ended');
        throw error;
      },
    );
    return { report, done: () => journal.remove() };
  } finally {
    await engine?.close();
    open.client.destroy();
  }
}

/** Hunts in Trino; undefined for a dry run, which is printed. Throws HuntErrors. */
export async function huntTrino(
  target: Extract<Target, { readonly kind: 'trino' }>,
  hunt: RemoteHunt,
  world: World,
): Promise<RemoteOutcome | undefined> {
  if (hunt.options.resume === true)
    throw new HuntError(
      'USAGE',
      '--resume: Trino keeps no results, so there is nothing to go on with',
    );
  const stop = new AbortController();
  const { table, engine } = await openTrino({
    ...trinoTargetOf(target, world, AbortSignal.any([world.signal, stop.signal])),
    maxScan: readLimit(hunt.options.maxScan, '--max-scan'),
    onProgress: hunt.onProgress,
  });
  try {
    if (printed(table, hunt, world)) return undefined;
    const report = await huntOn(engine, table, hunt, stop, world);
    return { report, done: () => undefined };
  } finally {
    await engine.close();
  }
}

function huntOn(
  engine: TableEngine,
  table: HuntedTable,
  hunt: RemoteHunt,
  stop: AbortController,
  world: World,
): Promise<Report> {
  return runTableHunt({
    ...hunt.ask,
    table,
    engine,
    stop: () => stop.abort(),
    atOnce: hunt.options.parallel,
    price: table.engine === 'athena' ? hunt.price : undefined,
    version: world.version,
    config: hunt.config,
    warnings: hunt.warnings,
    onPart: hunt.onPart,
  });
}

function printed(table: HuntedTable, { ask, options }: RemoteHunt, world: World): boolean {
  if (options.dryRun !== true) return false;
  world.stdout.write(dryRunText(table, planTable(table, ask)));
  return true;
}

function journalOf(open: OpenAthena, hunt: RemoteHunt, world: World): FileJournal {
  const folder = stateFolder(world.environment);
  const plan = planTable(open.table, hunt.ask);
  const identity = JSON.stringify([identityOf(open.table, plan), hunt.given.map(String)]);
  const warn = (reason: string): void =>
    hunt.say(`hunt: this hunt could not be resumed: ${reason}`);
  if (hunt.options.resume === true) {
    const journal = FileJournal.resume(folder, identity, warn);
    const { since, until } = journal.bounds.window;
    const text = (instant: number | undefined): string =>
      instant === undefined ? '…' : new Date(instant).toISOString();
    hunt.say(`hunt: resuming the hunt of ${text(since)} to ${text(until)}`);
    return journal;
  }
  const { window, late, now } = hunt.ask;
  return FileJournal.create(folder, identity, { window, late, now }, warn);
}

/** Where programs keep what they must not lose. Source: https://specifications.freedesktop.org/basedir-spec/latest/ */
function stateFolder(environment: World['environment']): string {
  const state = environment['XDG_STATE_HOME'] || environment['LOCALAPPDATA'];
  return join(state || join(environment['HOME'] || homedir(), '.local', 'state'), 'hunt');
}

function sayStopped(executions: readonly Execution[], say: (line: string) => void): void {
  const stopped = executions.filter(({ state }) => state === 'stopped').length;
  const running = executions.filter(({ state }) => state === 'running');
  const bytes = executions.reduce(
    (total, execution) => total + (execution.state === 'failed' ? 0 : execution.bytes),
    0,
  );
  if (executions.length === 0) return;
  const queries = `${stopped} ${stopped === 1 ? 'query was' : 'queries were'} stopped`;
  const ids = running.map(({ id }) => id).join(', ');
  const still = running.length === 0 ? '' : `; not known to have stopped: ${ids}`;
  say(`hunt: ${queries}${still}; ${bytesText(bytes)} were seen to be read, and are billed`);
}

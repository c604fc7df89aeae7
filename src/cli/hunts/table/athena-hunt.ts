/** A hunt over a table in Athena, for the command: it can be resumed, and it says what an interruption may have cost. */
import { openAthena, type AthenaTarget, type OpenAthena } from '../../../hunt/table/athena.js';
import type { CommandContext } from '../../context.js';
import type { HuntResult } from '../hunt-settings.js';
import { openJournal, resumedRequest } from './open-journal.js';
import { stoppedText } from './stopped-text.js';
import type { TableHuntSettings } from './table-hunt-settings.js';
import { printDryRun, tableReport } from './table-report.js';

/** The report; undefined for a dry run, which is printed. Throws HuntErrors. */
export async function huntAthena(
  target: AthenaTarget,
  hunt: TableHuntSettings,
  context: CommandContext,
): Promise<HuntResult | undefined> {
  const open = await openAthena(target, context.signal);
  try {
    if (!hunt.run.dryRun) return await runQueries(open, hunt, context);
    printDryRun(open.table, hunt.planRequest, context);
    return undefined;
  } finally {
    open.client.destroy();
  }
}

async function runQueries(
  open: OpenAthena,
  hunt: TableHuntSettings,
  context: CommandContext,
): Promise<HuntResult> {
  const { table } = open;
  const journal = openJournal(table, hunt, context);
  const stop = new AbortController();
  const engine = open.engine({
    journal,
    maxScan: hunt.maxScan,
    onProgress: (state) => hunt.progress.update(state),
    signal: AbortSignal.any([context.signal, stop.signal]),
  });
  try {
    const planRequest = hunt.run.resume
      ? resumedRequest(hunt.planRequest, journal.bounds)
      : hunt.planRequest;
    const report = await tableReport({
      table,
      engine,
      planRequest,
      hunt,
      stop,
      version: context.version,
    });
    return { report, inputs: null, onWritten: () => journal.remove() };
  } catch (error) {
    await engine.close();
    const stopped = stoppedText(engine.executions(), true);
    if (stopped !== undefined) hunt.say(`hunt: ${stopped}`);
    if (hunt.run.resume === undefined) journal.remove();
    else if (journal.canResume)
      hunt.say('hunt: run the same command with --resume to continue where this hunt stopped');
    throw error;
  } finally {
    await engine.close();
  }
}

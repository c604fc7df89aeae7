/** A hunt over a table in Trino, for the command. */
import { HuntError } from '../../../errors.js';
import { openTrino } from '../../../hunt/table/trino.js';
import type { CommandContext } from '../../context.js';
import type { TrinoTableTarget } from '../../options/target/target.js';
import { trinoSettings } from '../../options/target/trino-settings.js';
import type { HuntResult } from '../hunt-settings.js';
import { stoppedText } from './stopped-text.js';
import type { TableHuntSettings } from './table-hunt-settings.js';
import { printDryRun, tableReport } from './table-report.js';

/** The report; undefined for a dry run, which is printed. Throws HuntErrors. */
export async function huntTrino(
  target: TrinoTableTarget,
  hunt: TableHuntSettings,
  context: CommandContext,
): Promise<HuntResult | undefined> {
  if (hunt.run.resume)
    throw new HuntError(
      'USAGE',
      '--resume works with Athena only: Trino keeps no results of an interrupted hunt. Run the hunt again without it',
    );
  const { planRequest, maxScan, progress } = hunt;
  const stop = new AbortController();
  const settings = trinoSettings(target, context.environment, {
    signal: AbortSignal.any([context.signal, stop.signal]),
    maxScan,
    onProgress: (state) => progress.update(state),
  });
  const { table, engine } = await openTrino(settings);
  try {
    if (hunt.run.dryRun) {
      printDryRun(table, planRequest, context);
      return undefined;
    }
    const report = await tableReport({
      table,
      engine,
      planRequest,
      hunt,
      stop,
      version: context.version,
    });
    return { report, inputs: null, onWritten: () => undefined };
  } catch (error) {
    await engine.close();
    const stopped = stoppedText(engine.executions(), false);
    if (stopped !== undefined) hunt.say(`hunt: ${stopped}`);
    throw error;
  } finally {
    await engine.close();
  }
}

/** The journal of a hunt in Athena: where it is, and whether a new hunt starts or an interrupted one continues. */
import { homedir } from 'node:os';
import { join } from 'node:path';
import { planIdentity } from '../../../hunt/table/plan/identity.js';
import type { HuntBounds } from '../../../hunt/table/journal/journal-file.js';
import { FileJournal } from '../../../hunt/table/journal/journal.js';
import { planTable, type PlanRequest } from '../../../hunt/table/plan/plan.js';
import type { HuntedTable } from '../../../hunt/table/plan/hunted-table.js';
import type { CommandContext } from '../../context.js';
import type { TableHuntSettings } from './table-hunt-settings.js';

/** A new journal; with `--resume`, the journal of the interrupted hunt. Throws a HuntError if there is nothing to resume. */
export function openJournal(
  table: HuntedTable,
  hunt: TableHuntSettings,
  { environment }: Pick<CommandContext, 'environment'>,
): FileJournal {
  const folder = stateFolder(environment);
  const plan = planTable(table, hunt.planRequest);
  const identity = JSON.stringify([
    planIdentity(table, plan),
    hunt.windowWords,
    hunt.planRequest.trustPaths === true,
  ]);
  const warn = (reason: string): void =>
    hunt.say(`hunt: if this hunt is interrupted, it cannot be resumed: ${reason}`);
  if (hunt.run.resume) {
    const journal = FileJournal.resume({ folder, identity, warn });
    const { since, until } = journal.bounds.window;
    hunt.say(`hunt: resuming the hunt of ${instantText(since)} to ${instantText(until)}`);
    return journal;
  }
  const { window, late, now } = hunt.planRequest;
  return FileJournal.create({ folder, identity, warn }, { window, late, now });
}

/** The request with the window of the interrupted hunt, and not with a window that ends now. */
export function resumedRequest(
  planRequest: PlanRequest,
  { window, late, now }: HuntBounds,
): PlanRequest {
  return { ...planRequest, window, late, now };
}

function instantText(instant: number | undefined): string {
  return instant === undefined ? '…' : new Date(instant).toISOString();
}

/** Where programs keep their state. Source: https://specifications.freedesktop.org/basedir-spec/latest/ */
function stateFolder(environment: CommandContext['environment']): string {
  const state = environment['XDG_STATE_HOME'] || environment['LOCALAPPDATA'];
  return join(state || join(environment['HOME'] || homedir(), '.local', 'state'), 'hunt');
}

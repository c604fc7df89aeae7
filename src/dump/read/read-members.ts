/** Reads the members of an archive one after the other, each like a file. What is damaged is named, and the others are read. */
import { fileReason } from '../find/discover.js';
import { accountAndRegionOf } from '../find/names.js';
import { OUTSIDE_WINDOW, reasonToSkip } from '../find/path-filter.js';
import type { Member } from '../open/archive/member.js';
import type { UnpackBudget } from '../open/unpack-budget.js';
import type { ReadSettings } from './read-settings.js';
import type { Outcome, Source } from './source.js';
import type { SummaryBuilder } from './summary/summary.js';
import { judged, nothing } from './verdict.js';

/** An archive may have millions of damaged members. This many are named in the summary; the others are counted. */
const MAX_NAMED = 1000;
interface MembersReading {
  readonly settings: Pick<ReadSettings, 'filter'>;
  readonly summary: SummaryBuilder;
  /** What all members together may unpack to. */
  readonly total: UnpackBudget;
  readonly signal: AbortSignal | undefined;
  readonly read: (member: Member) => Promise<Outcome>;
  /** Called for a member that is outside of the window, so that nothing of it was read. */
  readonly onOutside: () => void;
}

/** Never throws because of the archive. */
export async function readMembers(
  archive: Source,
  members: AsyncIterable<Member>,
  { settings, summary, total, signal, read, onOutside }: MembersReading,
): Promise<Outcome> {
  const memberNames: string[] = [];
  let isEmpty = true;
  let logs = 0;
  let lost = 0;
  const lose = (reason: string): void => {
    summary.lose(archive.path, reason);
    lost += 1;
  };
  try {
    for await (const member of members) {
      if (signal?.aborted === true) return 'counted';
      isEmpty = false;
      const { name, size, isFile } = member;
      if (accountAndRegionOf(name) !== undefined) memberNames.push(`${archive.path}!/${name}`);
      const skip = isFile ? reasonToSkip(name, () => size, settings.filter) : 'no regular file';
      const outcome = skip === undefined ? await read(member) : undefined;
      if (skip !== undefined) summary.skip(skip);
      if (skip === OUTSIDE_WINDOW) onOutside();
      if (typeof outcome === 'object') {
        summary.add(`${archive.path}!/${name}`, outcome, lost < MAX_NAMED);
        if (outcome.lost !== undefined) lost += 1;
      }
      if (outcome === 'counted' || (typeof outcome === 'object' && outcome.isLog)) logs += 1;
      total.check();
    }
  } catch (error) {
    lose(fileReason(error));
  }
  summary.noteNames(memberNames);
  if (lost > MAX_NAMED) lose(`${lost - MAX_NAMED} more of its members could not be read`);
  if (isEmpty && lost === 0) return nothing('empty archive');
  const isVain = logs === 0 && lost === 0 && archive.chosen === 'by the user';
  return isVain ? judged(nothing('an archive'), archive.chosen) : 'counted';
}

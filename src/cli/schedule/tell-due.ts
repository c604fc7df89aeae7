/** Sends the notices of earlier runs that could not be sent, or whose run was killed before. */
import type { History } from '../../history/history.js';
import { readNotice } from '../../report/notice/read.js';
import type { CommandContext } from '../context.js';
import { sendToAll } from '../notices/tell.js';
import type { Schedule } from './schedule.js';

export async function tellDue(
  history: History,
  { telling }: Pick<Schedule, 'telling'>,
  context: CommandContext,
): Promise<void> {
  if (telling.addresses.length === 0) return;
  for (const { run, message } of history.due) {
    const notice = readNotice(message);
    if (notice === undefined || (await sendToAll(notice, telling, context))) history.notified(run);
  }
}

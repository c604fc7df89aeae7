/**
 * Sends the notices of runs. If an address could not be reached, the next run sends the notice to this address again, and not to
 * the others.
 */
import { createHash } from 'node:crypto';
import type { History } from '../../history/history.js';
import type { Notice } from '../../report/notice/notice.js';
import { readNotice } from '../../report/notice/read.js';
import type { CommandContext } from '../context.js';
import { sendToAll } from '../notices/send-notices.js';
import type { NotifyAddress } from '../options/hunt-yml/notify.js';
import type { Schedule } from './schedule.js';

/** Sends the notices of earlier runs that could not be sent, or whose run was killed before. */
export async function sendDueNotices(
  history: History,
  { recipients }: Pick<Schedule, 'recipients'>,
  context: CommandContext,
): Promise<void> {
  // Of an address that does not answer, many notices may be due, and each attempt takes long.
  let addresses = recipients.addresses;
  for (const { run, message, sent = [] } of history.due) {
    if (addresses.length === 0) return;
    const notice = readNotice(message);
    if (notice === undefined) history.notified(run);
    else {
      const silent = await sendRunNotice(
        history,
        { run, notice, sent, recipients, addresses },
        context,
      );
      addresses = addresses.filter((address) => !silent.includes(address));
    }
  }
}

interface RunNotice extends Pick<Schedule, 'recipients'> {
  readonly run: number;
  readonly notice: Notice;
  /** Fingerprints of the addresses that have the notice. */
  readonly sent: readonly string[];
  /** Those that are tried. */
  readonly addresses: readonly NotifyAddress[];
}

/** Sends the notice of a run to those of `addresses` that do not have it. Gives the addresses that do not answer. */
export async function sendRunNotice(
  history: History,
  { run, notice, sent, recipients, addresses }: RunNotice,
  context: CommandContext,
): Promise<readonly NotifyAddress[]> {
  const waiting = addresses.filter((address) => !sent.includes(fingerprintOf(address)));
  const sendings = await sendToAll(notice, waiting, context);
  const have = new Set(sent);
  for (const { address, failure } of sendings)
    if (failure === undefined) have.add(fingerprintOf(address));
  if (recipients.addresses.every((address) => have.has(fingerprintOf(address))))
    history.notified(run);
  else if (have.size > sent.length) history.notifiedSome(run, [...have]);
  return sendings.flatMap(({ address, failure }) =>
    failure === undefined || failure.isRefused ? [] : address,
  );
}

/** The address itself is a secret. */
function fingerprintOf({ url }: NotifyAddress): string {
  return createHash('sha256').update(url.href).digest('hex').slice(0, 16);
}

/** Sends notices of a report that is written: to webhooks, and as a file with a mail. */
import { noticeOf, type Notice } from '../../report/notice/notice.js';
import type { Report } from '../../report/report.js';
import { writeFiles } from '../../report/write.js';
import { safeLine } from '../../text/safe-text.js';
import { causesOfThree } from '../reports/concerns.js';
import type { CommandContext } from '../context.js';
import type { NotifyAddress } from '../options/hunt-yml/notify.js';
import { isReplaceable, type Recipients } from './recipients.js';
import { postNotice, type Failure } from './webhook.js';

interface WrittenReport {
  readonly report: Report;
  readonly files: readonly string[];
  readonly allowEmpty: boolean;
}

/** Whether the notice is to be sent to an address. */
export function isToSend(
  { isNews }: Notice,
  { addresses }: Pick<Recipients, 'addresses'>,
): boolean {
  return isNews && addresses.length > 0;
}

/** The notice of a report. */
export function noticeAbout({ report, files, allowEmpty }: WrittenReport): Notice {
  return noticeOf(report, { incomplete: causesOfThree(report, allowEmpty), files });
}

/** Sends the notice of a report to all. Throws a HuntError if the mail cannot be written. */
export async function sendNotices(
  written: WrittenReport,
  recipients: Recipients,
  context: CommandContext,
): Promise<void> {
  const { addresses, mailBody } = recipients;
  const notice = noticeAbout(written);
  if (mailBody !== undefined) await writeMailBody(notice, mailBody, context);
  if (isToSend(notice, recipients)) await sendToAll(notice, addresses, context);
}

/** Writes the mail; an empty file if there is nothing to say. Throws a HuntError if it cannot be written. */
export async function writeMailBody(
  notice: Notice,
  file: string,
  { now, signal }: Pick<CommandContext, 'now' | 'signal'>,
): Promise<void> {
  const bytes = notice.isNews ? await mailOf(notice, now) : new Uint8Array();
  await writeFiles([{ path: file, chunks: only(bytes) }], { force: isReplaceable, signal });
}

async function mailOf(notice: Notice, date: number): Promise<Uint8Array> {
  // Loaded only here: what composes a mail is large.
  const { noticeMail } = await import('../../report/notice/mail.js');
  return noticeMail(notice, date);
}

async function* only(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

export interface Sending {
  readonly address: NotifyAddress;
  /** Undefined if it has the notice. */
  readonly failure: Failure | undefined;
}

/** Sends the notice to addresses, and says on stderr where that failed. */
export async function sendToAll(
  notice: Notice,
  addresses: readonly NotifyAddress[],
  { stderr, signal }: Pick<CommandContext, 'stderr' | 'signal'>,
): Promise<readonly Sending[]> {
  const sendings = await Promise.all(
    addresses.map(async (address) => ({
      address,
      failure: await postNotice(notice, address, signal),
    })),
  );
  for (const { failure } of sendings)
    if (failure !== undefined) stderr.write(`hunt: ${safeLine(failure.reason)}\n`);
  return sendings;
}

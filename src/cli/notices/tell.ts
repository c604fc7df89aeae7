/** Sends messages about a report that is written: to webhooks, and as a file with a mail. */
import { existsSync, readFileSync } from 'node:fs';
import { isNoticeMail } from '../../report/notice/mail-domain.js';
import { noticeOf, type Notice } from '../../report/notice/notice.js';
import type { Report } from '../../report/report.js';
import { checkTargets, writeFiles } from '../../report/write.js';
import type { Config } from '../options/hunt-yml/config.js';
import { placeholdersOf, type PlaceholderValues } from '../options/output-names.js';
import { filledPath } from '../outputs.js';
import { HuntError } from '../../errors.js';
import { safeLine } from '../../text/safe-text.js';
import { causesOfThree } from '../concerns.js';
import type { CommandContext } from '../context.js';
import { notifyAddress, type NotifyAddress } from '../options/hunt-yml/notify.js';
import { sendNotice, type Failure } from './send.js';

export interface Telling {
  readonly addresses: readonly NotifyAddress[];
  /** The file for the body of a mail. */
  readonly mailBody: string | undefined;
}

interface TellingOptions {
  readonly notify: readonly string[];
  readonly mailBody: string | undefined;
}

/** The options with the name of the mail's body filled in. Throws a HuntError where a placeholder has no value. */
export function filledMailBody(
  { notify, mailBody }: TellingOptions,
  values: PlaceholderValues,
): TellingOptions {
  return { notify, mailBody: mailBody === undefined ? undefined : filledPath(mailBody, values) };
}

/**
 * Where the command line sends messages. `notify` in hunt.yml is only for scheduled reports. Throws a HuntError for text that is no
 * address, and for a file that could not be written.
 */
export function tellingOf(
  { notify, mailBody }: TellingOptions,
  { environment }: Pick<CommandContext, 'environment'>,
): Telling {
  if (mailBody !== undefined) checkMailBody(mailBody);
  const addresses = notify.map((text) =>
    notifyAddress({ url: { text, where: '--notify' }, as: undefined }, environment),
  );
  return { addresses, mailBody };
}

/**
 * Where a scheduled report sends messages: to the addresses of the command line, or else of hunt.yml. Throws HuntErrors like
 * `tellingOf`, and for the name of a mail's body that is the same for each period.
 */
export function scheduledTelling(
  { notify, mailBody }: TellingOptions,
  config: Pick<Config, 'notify'>,
  context: Pick<CommandContext, 'environment'>,
): Telling {
  if (mailBody !== undefined && !placeholdersOf(mailBody).includes('period'))
    throw new HuntError(
      'USAGE',
      `--mail-body ${safeLine(mailBody)}: several periods may be due, so its name needs {period}`,
    );
  const { addresses } = tellingOf({ notify, mailBody: undefined }, context);
  const configured = config.notify.map((target) => notifyAddress(target, context.environment));
  return { addresses: notify.length > 0 ? addresses : configured, mailBody };
}

interface Told {
  readonly report: Report;
  readonly files: readonly string[];
  readonly allowEmpty: boolean;
}

/** Throws a HuntError if the body of a mail could not be written to this file. */
export function checkMailBody(path: string): void {
  checkTargets([path], isReplaceable);
}

/** Whether the notice is to be sent to anybody. */
export function isToTell({ isNews }: Notice, { addresses }: Pick<Telling, 'addresses'>): boolean {
  return isNews && addresses.length > 0;
}

/** The message about a report. */
export function noticeAbout({ report, files, allowEmpty }: Told): Notice {
  return noticeOf(report, { incomplete: causesOfThree(report, allowEmpty), files });
}

/** Sends the messages about the report of a hunt. Throws a HuntError if the mail cannot be written. */
export async function tell(told: Told, telling: Telling, context: CommandContext): Promise<void> {
  const { addresses, mailBody } = telling;
  if (addresses.length === 0 && mailBody === undefined) return;
  const notice = noticeAbout(told);
  if (mailBody !== undefined) await writeMailBody(notice, mailBody, context);
  if (isToTell(notice, telling)) await sendToAll(notice, addresses, context);
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

/** Whether an earlier mail, or one that says nothing, is in the file. */
function isReplaceable(path: string): boolean {
  if (!existsSync(path)) return false;
  const text = readFileSync(path, 'utf8');
  return text === '' || isNoticeMail(text);
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
      failure: await sendNotice(notice, address, signal),
    })),
  );
  for (const { failure } of sendings)
    if (failure !== undefined) stderr.write(`hunt: ${safeLine(failure.reason)}\n`);
  return sendings;
}

/** Decides before a hunt who gets a notice of its report. */
import { existsSync, readFileSync } from 'node:fs';
import { HuntError } from '../../errors.js';
import { isNoticeMail } from '../../report/notice/mail-domain.js';
import { checkTargets } from '../../report/targets.js';
import { safeLine } from '../../text/safe-text.js';
import type { CommandContext } from '../context.js';
import type { Config } from '../options/hunt-yml/config.js';
import { notifyAddress, type NotifyAddress } from '../options/hunt-yml/notify.js';
import { placeholdersOf, type PlaceholderValues } from '../options/report/output-names.js';
import { filledPath } from '../reports/outputs.js';

export interface Recipients {
  readonly addresses: readonly NotifyAddress[];
  /** The file for the body of a mail. */
  readonly mailBody: string | undefined;
}

/** Whether anybody is to get a notice. */
export function hasRecipients({ addresses, mailBody }: Recipients): boolean {
  return addresses.length > 0 || mailBody !== undefined;
}

interface NoticeOptions {
  readonly notify: readonly string[];
  readonly mailBody: string | undefined;
}

/** The options, with the placeholders in the file name of `--mail-body` filled in. Throws a HuntError if one has no value. */
export function filledMailBody(
  { notify, mailBody }: NoticeOptions,
  values: PlaceholderValues,
): NoticeOptions {
  return { notify, mailBody: mailBody === undefined ? undefined : filledPath(mailBody, values) };
}

/**
 * Where the command line sends notices. `notify` in hunt.yml is only for scheduled reports. Throws a HuntError for text that is no
 * address, and for a file that could not be written.
 */
export function recipientsOf(
  { notify, mailBody }: NoticeOptions,
  { environment }: Pick<CommandContext, 'environment'>,
): Recipients {
  if (mailBody !== undefined) checkMailBody(mailBody);
  const addresses = notify.map((text) =>
    notifyAddress({ url: { text, where: '--notify' }, as: undefined }, environment),
  );
  return { addresses, mailBody };
}

/**
 * Where a scheduled report sends notices: to the addresses of the command line, or else of hunt.yml. Throws HuntErrors like
 * `recipientsOf`, and for the name of a mail's body that is the same for each period.
 */
export function scheduledRecipients(
  { notify, mailBody }: NoticeOptions,
  config: Pick<Config, 'notify'>,
  context: Pick<CommandContext, 'environment'>,
): Recipients {
  if (mailBody !== undefined && !placeholdersOf(mailBody).includes('period'))
    throw new HuntError(
      'USAGE',
      `--mail-body ${safeLine(mailBody)}: several periods may be due, so its name needs {period}`,
    );
  const { addresses } = recipientsOf({ notify, mailBody: undefined }, context);
  const configured = config.notify.map((target) => notifyAddress(target, context.environment));
  return { addresses: notify.length > 0 ? addresses : configured, mailBody };
}

/** Throws a HuntError if the body of a mail could not be written to this file. */
export function checkMailBody(path: string): void {
  checkTargets([path], isReplaceable);
}

/** Whether an earlier mail, or one that says nothing, is in the file. */
export function isReplaceable(path: string): boolean {
  if (!existsSync(path)) return false;
  const text = readFileSync(path, 'utf8');
  return text === '' || isNoticeMail(text);
}

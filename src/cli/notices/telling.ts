/** Decides before a hunt whom it will tell about its report. */
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

export interface Telling {
  readonly addresses: readonly NotifyAddress[];
  /** The file for the body of a mail. */
  readonly mailBody: string | undefined;
}

/** Whether the report is for anybody beside its readers. */
export function isToTellAnybody({ addresses, mailBody }: Telling): boolean {
  return addresses.length > 0 || mailBody !== undefined;
}

interface TellingOptions {
  readonly notify: readonly string[];
  readonly mailBody: string | undefined;
}

/** The options, with the placeholders in the file name of `--mail-body` filled in. Throws a HuntError if one has no value. */
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

/** What a check of digests says, one sentence each. Every text that came from a file is bounded and harmless. */
import { minuteText } from '../../cloudtrail/time/time.js';
import { HOUR } from '../../cloudtrail/time/window.js';
import type { UncoveredReason } from '../../report/completeness/digest-check.js';
import { counted } from '../../text/counted.js';
import { safeLine } from '../../text/safe-text.js';
import { truncate, truncateStart } from '../../text/width.js';
import type { UncoveredGroup } from './logs/unclaimed.js';

/** In columns. */
const LONGEST_PATH = 1200;
const LONGEST_TEXT = 200;

/** The path of a file, harmless. Of a long one, the end says which file it is. */
export function pathText(path: string): string {
  return safeLine(truncateStart(path, LONGEST_PATH));
}

/** A text from a file, harmless, in at most 200 columns. */
export function shortText(text: string): string {
  return safeLine(truncate(text, LONGEST_TEXT));
}

function spanText(since: number, until: number): string {
  return since === until
    ? `at ${minuteText(since)}`
    : `from ${minuteText(since)} to ${minuteText(until)}`;
}

/** How many digests a time should have: one an hour. */
export function hoursIn(since: number, until: number): number {
  return Math.max(1, Math.round((until - since) / HOUR));
}

/**
 * Which digests are missing between two that are here. `isNamed`: the digest after them names the last one. Instants in
 * milliseconds, shown in UTC.
 */
export function gapMessage(since: number, until: number, isNamed: boolean): string {
  const hours = hoursIn(since, until);
  const digests = hours === 1 ? 'the digest' : `about ${hours} digests`;
  const be = hours === 1 ? 'is' : 'are';
  return isNamed
    ? `${digests} ${spanText(since, until)} ${be} missing: the next digest names ${hours === 1 ? 'it' : 'the last of them'}`
    : `${digests} ${spanText(since, until)} ${be} missing: the digests around it leave that time out`;
}

/**
 * That the window begins before the first digest, though the first one names an older one. Instants in milliseconds, shown
 * in UTC.
 */
export function beginningMessage(since: number, until: number): string {
  return `no digest ${spanText(since, until)}, the beginning of the window: the first digest that is here names the one before it`;
}

/** That the digests end before the window does. Instants in milliseconds, shown in UTC. */
export function endMessage(since: number, until: number): string {
  return `no digest ${spanText(since, until)}, the end of the window: digests were deleted or not copied, or CloudTrail wrote none`;
}

/** How many digests cannot be proven because this public key is missing, and in which regions. */
export function keyMessage(fingerprint: string, digests: number, regions: string): string {
  return `the public key ${shortText(fingerprint)} of ${counted(digests, 'digest')} in ${shortText(regions)} is not at hand, so ${digests === 1 ? 'it is' : 'they are'} not proven`;
}

/** The names of files, and why no digest covers these: `with a name that CloudTrail does not give, …`. */
export function otherName(isMany: boolean): string {
  return `${isMany ? 'names' : 'a name'} that CloudTrail does not give, so no digest can be found for ${isMany ? 'them' : 'it'}`;
}

const UNCOVERED: Readonly<Record<UncoveredReason, (where: string, isMany: boolean) => string>> = {
  'no digest': (where) => `of ${where}, for which there is no digest`,
  'before the first digest': (where) => `of ${where} before the first digest`,
  'after the last digest': (where) => `of ${where} after the last digest`,
  'between digests': (where) =>
    `of ${where} between sound digests: validation or logging was off, or digests are missing or altered`,
  'another trail': (where, isMany) =>
    `of ${where} in the time of digests that do not name ${isMany ? 'them' : 'it'}: another trail without validation wrote ${isMany ? 'them' : 'it'}, or somebody added ${isMany ? 'them' : 'it'}`,
  'other name': (_, isMany) => `with ${otherName(isMany)}`,
};

/** How many log files of a place no digest covers, why, and from when to when (UTC, by their names). */
export function uncoveredMessage({
  why,
  account,
  region,
  logs,
  since,
  until,
}: UncoveredGroup): string {
  const where = account === null ? 'unknown accounts' : `${account} ${region ?? ''}`.trim();
  const when = since === undefined || until === undefined ? '' : ` (${spanText(since, until)})`;
  return `${counted(logs, 'log file')} ${UNCOVERED[why](where, logs > 1)}${when}`;
}

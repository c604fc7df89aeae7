/** The last day of something that ends, such as an exception. */
import { formatInstant, isDayText } from '../../../cloudtrail/time/time.js';
import { endOf } from '../../../disposition/exceptions/covers.js';
import { HuntError } from '../../../errors.js';
import { readDuration } from './window.js';

/** The day, `2026-12-31`, from a day or a duration. Throws a HuntError where it is neither, or over. `where` is the option. */
export function lastDay(
  text: string,
  { where, now }: { readonly where: string; readonly now: number },
): string {
  const day = /^\d{1,6}[hdw]$/.test(text)
    ? formatInstant(now + readDuration({ text, where })).slice(0, 10)
    : text;
  if (!isDayText(day))
    throw new HuntError('USAGE', `${where} ${JSON.stringify(text)} is not a day: write 2026-12-31`);
  if (endOf(day) <= now)
    throw new HuntError('USAGE', `${where} ${day} is over already: write a later day`);
  return day;
}

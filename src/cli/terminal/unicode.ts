/** Whether a terminal shows more letters than those of ASCII, as far as its locale says. */
import type { CommandContext } from '../context.js';

/** Only a locale that names another encoding, or the one of C, says no: many environments of schedulers have none. */
export function showsUnicode(environment: CommandContext['environment']): boolean {
  const locale = environment['LC_ALL'] || environment['LC_CTYPE'] || environment['LANG'];
  if (!locale) return true;
  return /utf-?8/i.test(locale) || !/^(?:C|POSIX)$|\./.test(locale);
}

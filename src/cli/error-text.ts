/** How an error reads on standard error. */
import { HuntError, reasonOf } from '../errors.js';
import { safeLine } from '../text/safe-text.js';

/** Whether `--debug` is given. It is looked for before options are parsed, for parsing may fail. */
export function wantsDebug(argv: readonly string[]): boolean {
  return argv.includes('--debug');
}

/** The message for anything thrown; with `debug` also the error's code and its stack. */
export function errorText(error: unknown, debug: boolean): string {
  const message = safeLines(reasonOf(error));
  const stack = debug && error instanceof Error ? `\n${safeLines(error.stack ?? '')}` : '';
  if (error instanceof HuntError)
    return `hunt: ${debug ? `[${error.code}] ` : ''}${message}${stack}`;
  return `hunt: internal error: ${message}${stack || ' (--debug prints where)'}`;
}

/** A message may quote a path or a rule, which may hold anything. Only its line breaks stay. */
function safeLines(text: string): string {
  return text.split('\n').map(safeLine).join('\n');
}

/** Writes errors for standard error. */
import { HuntError, reasonOf } from '../../errors.js';
import { safeLine, safeLines } from '../../text/safe-text.js';
import { sourceExcerpt } from './source-excerpt.js';

/** Whether `--debug` is given. This is checked before the options are parsed, because parsing may fail. */
export function wantsDebug(argv: readonly string[]): boolean {
  return argv.includes('--debug');
}

/** The message for anything thrown. With `debug` also the error's code, its stack, and the errors that caused it. */
export function errorText(error: unknown, debug: boolean): string {
  const isKnown = error instanceof HuntError;
  const label = isKnown ? (debug ? `[${error.code}] ` : '') : 'internal error: ';
  const hint = isKnown || debug ? '' : ' (--debug prints where)';
  const message = `hunt: ${label}${safeLines(reasonOf(error))}${hint}`;
  const source = isKnown && error.at !== undefined ? sourceExcerpt(error.at) : [];
  return [message, ...source, ...(debug ? stackLines(error) : [])].join('\n');
}

function stackLines(error: unknown): readonly string[] {
  if (!(error instanceof Error)) return [];
  const frames = (error.stack ?? '').split('\n').filter((line) => /^ +at /.test(line));
  const cause =
    error.cause === undefined
      ? []
      : [`caused by: ${safeLines(reasonOf(error.cause))}`, ...stackLines(error.cause)];
  return [...frames.map(safeLine), ...cause];
}

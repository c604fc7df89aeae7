/** The file with the exceptions of a hunt. */
import { existsSync } from 'node:fs';
import type { Config } from './hunt-yml/config.js';

/** What `hunt accept` writes where nothing names another file. */
const EXCEPTIONS_FILE = 'exceptions.yml';

/** The file that an option or hunt.yml names. */
export function namedExceptions(
  option: string | undefined,
  config: Config | undefined,
): string | undefined {
  return option ?? config?.exceptions;
}

/** The file that an entry is written to. */
export function exceptionsToWrite(option: string | undefined, config: Config | undefined): string {
  return namedExceptions(option, config) ?? EXCEPTIONS_FILE;
}

/** The file that is there, also where nothing names it; undefined if there is none. */
export function exceptionsIfThere(
  option: string | undefined,
  config: Config | undefined,
): string | undefined {
  return (
    namedExceptions(option, config) ?? (existsSync(EXCEPTIONS_FILE) ? EXCEPTIONS_FILE : undefined)
  );
}

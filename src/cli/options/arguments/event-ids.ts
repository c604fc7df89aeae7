/** Tells event IDs and logs apart on the command line: people write them in any order. */
import { existsSync } from 'node:fs';
import { HuntError } from '../../../errors.js';

export interface IdsAndLogs {
  /** Each once. */
  readonly ids: readonly string[];
  readonly paths: readonly string[];
}

/** An argument is a log if it is there, or is written as a path; else it is an ID. Throws a HuntError for a path of nothing. */
export function idsAndLogs(given: readonly string[]): IdsAndLogs {
  const isLog = (argument: string): boolean =>
    argument === '-' || argument.includes('/') || existsSync(argument);
  const paths = given.filter(isLog);
  const ids = [...new Set(given.filter((argument) => !isLog(argument)))];
  const wrong = ids.find(
    (id) => id.trim() === '' || /\.(?:json|gz|zip|tar|parquet|log|csv)$/i.test(id),
  );
  if (wrong !== undefined)
    throw new HuntError(
      'PATH',
      `no such file or folder, and no event ID: ${JSON.stringify(wrong)}`,
    );
  return { ids, paths };
}

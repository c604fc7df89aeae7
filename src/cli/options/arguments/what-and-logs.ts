/** Tells the resource from logs on the command line of `hunt what`. */
import { existsSync } from 'node:fs';
import { HuntError } from '../../../errors.js';
import { askedResource, type AskedResource } from '../../../rule/resource.js';

export interface WhatAndLogs {
  readonly resource: AskedResource;
  readonly paths: readonly string[];
}

/**
 * The first argument is the resource, unless it is a path and a later one is not: people write them in any order. Throws a HuntError
 * where there is no resource.
 */
export function whatAndLogs(given: readonly string[]): WhatAndLogs {
  const isLog = (argument: string): boolean =>
    argument === '-' || /^(?:\.{0,2}\/|s3:)/.test(argument) || existsSync(argument);
  const [first] = given;
  const named =
    first !== undefined && isLog(first)
      ? (given.find((argument) => !isLog(argument)) ?? (isPath(first) ? undefined : first))
      : first;
  if (named === undefined)
    throw new HuntError(
      'USAGE',
      `name the resource first, then the logs: an ID, a name or an ARN

  hunt what sg-0a1b2c3d4e5f60718 ./logs        everything that happened to this security group
  hunt what arn:aws:s3:::example-logs ./logs   … to this bucket`,
    );
  const at = given.indexOf(named);
  return {
    resource: askedResource(named),
    paths: given.filter((_, index) => index !== at),
  };
}

/** Written as a path, whatever is on the disk. */
function isPath(argument: string): boolean {
  return argument === '-' || /^(?:\.{0,2}\/|s3:)/.test(argument);
}

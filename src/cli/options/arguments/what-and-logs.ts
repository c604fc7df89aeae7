/** Tells the resource from logs on the command line of `hunt what`. */
import { existsSync } from 'node:fs';
import { isS3 } from '../../../dump/s3/uri.js';
import { HuntError } from '../../../errors.js';
import { namedResource, type NamedResource } from '../../../rule/resource/named-resource.js';

export interface WhatAndLogs {
  readonly resource: NamedResource;
  readonly paths: readonly string[];
}

/**
 * The first argument is the resource, unless it is logs and a later one is not: people write them in any order. Log groups and
 * parameters are written as paths are (`/aws/lambda/web`), so only what is there is logs. Throws a HuntError where there is no resource.
 */
export function whatAndLogs(given: readonly string[]): WhatAndLogs {
  const [first] = given;
  const named =
    first !== undefined && isLog(first)
      ? (given.find((argument) => !isLog(argument)) ?? (isWrittenAsPath(first) ? undefined : first))
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
    resource: namedResource(named),
    paths: given.filter((_, index) => index !== at),
  };
}

function isLog(argument: string): boolean {
  return argument === '-' || isS3(argument) || existsSync(argument);
}

/** A resource may be called as a folder here, as `web` is, but not as `./web` is. */
function isWrittenAsPath(argument: string): boolean {
  return argument === '-' || isS3(argument) || /^\.{0,2}\//.test(argument);
}

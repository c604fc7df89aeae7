/** Tells names, keys and addresses from logs on the command line of `hunt who`. */
import { existsSync } from 'node:fs';
import { HuntError } from '../../../errors.js';
import { isNameWithSlash, soughtBy } from '../../../rule/actor/name.js';
import type { Warning } from '../../../report/report.js';
import { indicatorOf, type Indicator } from '../../../rule/subject.js';
import { readNetwork } from '../../../network/addresses.js';
import { isS3 } from '../../../dump/s3/uri.js';

export interface WhoAndLogs {
  /** Each once, in the order given. */
  readonly indicators: readonly Indicator[];
  readonly paths: readonly string[];
  /** What is looked for in place of names of which no event has both halves. A saved report must say it too. */
  readonly warnings: readonly Warning[];
}

/**
 * The first argument is a text: somebody may be called as a folder here (`dana`), or as a path that is not here (`repo:acme/infra`).
 * Only a path that is here was put first by mistake. A further argument is a log if it is there or is written as a path. Throws a
 * HuntError where there is no text.
 */
export function whoAndLogs(given: readonly string[]): WhoAndLogs {
  const [first, ...others] = given;
  const isMistake = (text: string): boolean =>
    text === '-' || isS3(text) || (isWrittenAsPath(text) && existsSync(text));
  if (first === undefined || isLog(first, isMistake)) throw nobody();
  const isOther = (argument: string): boolean =>
    isLog(argument, (text) => isWrittenAsPath(text) || existsSync(text));
  const texts = [first, ...others.filter((argument) => !isOther(argument))];
  const indicators = texts.map(indicatorOf);
  const byText = new Map(indicators.map((one) => [`${one.kind} ${one.text}`, one]));
  return {
    indicators: [...byText.values()],
    paths: others.filter(isOther),
    warnings: texts.flatMap(widenedBy),
  };
}

function widenedBy(given: string): readonly Warning[] {
  const { text, leftOut } = soughtBy(given);
  return leftOut === null
    ? []
    : [
        {
          code: 'WHO_WIDENED',
          message: `${JSON.stringify(given)} is looked for as ${JSON.stringify(text)}, with all roles and keys that this one took. For everybody as ${leftOut}: hunt who ${JSON.stringify(leftOut)}`,
        },
      ];
}

/** ARNs and networks have slashes too. */
function isLog(argument: string, isPath: (argument: string) => boolean): boolean {
  const isText = argument.startsWith('arn:') || readNetwork(argument) !== undefined;
  return !isText && isPath(argument);
}

/**
 * Names of IAM have no slash, but `role/Admin` and `user/ann` are how reports name them. The subject of a pipeline has a colon before
 * its slash, as `repo:acme/infra`.
 */
function isWrittenAsPath(argument: string): boolean {
  if (argument === '-' || isS3(argument) || /^(?:\.{0,2}|~)\//.test(argument)) return true;
  return (
    argument.includes('/') &&
    !/^(?:(?:user|role|assumed-role|federated-user)\/|[^/]{2,}:)/.test(argument) &&
    !isNameWithSlash(argument)
  );
}

function nobody(): HuntError {
  return new HuntError(
    'USAGE',
    `name whom first, then the logs: a name or a part of one, an access key, or an address

  hunt who ann ./logs                     everything that ann did, with whatever key or role
  hunt who AKIAIOSFODNN7EXAMPLE ./logs    everything that was done with this key
  hunt who 203.0.113.0/24 ./logs          everything that came from this network`,
  );
}

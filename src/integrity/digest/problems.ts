/** What is wrong with digests and log files, as a report says it. */
import { digestNameOf } from '../../cloudtrail/file-name/digest-name.js';
import { formatInstant } from '../../cloudtrail/time/time.js';
import type { DigestProblem } from '../../report/completeness/digest-check.js';
import type { LostDigest } from '../../dump/digest/evidence.js';
import type { ChainNode } from './chain/node.js';
import type { Gap } from './chain/spans.js';
import { pathOf } from './logs/book.js';
import type { WrongLog, UnclaimedLog } from './logs/judge.js';
import { beginningMessage, endMessage, gapMessage, pathText, shortText } from './messages.js';
import type { Digest } from './read/digest.js';
import type { Judged } from './verify/judge.js';

/** Of nothing in particular. */
const NOWHERE = { path: null, account: null, region: null, since: null, until: null };

/** A digest that cannot be read. Its name alone says its account, its region and the end of its hour. */
export function unreadableDigest({ path, reason }: LostDigest): DigestProblem {
  const name = digestNameOf(path);
  return {
    ...NOWHERE,
    kind: 'digest unreadable',
    path: pathText(path),
    account: name?.account ?? null,
    region: name?.region ?? null,
    until: name === undefined ? null : formatInstant(name.end),
    message: `the digest cannot be read: ${shortText(reason)}`,
  };
}

/** A digest that was altered or whose signature is wrong, with the number of log files that it cannot prove. */
export function wrongDigest({ digest, status, reason }: Judged): DigestProblem {
  const kind = status === 'signature wrong' ? 'signature wrong' : 'digest altered';
  const what = kind === 'signature wrong' ? 'the signature is wrong' : 'the digest was altered';
  return {
    kind,
    ...placeOf(digest),
    message: `${what}: ${reason ?? 'it is not as CloudTrail wrote it'}; ${notProven(digest.logs)}`,
  };
}

function notProven(logs: number): string {
  if (logs === 0) return 'it names no log file';
  return logs === 1
    ? 'the log file that it names is not proven by it'
    : `the ${logs} log files that it names are not proven by it`;
}

/** A digest that no signature proves and that the digest after it does not name; nothing where the digest itself is not here. */
export function stranger({ judged }: ChainNode): readonly DigestProblem[] {
  if (judged === undefined) return [];
  const { digest } = judged;
  return [
    {
      kind: 'signature wrong',
      ...placeOf(digest),
      message: `nothing proves this digest, and the digest after it names another one before itself; ${notProven(digest.logs)}`,
    },
  ];
}

/** A digest that lies under the name or in the folder of another one. */
export function movedDigest(digest: Digest): DigestProblem {
  return {
    kind: 'digest in another place',
    ...placeOf(digest),
    message: `this file is the digest ${pathText(digest.key)}: it has the name or the folder of another one`,
  };
}

function placeOf({ path, name, since, until }: Digest): Omit<DigestProblem, 'kind' | 'message'> {
  return {
    path: pathText(path),
    account: name.account,
    region: name.region,
    since: formatInstant(since),
    until: formatInstant(until),
  };
}

/** Digests that are missing between others; its path is that of the last one, where the next digest names it. */
export function missingDigests({ since, until, named, before }: Gap): DigestProblem {
  const [first, last] = [Math.min(since, until), Math.max(since, until)];
  return {
    ...missing(before, first, last),
    path: named === null ? null : pathText(`${named.bucket}/${named.key}`),
    message: gapMessage(first, last, named !== null),
  };
}

/** The window begins before the oldest digest, which names the one before it. */
export function missingBeginning(oldest: ChainNode, since: number): DigestProblem {
  const { previous } = oldest;
  return {
    ...missing(oldest, since, oldest.since),
    path: previous ? pathText(`${previous.bucket}/${previous.key}`) : null,
    message: beginningMessage(since, oldest.since),
  };
}

/** The window ends after the newest digest. */
export function missingEnd(newest: ChainNode, until: number): DigestProblem {
  return {
    ...missing(newest, newest.until, until),
    path: null,
    message: endMessage(newest.until, until),
  };
}

function missing(
  { name }: ChainNode,
  since: number,
  until: number,
): Omit<DigestProblem, 'path' | 'message'> {
  return {
    kind: 'digest missing',
    account: name.account,
    region: name.region,
    since: formatInstant(since),
    until: formatInstant(until),
  };
}

const LOG_MESSAGES = {
  'log altered': 'its content is not the one that CloudTrail delivered',
  'log missing': 'a digest names it, and it is not here',
  'log unreadable': 'it cannot be unpacked to its end, so its content cannot be compared',
} as const;

/**
 * A log file that is altered, missing or unreadable. Its time is that of its events, where the digest states it, else that
 * in its name.
 */
export function wrongLog({ kind, entry, copy, claim, name }: WrongLog): DigestProblem {
  const path =
    copy !== undefined
      ? pathOf(entry, copy)
      : claim === undefined
        ? entry.name
        : `${claim.bucket}/${pathOf(entry, claim)}`;
  const [since, until] = [claim?.oldest ?? name?.time, claim?.newest ?? name?.time];
  return {
    kind,
    path: pathText(path),
    account: name?.account ?? null,
    region: name?.region ?? null,
    since: since === undefined ? null : formatInstant(since),
    until: until === undefined ? null : formatInstant(until),
    message: LOG_MESSAGES[kind],
  };
}

/** A log file that no digest names, in a time that digests cover. */
export function extraLog({ entry, copy, name }: UnclaimedLog): DigestProblem {
  const time = name === undefined ? null : formatInstant(name.time);
  return {
    kind: 'log extra',
    path: pathText(pathOf(entry, copy)),
    account: name?.account ?? null,
    region: name?.region ?? null,
    since: time,
    until: time,
    message:
      'no digest names it, though digests cover its time: somebody added it, another trail without validation wrote it, or it was delivered late and its backfill digest is not here',
  };
}

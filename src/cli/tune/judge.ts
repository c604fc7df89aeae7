/** What people decided about the findings of a report: the exceptions of today, or else what the report says. */
import { disposeBy } from '../../disposition/dispose.js';
import type { Exception } from '../../disposition/exceptions/exception.js';
import { endOf } from '../../disposition/exceptions/covers.js';
import { readExceptions } from '../../disposition/exceptions/read.js';
import { samePersonBy } from '../../disposition/person.js';
import { HuntError } from '../../errors.js';
import type { Finding } from '../../report/finding.js';
import type { Report } from '../../report/report.js';
import { safeLine } from '../../text/safe-text.js';
import { textOfFile } from '../files/read-file.js';
import type { Config } from '../options/hunt-yml/config.js';
import { meaningOfAll } from './entry.js';
import type { Judgement } from './propose.js';

/** An exception, as far as an exclusion takes over from it. */
export type Agreement = Pick<Exception, 'id' | 'reason' | 'owner' | 'expires'>;

export interface Judge {
  readonly judge: (finding: Finding) => Judgement;
  readonly agreements: readonly Agreement[];
}

export interface JudgeRequest {
  readonly report: Report;
  /** A file of exceptions; undefined if there is none. */
  readonly exceptions: string | undefined;
  /** Only what these exceptions accept counts as accepted; all if it is empty. */
  readonly only: readonly string[];
  /** A file with the IDs of the events that are confirmed; undefined where everything may be that nobody accepted. */
  readonly confirmed: string | undefined;
  readonly config: Pick<Config, 'exclusions'> | undefined;
  readonly now: number;
}

const MOST_IDS = 1_000_000;

/** Throws a HuntError if a file cannot be read, or an exception that is named is not there. */
export function judgeOf(request: JudgeRequest): Judge {
  const { report, exceptions, only, confirmed, config, now } = request;
  const read =
    exceptions === undefined
      ? undefined
      : readExceptions(textOfFile(exceptions), safeLine(exceptions));
  const agreements: readonly Agreement[] = read ?? report.exceptions;
  const missing = only.find((id) => agreements.every((one) => one.id !== id));
  if (missing !== undefined)
    throw new HuntError(
      'USAGE',
      `there is no exception ${safeLine(missing)}${exceptions === undefined ? ' in the report' : ` in ${safeLine(exceptions)}`}`,
    );
  const dispose =
    read &&
    disposeBy(
      {
        exceptions: read,
        matchedBefore: undefined,
        tickets: undefined,
        baseline: undefined,
        period: undefined,
        asOf: now,
      },
      samePersonBy(report.links),
    );
  const written = meaningOfAll(
    (config?.exclusions.add ?? []).filter(({ until }) => until === null || now < endOf(until)),
  );
  const ids = confirmed === undefined ? undefined : confirmedIn(confirmed);
  const judge = (finding: Finding): Judgement => {
    const disposition = dispose === undefined ? finding.disposition : dispose(finding);
    const { status = 'new', exception = null, ownApproval = false } = disposition ?? {};
    // Whoever made a change cannot decide for others that such changes are hidden.
    const isAccepted = status === 'accepted' && !ownApproval;
    const isNamed = finding.eventID !== null && ids?.has(finding.eventID) === true;
    const isMeant = only.length === 0 || (exception !== null && only.includes(exception));
    // An entry that was made from it is there.
    const isHidden = !isNamed && isAccepted && written.covers(finding);
    if (isHidden) return { status: 'known', exception, isProtected: false };
    return {
      status:
        isAccepted && isMeant && !isNamed ? 'accepted' : status === 'accepted' ? 'known' : status,
      exception,
      isProtected:
        isNamed ||
        (!isAccepted && (ids === undefined || status === 'expired' || status === 'accepted')),
    };
  };
  return { judge, agreements };
}

/** The first word of each line. Throws a HuntError if the file names no event. */
function confirmedIn(path: string): ReadonlySet<string> {
  const ids = textOfFile(path)
    .replace(/^\uFEFF/, '')
    .split('\n', MOST_IDS)
    .flatMap((line) => /^[^\s#,;"]+/.exec(line.trim()) ?? []);
  if (ids.length === 0)
    throw new HuntError(
      'USAGE',
      `${safeLine(path)} names no event: write one event ID on each line`,
    );
  return new Set(ids);
}

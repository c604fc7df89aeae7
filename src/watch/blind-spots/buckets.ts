/** When the bucket of the logs lost them, or took none. */
import { counted } from '../../text/counted.js';
import { pushTo } from '../../memory/grouped.js';
import type { BlindSpotCause } from '../../report/completeness/completeness.js';
import type { BucketFact } from '../facts/fact.js';
import type { Watched } from '../watched.js';
import { Spots, type Spot } from './spots.js';

/** What ends what, and what is not seen meanwhile. `policy` and `expiry` are apart: one does not undo the other. */
const STATES: Readonly<Record<BucketFact['state'], State>> = {
  deleted: {
    topic: 'bucket',
    cause: 'bucket emptied or expiring',
    unseen: 'all log files in it, and those that CloudTrail would have written',
  },
  expiring: {
    topic: 'expiry',
    cause: 'bucket emptied or expiring',
    unseen: 'log files that are older',
  },
  'old versions expiring': {
    topic: 'expiry of old versions',
    cause: 'old versions not kept',
    unseen: 'log files that were deleted or written anew: no version of them is kept for longer',
  },
  kept: { topic: 'expiry', cause: undefined, unseen: '' },
  'versions off': {
    topic: 'versions',
    cause: 'old versions not kept',
    unseen: 'log files that are deleted or written anew: no version of them is kept',
  },
  'versions on': { topic: 'versions', cause: undefined, unseen: '' },
  'no policy for logs': {
    topic: 'policy',
    cause: 'bucket policy changed',
    unseen: 'log files that CloudTrail may not write',
  },
  'policy for logs': { topic: 'policy', cause: undefined, unseen: '' },
};

/** A call that sets rules of expiry replaces all others. */
const EXPIRIES = ['expiry', 'expiry of old versions'];

interface State {
  readonly topic: string;
  /** Undefined where logs are as they should be. */
  readonly cause: BlindSpotCause | undefined;
  readonly unseen: string;
}

interface Deletion {
  readonly event: Watched;
  readonly key: string;
}

export class BucketSpots {
  readonly #spots = new Spots();
  readonly #deletions = new Map<string, [Deletion, ...Deletion[]]>();
  readonly #buckets: ReadonlySet<string>;
  readonly #keys: ReadonlySet<string>;

  /** The buckets and the keys of logs. */
  constructor(buckets: ReadonlySet<string>, keys: ReadonlySet<string>) {
    this.#buckets = buckets;
    this.#keys = keys;
  }

  /** To be called in the order of time. */
  add(event: Watched): void {
    const { fact } = event;
    switch (fact.kind) {
      case 'bucket':
        return this.#bucket(event, fact);
      case 'key':
        return this.#key(event, fact);
      case 'deletion':
        return pushTo(
          this.#deletions,
          JSON.stringify([fact.bucket, event.account, event.by.actor]),
          { event, key: fact.key },
        );
      default:
        return undefined;
    }
  }

  all(): readonly Spot[] {
    return [...this.#spots.all(), ...[...this.#deletions.values()].map(deletionSpot)];
  }

  #bucket(event: Watched, { bucket, state, days }: BucketFact): void {
    if (!this.#buckets.has(bucket)) return;
    const { topic, cause, unseen } = STATES[state];
    const keyOf = (one: string): string => JSON.stringify([bucket, one]);
    for (const other of EXPIRIES)
      if (other !== topic && EXPIRIES.includes(topic)) this.#spots.end(keyOf(other), event);
    if (cause === undefined) return this.#spots.end(keyOf(topic), event);
    this.#spots.begin(keyOf(topic), {
      cause,
      ...placeOf(event),
      target: bucket,
      begin: event,
      reach: 'own account',
      unseen: days === undefined ? unseen : `${unseen} than ${counted(days, 'day')}`,
    });
  }

  #key(event: Watched, { key, isOff }: { readonly key: string; readonly isOff: boolean }): void {
    if (!this.#keys.has(key)) return;
    if (!isOff) return this.#spots.end(key, event);
    this.#spots.begin(key, {
      cause: 'logging stopped',
      ...placeOf(event),
      target: key,
      begin: event,
      reach: 'perhaps organization',
      unseen:
        'log files that are encrypted with the key: CloudTrail writes none, and nobody can read those that there are',
    });
  }
}

/** One actor may delete thousands of files. Others have spots of their own. */
function deletionSpot(deletions: readonly [Deletion, ...Deletion[]]): Spot {
  const [{ event: first }] = deletions;
  return {
    cause: 'log files deleted',
    ...placeOf(first),
    target: first.fact.kind === 'deletion' ? first.fact.bucket : '',
    begin: first,
    end: undefined,
    until: deletions.at(-1)?.event.at,
    reach: 'own account',
    unseen: 'what only these files have, unless the bucket keeps versions of them',
    deleted: deletions.map(({ key }) => key),
  };
}

function placeOf({ account, region }: Watched): Pick<Spot, 'account' | 'region'> {
  return { account, region };
}

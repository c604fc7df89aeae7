/**
 * How far a report can be trusted: whether every log is here and unaltered, and whether CloudTrail wrote logs all the time. All
 * instants are `YYYY-MM-DDThh:mm:ss.sssZ`. Lists are in order of time, and bounded: a count beside each says how many more there are.
 */
import type { EventCategory } from '../../cloudtrail/kind.js';
import type { DigestCheck, LateFiles } from './digest-check.js';

/**
 * `complete and intact`: digests prove that no log is missing or altered. `complete`: nothing is known to be missing, and nothing
 * proves it. `in doubt`: something may be missing that nobody can name. `incomplete`: something is missing.
 */
export type CompletenessVerdict = 'complete and intact' | 'complete' | 'in doubt' | 'incomplete';

export interface Completeness extends Evidence {
  readonly verdict: CompletenessVerdict;
  /** The one line of every report: from when to when and for which accounts, or why not. */
  readonly sentence: string;
  /** Why it is not complete, or what casts doubt; the gravest first, at most six. */
  readonly because: readonly string[];
}

/** What a hunt knows of its logs beside the records that it counts. */
export interface Evidence {
  /** Null where digests were not checked. */
  readonly digests: DigestCheck | null;
  /** What digests say of the files of late findings. Null where there is none, or digests were not checked. */
  readonly lateFiles: LateFiles | null;
  /** What the data events of the trail's own bucket say of delivered log files. Null where the logs have no such event. */
  readonly deliveries: Deliveries | null;
  /** When logs were switched off or narrowed, or still were, inside the window. */
  readonly blindSpots: readonly BlindSpot[];
  readonly moreBlindSpots: number;
  /** The kinds of events that the logs hold in the window, and since when. Empty where the table does not say it. */
  readonly kinds: readonly EventKind[];
  /** Effects in the logs whose cause is not in the logs. A hint: no proof that a log is missing. */
  readonly hints: readonly MissingCause[];
  readonly moreHints: number;
  /** What `expect` of hunt.yml asks for and the logs do not have. Null where nothing is expected. */
  readonly unmet: readonly UnmetExpectation[] | null;
}

/** Where nothing is known. */
export const NO_EVIDENCE: Evidence = {
  digests: null,
  lateFiles: null,
  deliveries: null,
  blindSpots: [],
  moreBlindSpots: 0,
  kinds: [],
  hints: [],
  moreHints: 0,
  unmet: null,
};

/** Delivered log files that the logs themselves name, by CloudTrail's `PutObject` into the trail's bucket. */
export interface Deliveries {
  readonly named: number;
  readonly present: number;
  /** Named and not among the files that were read: at most 1,000, sorted. */
  readonly missing: readonly {
    readonly key: string;
    readonly bucket: string;
    readonly eventTime: string | null;
  }[];
  readonly moreMissing: number;
  /** The accounts and regions of log files that were delivered twice, by two trails. */
  readonly twice: readonly {
    readonly account: string;
    readonly region: string;
    readonly folders: readonly string[];
  }[];
}

export type BlindSpotCause =
  | 'logging stopped'
  | 'trail deleted'
  | 'selectors narrowed'
  | 'trail sent elsewhere'
  | 'trail perhaps sent elsewhere'
  | 'validation off'
  | 'fewer regions'
  | 'bucket emptied or expiring'
  | 'old versions not kept'
  | 'log files deleted'
  | 'bucket policy changed'
  | 'organization trail removed'
  | 'event data store stopped';

/** From one event that switched logging off or narrowed it to the event that undid it. */
export interface BlindSpot {
  readonly cause: BlindSpotCause;
  readonly account: string | null;
  readonly region: string | null;
  /** The trail, bucket or event data store, as the event names it. */
  readonly target: string | null;
  /** Null where it was switched off before the logs that were read. It may be before the window. */
  readonly since: string | null;
  /** Null where nothing in the logs that were read undid it. It may be after the window. */
  readonly until: string | null;
  /** Who switched it off; null where it was before the logs that were read. */
  readonly by: BlindSpotEvent | null;
  readonly undoneBy: BlindSpotEvent | null;
  /** What could not be seen meanwhile, in one sentence. */
  readonly unseen: string;
  /**
   * Whether the logs have records of the account in between: then another trail wrote logs. Null where it is not known: records are
   * counted by the hour, and the span lies within one.
   */
  readonly hasRecords: boolean | null;
  /**
   * The accounts that have no record in between: the trail's own, and others of its organization, or that fall silent as long as it
   * is off where nothing says whether it is the trail of an organization. At most 100.
   */
  readonly silentAccounts: readonly string[];
  readonly moreSilentAccounts: number;
  /** Of `log files deleted`: the files that `by` deleted from `since` to `until`. Null for other causes. */
  readonly deleted: DeletedFiles | null;
}

export interface DeletedFiles {
  readonly logs: number;
  readonly digests: number;
  /** The log files of the window that are not among those of the hunt. */
  readonly missing: number;
  /** The missing ones first, then by time. At most 100. */
  readonly files: readonly DeletedFile[];
}

/** What the name of a deleted file says. Null where it does not say it. */
export interface DeletedFile {
  readonly key: string;
  readonly isDigest: boolean;
  readonly account: string | null;
  readonly region: string | null;
  /** When CloudTrail wrote it. */
  readonly time: string | null;
  /**
   * `here`: a copy was hunted. `elsewhere`: it belongs to logs or times that were not hunted. `unknown`: whether a copy was hunted, the
   * logs cannot tell.
   */
  readonly state: 'missing' | 'here' | 'elsewhere' | 'unknown';
}

export interface BlindSpotEvent {
  readonly eventID: string | null;
  readonly eventName: string;
  readonly actor: string;
  readonly principal: string | null;
  readonly sourceIPAddress: string | null;
}

/** One kind of event in the window, for all accounts together. */
export interface EventKind {
  /** `unknown`: the records lack the fields that say it. Insights are among the skipped records. */
  readonly category: EventCategory;
  /** Of data events and network activity: the service, `s3.amazonaws.com`. Null for all others, and for services beyond the first 300. */
  readonly eventSource: string | null;
  /** Repeated deliveries count each time. */
  readonly records: number;
  readonly first: string | null;
  readonly last: string | null;
}

export interface MissingCause {
  /** What the logs have: `EndSecretVersionDelete`. */
  readonly effect: string;
  /** What they should have before it: `DeleteSecret`. */
  readonly cause: string;
  readonly resource: string | null;
  readonly account: string | null;
  readonly region: string | null;
  readonly eventID: string | null;
  readonly eventTime: string | null;
}

export interface UnmetExpectation {
  readonly kind: 'account' | 'region' | 'day' | 'digests';
  /** The account, the region, the day (`2026-01-31`), or what digests do not cover. */
  readonly name: string;
  readonly account: string | null;
  readonly message: string;
}

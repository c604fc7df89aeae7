/** What a check of CloudTrail's digest files found. All instants are `YYYY-MM-DDThh:mm:ss.sssZ`. Lists are bounded: a count beside each says how many more there are. */

/** What CloudTrail's digest files say of the logs. */
export interface DigestCheck {
  /** `not intact`: a log or a digest is missing, altered or extra. `not proven`: nothing is wrong, but something could not be checked. */
  readonly verdict: 'intact' | 'not intact' | 'not proven';
  /** Where the public keys came from: files, and `ListPublicKeys`. Empty where there was none. */
  readonly keys: readonly string[];
  /** Of these, files beside the logs that have a key which no other source has: whoever altered the logs may have put them there. */
  readonly keysBesideLogs: readonly string[];
  readonly digestCounts: {
    /** Signature and content are right. */
    readonly verified: number;
    /** The newest of a span, whose own signature is not at hand: only the next digest has it. */
    readonly unverifiedTail: number;
    /** Their public key is not at hand. */
    readonly withoutKey: number;
    readonly backfill: number;
    readonly wrong: number;
    readonly missing: number;
  };
  readonly logCounts: {
    /** Proven by a digest that is verified. */
    readonly intact: number;
    /** They are as a digest says that is not verified itself: of the newest hour, or without a public key. */
    readonly unproven: number;
    readonly altered: number;
    readonly missing: number;
    /** Inside the time of a chain, but named by no digest. */
    readonly extra: number;
    /** Of a time, an account or a region for which there is no digest. */
    readonly uncovered: number;
    readonly unreadable: number;
  };
  /** One for each account, region and trail, in that order. */
  readonly chains: readonly DigestChain[];
  readonly moreChains: number;
  /** What is wrong, sorted by kind and path. At most 1,000. */
  readonly problems: readonly DigestProblem[];
  readonly moreProblems: number;
  /** The log files that no digest covers, by account, region and reason. At most 1,000. */
  readonly uncovered: readonly UncoveredLogs[];
  readonly moreUncovered: number;
}

/**
 * The files with findings of earlier periods that came late. The check of the period's digests does not look at them: each is
 * compared with the digests of its own day.
 */
export interface LateFiles {
  readonly files: number;
  /** Proven by a digest that is verified. */
  readonly intact: number;
  /** A digest proves that they are not as CloudTrail wrote them. */
  readonly altered: number;
  /** Those that are not intact, the altered ones first, then by path. At most 1,000. */
  readonly doubted: readonly LateFile[];
  readonly moreDoubted: number;
}

export interface LateFile {
  readonly kind: 'altered' | 'not proven';
  /** Null where a table does not say which file a finding is from. */
  readonly path: string | null;
  /** How many late findings are from it. */
  readonly findings: number;
  /** One sentence. */
  readonly message: string;
}

/** The digests of one trail for one account and region. */
export interface DigestChain {
  readonly account: string;
  readonly region: string;
  readonly trail: string;
  readonly organization: string | null;
  readonly bucket: string;
  /** The region in which the trail was made. */
  readonly homeRegion: string;
  /** Of digests that CloudTrail wrote later, for log files that it delivered late. They have a chain of their own. */
  readonly isBackfill: boolean;
  /** The spans that whole digests cover, without a gap inside. */
  readonly spans: readonly ChainSpan[];
  readonly moreSpans: number;
  readonly digests: number;
  /** How many log files they name. */
  readonly logs: number;
  /** The bucket and key of the newest digest, where its signature is not at hand. Null where it is verified. */
  readonly unverifiedTail: string | null;
}

export interface ChainSpan {
  readonly since: string;
  readonly until: string;
  /** `start`: a digest without predecessor: validation or logging was switched on. `copy`: earlier digests are not at hand, or not of the window. */
  readonly begins: 'start' | 'copy' | 'after a gap';
  /** `tail`: the signature of the newest digest is not at hand, so it is not verified. `signature`: it is. `gap`: digests are missing after it. `stop`: the next digest begins a new chain: validation or logging was off in between. */
  readonly ends: 'tail' | 'signature' | 'gap' | 'stop';
  /** The end of the last digest that is verified: up to here the logs are proven. Null where none is. */
  readonly provenUntil: string | null;
}

/** Log files of an account and region that no digest covers, for one reason. */
export interface UncoveredLogs {
  readonly why: UncoveredReason;
  readonly account: string | null;
  readonly region: string | null;
  readonly logs: number;
  /** The times in the names of the first and the last of them. */
  readonly since: string | null;
  readonly until: string | null;
  /** One of them. */
  readonly path: string;
  /** One sentence. */
  readonly message: string;
}

export type UncoveredReason =
  /** There is no digest of this account and region. */
  | 'no digest'
  | 'before the first digest'
  | 'after the last digest'
  /** Validation was off, or digests are missing or altered. */
  | 'between digests'
  /** Its folder, or how many there are, says that another trail wrote it, which has no digests. */
  | 'another trail'
  /** Its name is not one that CloudTrail gives, so its time is not known. */
  | 'other name';

export type DigestProblemKind =
  | 'log altered'
  | 'log missing'
  | 'log extra'
  | 'log unreadable'
  | 'digest altered'
  | 'digest missing'
  | 'digest unreadable'
  | 'signature wrong'
  | 'key missing'
  | 'digest in another place';

export interface DigestProblem {
  readonly kind: DigestProblemKind;
  /** The file, as it is named on disk or in S3; of a missing one, its bucket and key. Null where digests are missing that nothing names. */
  readonly path: string | null;
  readonly account: string | null;
  readonly region: string | null;
  /** The time of which evidence is missing or doubtful. */
  readonly since: string | null;
  readonly until: string | null;
  /** One sentence. */
  readonly message: string;
}

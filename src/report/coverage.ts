/** The part of the model of a report that says which accounts, regions and hours the logs cover. */

/** Which accounts, regions and hours of the window the logs cover, and which they do not. */
export interface LogCoverage {
  /** The times of the earliest and the latest event that was read, inside or outside the window. */
  readonly first: string | null;
  readonly last: string | null;
  /** Of all accounts together: an hour is covered if any account has a record in it. */
  readonly hours: CoveredHours;
  /** A gap shorter than this many hours is not listed. It is 1, unless a hostile log has more gaps than a report can list. */
  readonly shortestGap: number;
  /** The accounts with records in the window. */
  readonly accounts: readonly CoveredAccount[];
  /** The regions of all accounts. */
  readonly regions: readonly CoveredScope[];
  /** Records in the window of further accounts and regions: more than a report can list. Only hostile logs have so many. */
  readonly uncounted: number;
}

/** The records of one account or region in the window. `name` is null for records that name none. */
export interface CoveredScope {
  readonly name: string | null;
  readonly events: number;
  readonly first: string | null;
  readonly last: string | null;
}

/** What gaps are usual for an account, or for a region of it, and which are longer. */
export interface UsualGaps {
  /** In hours: nearly no hour with a record has a longer gap after it. Null where there are too few records to tell. */
  readonly usualGap: number | null;
  /**
   * The gaps that are far longer than usual, in order of time. Where there are two weeks of records, hours of the week that are usually
   * without records do not count. Gaps that are too short to be listed are not here either.
   */
  readonly unusualGaps: readonly CoverageGap[];
}

/** An account, and each of its regions. */
export interface CoveredAccount extends CoveredScope, UsualGaps {
  readonly hours: CoveredHours;
  readonly regions: readonly CoveredRegion[];
}

/** One region of one account. */
export interface CoveredRegion extends CoveredScope, UsualGaps {
  readonly hours: CoveredHours;
}

/** Whole hours between the bounds of the window; where it is open, between the first and the last record of all accounts. */
export interface CoveredHours {
  /** Hours with at least one record. */
  readonly covered: number;
  readonly empty: number;
  /** The spans without any record, the longest first. */
  readonly gaps: readonly CoverageGap[];
}

export interface CoverageGap {
  readonly since: string;
  readonly until: string;
}

/** The part of the model of a report that only a report for an auditor has. */

/** Null in a report that is not for an audit. */
export interface Audit {
  /** The controls or requirements that the report is evidence for, as the user names them: `SOC 2 CC8.1`. */
  readonly controls: readonly string[];
  /** The time zone of local times: `Europe/Berlin`. */
  readonly timeZone: string;
  /** Whether some rule can match events of every account. Then `accounts` are those that have a name or a record. */
  readonly isEveryAccount: boolean;
  /** The accounts that the rules look at. */
  readonly accounts: readonly AuditedAccount[];
  /** Accounts with records in the window that no rule looks at. */
  readonly otherAccounts: readonly AuditedAccount[];
  readonly conclusion: Conclusion;
  /** The file with the hashes of all that this report was made of, beside it; null if none is made. */
  readonly manifest: string | null;
  /** The file with the signature of the manifest, beside it; null if the manifest is not signed, or none is made. */
  readonly signature: string | null;
  /** The files with findings and their hashes, by path; empty if no manifest is made, and for a table. */
  readonly evidence: readonly EvidenceFile[];
}

export interface EvidenceFile {
  /** As the findings name it in `source`. */
  readonly path: string;
  /** Of the file. A log in an archive has the hash of the archive. */
  readonly sha256: string;
}

export interface AuditedAccount {
  readonly id: string;
  /** Null if hunt.yml gives it none. */
  readonly name: string | null;
  /** Its records in the window. */
  readonly records: number;
}

/** The findings in numbers. Whether the logs are complete, `completeness` of the report says. Each finding is counted in one of them, but those of `explanations` are counted in `changes`. */
export interface Conclusion {
  /** As the summary counts them. */
  readonly changes: number;
  /** The changes that belong to an earlier period: their logs came late. */
  readonly late: number;
  /** Null where nothing could explain changes: neither exceptions nor tickets were given. */
  readonly explanations: Explanations | null;
  /** Calls that only gave out a credential or opened a session, such as a sign-in. */
  readonly sessions: number;
  readonly reads: number;
  /** What VPC endpoints logged of calls that went through them. */
  readonly networkActivity: number;
  /** They changed nothing. */
  readonly failed: number;
}

/** Each change is in one of these. */
export interface Explanations {
  /** A ticket from before the change, with an approver. */
  readonly approved: number;
  /** A ticket from before the change, or an exception, that was approved by who made the change. */
  readonly selfApproved: number;
  /** A ticket from before the change that names no approver. */
  readonly ticketed: number;
  /** No ticket from before the change, but an exception. */
  readonly accepted: number;
  /** None of these. */
  readonly unexplained: number;
}

/** The hash of each file with findings, by its path. */
export function hashesIn({ evidence }: Audit): ReadonlyMap<string, string> {
  return new Map(evidence.map(({ path, sha256 }) => [path, sha256]));
}

/** What `expect` of hunt.yml asks for: what must be in the logs. */
export interface Expectations {
  /** Account IDs. Null where no account is expected: then the rest is asked of each account that has records. */
  readonly accounts: readonly string[] | null;
  /** Of each expected account. */
  readonly regions: readonly string[];
  /** Whether each expected account has records on each day (UTC). */
  readonly everyDay: boolean;
  /** Whether there must be digests of each expected account. */
  readonly digests: boolean;
}

/** What hunt.yml asks of the logs. */
export interface LogDemands {
  readonly expect: Expectations | undefined;
  /** `verify: required`. */
  readonly isProofRequired: boolean;
}

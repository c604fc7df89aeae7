/** Limits of Athena. Source: https://docs.aws.amazon.com/athena/latest/ug/service-limits.html */

/** The longest statement, in bytes. */
export const ATHENA_BYTES = 262_144;

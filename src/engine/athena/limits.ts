/** What Athena takes. Source: https://docs.aws.amazon.com/athena/latest/ug/service-limits.html */

/** Of a statement, in bytes. */
export const ATHENA_BYTES = 262_144;

/** Keys of events, by which the parts of a hunt know an event that several of them hold: their SQL, and their reader. */
import type { Dialect } from '../../sql/dialect/dialect.js';

/** Of one hunt cut into several statements: what lets their rows be put together again. */
export interface Part {
  /** The first instant of the first day that the statement reads; undefined where nothing bounds it. */
  readonly since: number | undefined;
}

/** How many events a row names at most: beyond this Trino has no `min(x, n)`. */
export const MOST_KEYS = 10_000;

/** The length of a fingerprint: 128 bits in base64. */
const FINGERPRINT = 24;

/**
 * The key of an event with an eventID, as text; NULL for any other, which is never a repeat. Keys of early events sort first, so
 * that a list that is cut short still has them.
 */
export function eventKeySql({ since }: Part, dialect: Dialect): string {
  const identity = dialect.jsonObject([
    ['id', 'eventid'],
    ['name', 'eventname'],
    ['account', 'recipientaccountid'],
    ['time', dialect.instantText('instant')],
  ]);
  const early =
    since === undefined ? 'FALSE' : `COALESCE(instant < ${dialect.instantLiteral(since)}, TRUE)`;
  const mark = `CASE WHEN ${early} THEN '${EARLY}' ELSE '${ON_TIME}' END`;
  return `CASE WHEN eventid IS NOT NULL THEN ${mark} || ${dialect.fingerprint(identity)} || min(fingerprint) END`;
}

const EARLY = '0';
const ON_TIME = '1';

/** Identifies an event in every part of a hunt. */
export interface EventKey {
  /** Equal for the same event. */
  readonly identity: string;
  /** Equal for equal bodies. */
  readonly body: string;
  /** Whether the event is older than its part's first day, so that an earlier part may hold it too. */
  readonly early: boolean;
}

/** Reads what `eventKeySql` writes. */
export function readEventKey(text: string): EventKey {
  return {
    early: text.startsWith(EARLY),
    identity: text.slice(1, 1 + FINGERPRINT),
    body: text.slice(1 + FINGERPRINT),
  };
}

/** Writes (as SQL) and reads the keys of events. By its key, an event is recognised that has records in several parts of a hunt. */
import { createHash } from 'node:crypto';
import type { Dialect } from '../../sql/dialect/dialect.js';

/** One of several statements that make up a hunt. */
export interface Part {
  /** The first instant of the first day that the statement reads; undefined if the statement has no first day. */
  readonly since: number | undefined;
}

/**
 * The most keys that a row has. Trino's `min(x, n)`, which makes the list, takes memory for all `n` values in each group, and an
 * answer has a group for each finding: with 10,000 keys, 4,000 findings would take a gigabyte.
 * Source: https://github.com/trinodb/trino/blob/483/core/trino-main/src/main/java/io/trino/operator/aggregation/minmaxn/TypedHeap.java
 */
export const MOST_KEYS = 256;

/** SQL that divides the events of a row into 64, so that 16,384 of them can have a key: a digit of the fingerprint. */
export const KEY_DIGIT = 'substr(event_key, 2, 1)';

/** The length of a fingerprint: 128 bits in base64. */
const FINGERPRINT = 24;

/**
 * SQL for the key of an event, as text; NULL for an event without an eventID, which is never a repeat. Keys of early events
 * sort first, so that they stay in a list that is cut short.
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

/** Identifies an event in all parts of a hunt. */
export interface EventKey {
  /** Equal for the same event. */
  readonly identity: string;
  /** Equal for equal bodies. Undefined where no whole body was read. */
  readonly body: string | undefined;
  /** Equal for bodies that are equal in the tested columns. Undefined where one statement read all columns. */
  readonly tested: string | undefined;
  /** Whether the event is older than its part's first day. Then an earlier part may also have records of it. */
  readonly early: boolean;
}

/** No fingerprint has it. */
const TESTED = '~';

/**
 * The key of an event whose tested columns were read alone. `body` is the fingerprint of a whole body of the event; undefined if
 * none was read.
 */
export function testedKey(key: string, body: string | undefined): string {
  return `${key}${TESTED}${body ?? ''}`;
}

/** The same fingerprint of a text as `dialect.fingerprint` computes in SQL. */
export function fingerprintOf(text: string): string {
  return createHash('md5').update(text).digest('base64');
}

/** Reads what `eventKeySql` and `testedKey` write. */
export function readEventKey(text: string): EventKey {
  const [fingerprint, whole] = text.slice(1 + FINGERPRINT).split(TESTED);
  const isTested = whole !== undefined;
  return {
    early: text.startsWith(EARLY),
    identity: text.slice(1, 1 + FINGERPRINT),
    body: isTested ? whole || undefined : fingerprint,
    tested: isTested ? fingerprint : undefined,
  };
}

/**
 * Counts calls by their names in the hunt statement, so that it needs no further reading of the records. This file has the
 * SQL, and the reader of its result.
 */
import type { Row } from '../../engine/engine.js';
import type { Query } from '../../query/query.js';
import type { Condition } from '../../rule/condition/condition.js';
import { conditionSql } from '../../sql/condition/condition.js';
import { wholeText, type Scope } from '../../sql/condition/location.js';
import type { Dialect } from '../../sql/dialect/dialect.js';
import type { CallName } from '../row.js';
import { CALLED } from './selecting.js';

/** In characters. AWS's names are shorter; a hostile log may have names of megabytes. */
const LONGEST = 256;

/**
 * The column `call` of a record: what is counted of it as JSON text; NULL for a record that is not counted. `scope` has what the
 * steps before have told of it.
 */
export function callColumns({ calls }: Query, dialect: Dialect, scope: Scope): readonly string[] {
  if (calls === undefined) return [];
  const short = (name: string): string =>
    `CASE WHEN length(${name}) > ${LONGEST} THEN substr(${name}, 1, ${LONGEST - 1}) || '…' ELSE ${name} END`;
  const yesOrNo = (condition: Condition): string =>
    `CASE WHEN ${conditionSql(condition, dialect, scope)} THEN 'yes' ELSE 'no' END`;
  // In the order of their names, as Trino writes them: where records of one event differ, all engines choose the same.
  const ifBySource = (path: readonly string[]): string =>
    calls.bySource ? short(wholeText({ kind: 'text', path }, dialect)) : 'CAST(NULL AS VARCHAR)';
  const members = {
    correction: yesOrNo(calls.correction),
    error: short(
      `COALESCE(${['errorcode', 'errormessage'].map((name) => wholeText({ kind: 'text', path: [name] }, dialect)).join(', ')})`,
    ),
    mutating: yesOrNo(calls.mutating),
    name: short('eventname'),
    source: short('eventsource'),
    with_address: ifBySource(['sourceipaddress']),
    with_key: ifBySource(['useridentity', 'accesskeyid']),
  } satisfies Record<keyof WrittenCall, string>;
  return [`CASE WHEN ${CALLED} THEN ${dialect.jsonObject(Object.entries(members))} END AS call`];
}

/** What is counted of a record: nothing outside the window. */
const COUNTED = 'CASE WHEN in_window THEN call END';

/** The SQL that counting calls adds to the steps of a statement; nothing where none are counted. */
export function callSteps({ calls }: Query): CallSteps {
  if (calls === undefined) return { record: [], event: [], joined: [], alone: [], groups: [] };
  return {
    record: [`${COUNTED} AS counted_call`],
    event: [`min(${COUNTED}) AS counted_call`],
    joined: ['min(counted_call) AS counted_call'],
    alone: [`COALESCE(${COUNTED}, '')`],
    groups: ['counted_call'],
  };
}

/** Columns, or parts of one. */
interface CallSteps {
  /** Of a record. */
  readonly record: readonly string[];
  /** Of an event, from its records. */
  readonly event: readonly string[];
  /** Of an event, from rows with the columns of `record` or `event`. */
  readonly joined: readonly string[];
  /** Texts in which equal records are equal. */
  readonly alone: readonly string[];
  /** Columns by which the answer is grouped in addition. */
  readonly groups: readonly string[];
}

/** A call as `callColumns` writes it. */
interface WrittenCall {
  readonly correction: 'yes' | 'no';
  readonly error: string | null;
  readonly mutating: 'yes' | 'no';
  readonly name: string | null;
  readonly source: string | null;
  readonly with_address: string | null;
  readonly with_key: string | null;
}

/** Reads the call of a row; undefined where its events are not counted as calls. */
export function readCall(row: Row): CallName | undefined {
  const text = row['counted_call'];
  if (text === undefined || text === null) return undefined;
  const written = JSON.parse(text) as WrittenCall;
  const { correction, error, mutating, name, source } = written;
  return {
    eventSource: source,
    eventName: name,
    mutating: mutating === 'yes',
    errorCode: error,
    correction: correction === 'yes',
    accessKey: written.with_key,
    address: written.with_address,
  };
}

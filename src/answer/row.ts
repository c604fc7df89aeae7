/** The answer to a hunt statement, row by row, as typed data. Nothing above this folder sees a row of strings. */
import type { StageId } from '../query/query.js';

export type AnswerRow = EventsRow | RecordCount;

/** Events that differ in nothing that a report counts. A row with a match stands for one event, or for equal ones. */
export interface EventsRow {
  readonly kind: 'events';
  readonly events: number;
  /** How many records the events had: more than `events` where they were delivered repeatedly. */
  readonly records: number;
  /** Whether the events have no readable time. */
  readonly undated: boolean;
  /** Whether records of one event differ in their bodies. */
  readonly conflicting: boolean;
  /** By rule ID, for each rule that lists the events' name (or lists none): how far the events came. */
  readonly reached: ReadonlyMap<string, Reached>;
  /** IDs of the rules that test a field whose content CloudTrail cut from these events. */
  readonly cut: ReadonlySet<string>;
  /** The records that match a rule. */
  readonly matches: readonly MatchingRecord[];
  /** The records that fail one stage alone of a rule. */
  readonly nearMisses: readonly NearMiss[];
  /**
   * What identifies the events among the parts of a hunt, as `readEventKey` reads it; undefined where the statement reads
   * everything at once. Events without an eventID have none, and a row names 10,000 at most.
   */
  readonly keys: readonly string[] | undefined;
}

/** The first stage that no record of the event passes together with the stages before it, or `finding`. */
export type Reached = StageId | 'finding';

/** A record that matches at least one rule. */
export interface MatchingRecord {
  /** Every column but the time, as JSON text; or a reference to that text where the engine does not hold it. */
  readonly body: string;
  /** The record's `eventTime` as it stands. */
  readonly eventTime: string | null;
  /** What the columns cannot hold, as JSON text; or a reference to that text. */
  readonly extra: string | null;
  /** The file of the record. */
  readonly source: string | null;
  /** By ID, the rules that the record matches, each with the severity that it gives this record, or null for its own. */
  readonly rules: ReadonlyMap<string, string | null>;
}

/** A record that one stage alone keeps from matching a rule. Its texts have 2,048 characters at most. */
export interface NearMiss {
  /** By rule ID: the stage that the record fails. */
  readonly failed: ReadonlyMap<string, StageId>;
  readonly principal: string | null;
  readonly userAgent: string | null;
  readonly account: string | null;
}

/** How many records of one account and region a table has. Instants are milliseconds since 1970 UTC. */
export interface RecordCount {
  readonly kind: 'records';
  readonly account: string | null;
  readonly region: string | null;
  /** Why these records are not CloudTrail events; null where they are. */
  readonly notEvent: string | null;
  readonly records: number;
  readonly first: number | undefined;
  readonly last: number | undefined;
  /** The same of the records in the window. */
  readonly inWindow: {
    readonly records: number;
    readonly first: number | undefined;
    readonly last: number | undefined;
    /** The hours that have a record: their first instants. */
    readonly hours: readonly number[];
  };
}

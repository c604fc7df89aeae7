/** The answer to a hunt statement, row by row, as typed data. Nothing above this folder sees a row of strings. */
import type { RecordKind } from '../cloudtrail/kind.js';
import type { StageId } from '../query/query.js';
import type { Severity } from '../rule/severity.js';

export type AnswerRow = EventsRow | RecordCount;

/** Events that are equal in everything that a report counts. If the row has matches, the events are equal in full. */
export interface EventsRow {
  readonly kind: 'events';
  readonly events: number;
  /** How many records the events have: more than `events` if CloudTrail delivered some of them repeatedly. */
  readonly records: number;
  /** Whether the events have no readable time. */
  readonly undated: boolean;
  /** Whether records of one event differ in their bodies. */
  readonly conflicting: boolean;
  /** How far the events come in each rule's funnel, by rule ID. A rule that lists only other event names is missing. */
  readonly reached: ReadonlyMap<string, Reached>;
  /** IDs of the rules that test a field whose content CloudTrail cut from these events. */
  readonly cut: ReadonlySet<string>;
  /** The records that match a rule or a watch. */
  readonly matches: readonly MatchingRecord[];
  /** The records that fail exactly one stage of a rule, or nothing but exclusions. */
  readonly nearMisses: readonly NearMiss[];
  /** The call that the events are counted as; undefined where they are not counted as calls. */
  readonly call?: CallName | undefined;
  /**
   * When the first of the events happened, and the last, as reports write a time. Null if the events have no time; undefined if the
   * hunt does not ask for it. The parts of a hunt may have different records of one event; then the span may be too wide.
   */
  readonly first?: string | null | undefined;
  readonly last?: string | null | undefined;
  /**
   * Keys by which another part of the hunt recognises the events; `readEventKey` reads them. An event without an eventID has
   * no key, and a row has at most `MOST_KEYS`. Undefined if one statement reads everything.
   */
  readonly keys: readonly string[] | undefined;
}

/** What calls have in common that are counted together. Names are cut to 256 characters. */
export interface CallName {
  readonly eventSource: string | null;
  readonly eventName: string | null;
  /** Whether the call may have changed something. */
  readonly mutating: boolean;
  /** A sign-in that failed has no code, but a message. */
  readonly errorCode: string | null;
  /** Whether the records correct those of other calls. */
  readonly correction: boolean;
  /** The key with which the calls were made; null where calls are not counted by their keys. */
  readonly accessKey: string | null;
  /** Where they came from; null where calls are not counted by that. */
  readonly address: string | null;
}

/** The stage at which the last record of the event is dropped; `finding` if a record passes all stages. */
export type Reached = StageId | 'finding';

/** A record that matches at least one rule or watch. */
export interface MatchingRecord {
  /** Every column except the time, as JSON text; or a reference, if that text is stored outside the engine. */
  readonly body: string;
  /** The record's `eventTime`, as it is written in the log. */
  readonly eventTime: string | null;
  /** The fields that have no column, as JSON text; or a reference to that text. */
  readonly extra: string | null;
  /** The file of the record. */
  readonly source: string | null;
  /** The rules that the record matches, by ID. The value is the severity for this record; null is the rule's usual one. */
  readonly rules: ReadonlyMap<string, Severity | null>;
  /** Whether a watch selects the record. */
  readonly isWatched: boolean;
}

/** A record that fails exactly one stage of a rule, or nothing but exclusions. Its texts are cut to 2,048 characters. */
export interface NearMiss {
  /** The stages that the record fails, by rule ID: one, or several exclusions. */
  readonly failed: ReadonlyMap<string, readonly StageId[]>;
  readonly principal: string | null;
  readonly userAgent: string | null;
  readonly account: string | null;
  /** The use of an instance's credentials. Undefined if there is none, or if no exclusion can have hidden the record. */
  readonly use?: HiddenUse | undefined;
}

/** From where the credentials of an instance were used. */
export interface HiddenUse {
  readonly address: string;
  /** The account of the VPC endpoint, if it is another account; null elsewhere. */
  readonly endpoint: string | null;
  /** Empty for the instance's own agents. */
  readonly accessKey: string;
  /** The IDs of the rules that would have found the record if they had no exclusions. */
  readonly rules: readonly string[];
}

/** How many records of one account and region a table has. Instants are milliseconds since 1970 UTC. */
export interface RecordCount {
  readonly kind: 'records';
  readonly account: string | null;
  readonly region: string | null;
  /** Why these records are not CloudTrail events; null if they are events. */
  readonly notEvent: string | null;
  /** Null if they are not events. */
  readonly eventKind: RecordKind | null;
  readonly records: number;
  readonly first: number | undefined;
  readonly last: number | undefined;
  /** The same numbers for the records in the window. */
  readonly inWindow: {
    readonly records: number;
    readonly first: number | undefined;
    readonly last: number | undefined;
    /** The first instant of each hour that has a record. */
    readonly hours: readonly number[];
  };
  /** The same of the hours that have a record outside the window. */
  readonly otherHours: readonly number[];
  /**
   * The file of one of the rows of which nothing can be read, or of the odd records. The last one by name is nearly always of
   * CloudTrail's own folder.
   */
  readonly example: string | null;
  /** How many of the records have no event name, or no event source: every event has both. */
  readonly withoutName: number;
  readonly withoutSource: number;
  /** How many of the records that a rule names have a field in a form that cannot be read. */
  readonly odd: number;
}

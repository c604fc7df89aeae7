/**
 * What a hunt found, and how far it can be trusted. Formats are made from this and nothing else; the JSON format is
 * this very structure (`data/hunt-report-1.schema.json`). There is no time of making in it, so that reports compare.
 */
import type { Json } from '../cloudtrail/json.js';
import type { REPORT_SCHEMA } from '../text/own-report.js';
import type { WarningCode } from './warnings.js';

export interface Report {
  readonly schema: typeof REPORT_SCHEMA;
  readonly tool: { readonly name: 'hunt'; readonly version: string };
  /** Instants as `YYYY-MM-DDThh:mm:ss.sssZ`; null where the window is open. */
  readonly window: { readonly since: string | null; readonly until: string | null };
  readonly source: Source;
  readonly files: FileOutcomes;
  readonly coverage: LogCoverage;
  readonly warnings: readonly Warning[];
  /** One a rule. */
  readonly sections: readonly Section[];
}

export interface Source {
  readonly engine: 'duckdb' | 'athena' | 'trino';
  /** As they were given; none where a table was hunted. */
  readonly paths: readonly string[];
  /** The table that was hunted, as it was given. */
  readonly table: string | null;
  /** The configuration file that was used, and the SHA-256 of its bytes. */
  readonly config: { readonly path: string; readonly sha256: string } | null;
  /** Report fields that the engine's table does not have. */
  readonly missingFields: readonly string[];
  /** What an engine elsewhere did for it; null where this process did all. */
  readonly execution: EngineUsage | null;
}

/** What was run elsewhere, and what that may cost. */
export interface EngineUsage {
  /** In order of their parts. */
  readonly queries: readonly {
    readonly id: string;
    /** What of the table it read: `2026-01-01..2026-01-08`. */
    readonly part: string;
    readonly state: 'running' | 'succeeded' | 'failed' | 'stopped';
    readonly bytes: number;
    readonly milliseconds: number;
  }[];
  /** Bytes read by all of them, and the engine's time for all of them. */
  readonly bytes: number;
  readonly milliseconds: number;
  /** Estimated, at the price stated; null where nobody bills what is read. */
  readonly cost: {
    readonly amount: number;
    readonly currency: 'USD';
    readonly pricePerTerabyte: number;
  } | null;
}

/**
 * What became of every file. `read` counts files that held CloudTrail events, or an empty list of them; null where an
 * engine elsewhere read them, which does not say.
 */
export interface FileOutcomes {
  readonly read: number | null;
  /** Files that are no CloudTrail log, or that the window does not need: no evidence was lost. */
  readonly skipped: readonly SkipCount[];
  /** Records inside the files read that are no CloudTrail events (an Insights event among others, say). */
  readonly skippedRecords: readonly SkipCount[];
  /** Lost evidence: what could not be read, by path. */
  readonly unreadable: readonly { readonly path: string; readonly reason: string }[];
  /** Unpaired surrogates that were replaced by U+FFFD in the rule's events. */
  readonly repairedSurrogates: number;
}

export interface SkipCount {
  readonly reason: string;
  readonly count: number;
}

/** Which accounts, regions and hours the logs in the window do, and do not, cover. */
export interface LogCoverage {
  /** The earliest and latest event in the logs that were read, in the window or not. */
  readonly first: string | null;
  readonly last: string | null;
  readonly accounts: readonly CoveredScope[];
  readonly regions: readonly CoveredScope[];
  readonly hours: {
    readonly covered: number;
    readonly empty: number;
    /** The longest spans of hours without any record, longest first, ten at most. */
    readonly gaps: readonly { readonly since: string; readonly until: string }[];
  };
}

/** An account or region (null: the records named none) with its records in the window. */
export interface CoveredScope {
  readonly name: string | null;
  readonly events: number;
  readonly first: string | null;
  readonly last: string | null;
}

export interface Warning {
  readonly code: WarningCode;
  readonly message: string;
}

export interface Section {
  readonly rule: RuleSummary;
  /** What remains of the records, stage by stage; the first is `read`, the last `findings`. */
  readonly funnel: readonly { readonly stage: string; readonly events: number }[];
  /** Records that repeat an event already seen, and events whose repeats differ in their bodies. */
  readonly repeats: { readonly removed: number; readonly conflicting: number };
  /** The rule's events (second stage) without a readable time. */
  readonly undated: number;
  readonly exclusions: readonly Exclusion[];
  readonly warnings: readonly Warning[];
  readonly findings: Findings;
}

/**
 * Findings in the order of the report. There may be more than memory holds, so they can only be walked, as often as needed.
 */
export interface Findings extends Iterable<Finding> {
  readonly length: number;
  /** The findings as JSON, where they are stored so: a format that wants JSON need not make it again. */
  readonly texts?: () => Iterable<string>;
  /** The findings with all fields of their events. */
  readonly full?: () => Iterable<FullFinding>;
  /** The fields that the rule's `OutputFields` name, for formats with columns. They are not part of the JSON report. */
  readonly outputFields?: readonly string[];
}

/** A finding with the fields of its event that a report does not show, in canonical form. */
export interface FullFinding {
  readonly finding: Finding;
  readonly others: Json;
}

export interface RuleSummary {
  readonly id: string;
  readonly name: string;
  readonly severity: string;
  readonly description: string | null;
  readonly runbook: string | null;
  readonly reference: string | null;
  readonly tags: readonly string[];
  readonly mitre: readonly MitreLabel[];
  readonly parameters: readonly {
    readonly name: string;
    readonly values: readonly string[] | 'any';
    readonly source: 'rule' | 'config' | 'option';
  }[];
  /** The rule's conjuncts as they were applied, in order, in the notation of `hunt explain`. */
  readonly condition: readonly string[];
}

export interface MitreLabel {
  /** Null where the rule does not say which tactic its technique serves. */
  readonly tactic: { readonly id: string; readonly name: string | null } | null;
  readonly technique: { readonly id: string; readonly name: string | null } | null;
}

/** A top-level `not (…)` of the rule, and the events that it alone kept out of the findings. */
export interface Exclusion {
  readonly condition: string;
  /** False where `--no-exclusions` dropped it. */
  readonly applied: boolean;
  readonly hidden: number;
  /** Those with the most events, 10,000 at most. */
  readonly by: readonly {
    readonly principal: string | null;
    readonly userAgent: string | null;
    readonly events: number;
  }[];
}

/** One event that the rule matched; absent fields are null. */
export interface Finding {
  readonly eventID: string | null;
  /** `YYYY-MM-DDThh:mm:ss.sssZ`, or null for an event without a readable time. */
  readonly eventTime: string | null;
  readonly eventName: string | null;
  readonly eventSource: string | null;
  readonly awsRegion: string | null;
  readonly recipientAccountId: string | null;
  readonly sourceIPAddress: string | null;
  readonly userAgent: string | null;
  /** Canonical: nulls and empty objects dropped, CloudTrail's spelling and order of keys. */
  readonly userIdentity: Json;
  /** Canonical: nulls and empty objects dropped, keys sorted. */
  readonly requestParameters: Json;
  readonly responseElements: Json;
  /** The file that the event was in, as found; `-` is standard input. */
  readonly source: string | null;
  /** Fields of the log that the table does not have, by dotted path. */
  readonly extra: Json;
  /** What the rule says of the finding; null where it says nothing. */
  readonly alert: FindingAlert | null;
}

/** A rule's `AlertTitle`, `AlertContext`, `GroupBy` and `DynamicSeverities`, with the event's values. */
export interface FindingAlert {
  readonly title: string | null;
  readonly severity: string;
  readonly context: { readonly [name: string]: Json };
  /** The values of `GroupBy`; null where the rule groups by nothing. */
  readonly group: readonly string[] | null;
}

/**
 * The model of a report: what a hunt found, and how far the result can be trusted. Every format is made from it alone, and
 * the JSON format is this structure (`data/hunt-report-1.schema.json`). It does not say when it was made, so two reports on
 * the same logs are equal. All instants are `YYYY-MM-DDThh:mm:ss.sssZ`.
 */
import type { KeyLink } from '../change/actor/issued-key.js';
import type { GivenFilter } from '../rule/filters.js';
import type { REPORT_SCHEMA } from '../cloudtrail/own-report.js';
import type { Audit } from './audit/audit.js';
import type { LogCoverage } from './coverage.js';
import type { Completeness } from './completeness/completeness.js';
import type { DispositionCounts, ExceptionUse, GoneFinding } from './disposition.js';
import type { FindingOrder, Findings } from './finding.js';
import type { ResourceHistory } from './history.js';
import type { Overview } from './overview.js';
import type { RuleSummary } from './rule-summary.js';
import type { Run } from './run.js';
import type { Story, Summary } from './story.js';
import type { WarningCode } from './warnings.js';

export interface Report {
  readonly schema: typeof REPORT_SCHEMA;
  readonly tool: { readonly name: 'hunt'; readonly version: string };
  /** Null if no schedule asked for the report. */
  readonly run: Run | null;
  /** What the hunt asked about; null where it asked what its rules find. */
  readonly subject: Subject | null;
  /** `[since, until)`; null if the window is open. */
  readonly window: { readonly since: string | null; readonly until: string | null };
  readonly source: HuntSource;
  /** The options that limit which events the hunt looks at; the rules' own conditions are in `sections`. */
  readonly filters: readonly GivenFilter[];
  readonly files: FileOutcomes;
  readonly ruleFiles: RuleFileOutcomes;
  readonly coverage: LogCoverage;
  /** Whether every log is here and unaltered, and CloudTrail wrote logs all the time. */
  readonly completeness: Completeness;
  readonly warnings: readonly Warning[];
  /** One for each rule. */
  readonly sections: readonly Section[];
  /** All findings in a few numbers. */
  readonly summary: Summary;
  /** When they were, who made them, where and how, and what to look at first. */
  readonly overview: Overview;
  /** Findings that belong together, in the order of their first findings. A finding that stands alone is in none. */
  readonly stories: readonly Story[];
  /** Which calls issued the keys with which others were made, as far as the report needs them, in order of time. */
  readonly links: readonly KeyLink[];
  /** `hunt who`: the principals of all calls, reads too, those with the most calls first. Null in other reports. */
  readonly callers: readonly CallerCount[] | null;
  /**
   * `hunt who`: the keys that `links` says were issued, and how many calls were made with each, reads too. Null in other reports,
   * and where the calls were made with too many keys to be counted by them.
   */
  readonly keys: readonly KeyCount[] | null;
  /**
   * `hunt who`: the addresses of all calls, reads too, those with the most calls first. Null in other reports, and where there are too
   * many.
   */
  readonly addresses: readonly AddressCount[] | null;
  /** `hunt what`: what became of the resource. Null in other reports. */
  readonly history: ResourceHistory | null;
  /**
   * Every call that the filters leave in the window, whatever the rules say: at most 1,000 names, those with the most calls first.
   * Null where the hunt did not count calls.
   */
  readonly calls: readonly CallCount[] | null;
  /** How many calls have further names. Only hostile logs have so many. */
  readonly otherCalls: number;
  /** Null in a hunt that has nothing to compare its findings with. */
  readonly dispositions: DispositionCounts | null;
  /** What the exceptions accepted, in the order of their file. */
  readonly exceptions: readonly ExceptionUse[];
  /** What the baseline has and this hunt has not: at most 1,000. Null without a baseline, or with filters. */
  readonly gone: readonly GoneFinding[] | null;
  /** Null in a report that is not for an audit. */
  readonly audit: Audit | null;
  /** The order of the findings. */
  readonly order: FindingOrder;
  /** Each event that a rule matched, once. */
  readonly findings: Findings;
}

/** The principals, keys or addresses of `hunt who`, or the resource of `hunt what`, as the user wrote them. */
export interface Subject {
  readonly kind: 'who' | 'what';
  readonly text: string;
}

/** A principal, and how many calls it made: the ARN, or what else names it. */
export interface CallerCount {
  readonly principal: string | null;
  readonly events: number;
}

/** An access key, and how many calls were made with it. */
export interface KeyCount {
  readonly accessKey: string;
  readonly events: number;
}

/** An address, and how many calls came from it. */
export interface AddressCount {
  /** Null for calls without one. */
  readonly address: string | null;
  readonly events: number;
  /** Null where no call has a readable time. */
  readonly first: string | null;
  readonly last: string | null;
}

/** How often a call was made. Each event counts once, however often it was delivered. */
export interface CallCount {
  readonly eventSource: string | null;
  readonly eventName: string | null;
  /** Whether it may have changed something. */
  readonly mutating: boolean;
  /** The error message where an event has no code. Null if it has neither. */
  readonly errorCode: string | null;
  readonly events: number;
  /** Null for events without a readable time. */
  readonly first: string | null;
  readonly last: string | null;
}

/** Where the records came from. */
export interface HuntSource {
  readonly engine: 'duckdb' | 'athena' | 'trino';
  /** The hunted files and folders, as the user named them; empty if a table was hunted. */
  readonly paths: readonly string[];
  /** The hunted table, as the user named it. */
  readonly table: string | null;
  readonly config: ConfigUsed | null;
  /** Fields of findings that the hunted table does not have. */
  readonly missingFields: readonly string[];
  /** Null where this process read the logs itself. */
  readonly execution: EngineUsage | null;
}

/** The configuration file that was used. */
export interface ConfigUsed {
  readonly path: string;
  /** Of its bytes. */
  readonly sha256: string;
  /** The names that it gives to accounts, in its order. */
  readonly accounts: readonly { readonly id: string; readonly name: string }[];
}

/** The queries that Athena or Trino ran for the hunt, and their estimated cost. */
export interface EngineUsage {
  /** Sorted by `part`. */
  readonly queries: readonly {
    readonly id: string;
    /** The part of the table that the query read: `2026-01-01..2026-01-08`. */
    readonly part: string;
    readonly state: 'running' | 'succeeded' | 'failed' | 'stopped';
    readonly bytes: number;
    readonly milliseconds: number;
  }[];
  /** The sums over all queries: bytes read, and the engine's time. */
  readonly bytes: number;
  readonly milliseconds: number;
  /** An estimate at the stated price; null if the engine does not charge for bytes read. */
  readonly cost: {
    readonly amount: number;
    readonly currency: 'USD';
    readonly pricePerTerabyte: number;
  } | null;
}

/** Which files were read, which were skipped, and which could not be read. */
export interface FileOutcomes {
  /** Files with CloudTrail events, or with an empty list of events. Null for a table, whose engine does not say. */
  readonly read: number | null;
  /** Files that are not CloudTrail logs, or that the window does not need. No evidence was lost with them. */
  readonly skipped: readonly SkipCount[];
  /** Records in the read files that are not CloudTrail events, for example Insights events. */
  readonly skippedRecords: readonly SkipCount[];
  /** Lost evidence. */
  readonly unreadable: readonly { readonly path: string; readonly reason: string }[];
  /** Unpaired surrogates that were replaced by U+FFFD in the rule's events. */
  readonly repairedSurrogates: number;
}

/** What became of the rules in the folders that `--rules` names, beside those that were applied. */
export interface RuleFileOutcomes {
  /** Rules that could not be applied: what they look for was not looked for. */
  readonly refused: readonly RefusedRule[];
  /** Documents that are not about single events of CloudTrail. */
  readonly skipped: readonly SkipCount[];
}

/** A rule with a mistake, or one that this hunt cannot apply. Line and column count from 1. */
export interface RefusedRule {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly reason: string;
  /** The rule, where it has no mistake and the table lacks a field that it tests; null otherwise. */
  readonly rule: Pick<RuleSummary, 'id' | 'name' | 'severity'> | null;
}

/** How many files, records or documents were skipped for one reason. */
export interface SkipCount {
  readonly reason: string;
  readonly count: number;
}

/** What a reader must know before trusting a number. `WARNINGS` says what each code means and what to do. */
export interface Warning {
  /** For scripts. */
  readonly code: WarningCode;
  readonly message: string;
  /** Of a `COVERAGE_GAP`: its time, where no account has a record in it. */
  readonly silent?: { readonly since: string; readonly until: string };
}

/**
 * The stages of a funnel that are not conditions of the rule. What selects events is one stage: `event names`, where the rule
 * lists names and the user gives no filter, else the filters and such tests in words. Without either there is no such stage.
 */
export const STAGE = {
  read: 'read',
  eventNames: 'event names',
  window: 'in window',
  corrected: 'without corrected records',
  findings: 'findings',
} as const;

/** One rule's part of the report. */
export interface Section {
  readonly rule: RuleSummary;
  /** How many events remain after each stage. The first stage is `STAGE.read`, the last is `STAGE.findings`. */
  readonly funnel: readonly { readonly stage: string; readonly events: number }[];
  /** How many records repeat an event, and how many events have repeats that differ. The funnel counts each event once. */
  readonly repeats: { readonly removed: number; readonly conflicting: number };
  /** Events that the rule's names and the filters select, but without a readable time. */
  readonly undated: number;
  readonly exclusions: readonly Exclusion[];
  readonly warnings: readonly Warning[];
  /** How many of the findings the rule matched. */
  readonly findingCount: number;
}

/** The name of the row of `Exclusion` that has the events which two or more exclusions cover. */
export const SEVERAL_EXCLUSIONS = 'several exclusions';

/** A top-level `not (…)` of the rule, and how many events it alone hid: without it they would be findings. */
export interface Exclusion {
  /** Null where the rule gives the exclusion no name. A stage of the funnel is `not` with the name. */
  readonly name: string | null;
  /** Why such events are not findings; null where it has no name. */
  readonly reason: string | null;
  /** Whether the rule has it, or hunt.yml adds it (`exclusions`, `allow`). */
  readonly source: 'rule' | 'config';
  readonly condition: string;
  /** False if `--no-exclusions` dropped the exclusion, or hunt.yml took it out of the list. */
  readonly applied: boolean;
  readonly hidden: number;
  /**
   * Hidden events that deserve a second look: only the name of the session has the text that the exclusion asks for, and not the
   * role; or a principal to whom `allow` allows a tool also acted with another one.
   */
  readonly flags: readonly {
    readonly reason: 'session name' | 'another tool';
    readonly principal: string;
    readonly events: number;
  }[];
  /** Who made the hidden events: at most 10,000 pairs of principal and user agent, those with the most events. */
  readonly by: readonly {
    readonly principal: string | null;
    readonly userAgent: string | null;
    readonly events: number;
  }[];
}

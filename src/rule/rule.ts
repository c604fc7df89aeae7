/**
 * A detection rule: its condition, its parameters, and its description.
 *
 * A rule file may use parameters and match expressions from a file `shared.yml`, in the folder of the rule or in the folder
 * above it (`panther/shared.ts`). A Rule no longer depends on that file: its condition and parameters are complete, and only
 * the position of a test says from which file it comes.
 */
import type { JsonObject } from '../cloudtrail/json.js';
import type { SourcePosition } from '../errors.js';
import type { Alert } from './alert.js';
import type { Condition, NamedExclusion } from './condition/condition.js';
import type { Severity } from './severity.js';

export interface Rule {
  readonly id: string;
  readonly name: string;
  readonly severity: Severity;
  readonly description: string | undefined;
  /** What to do about a finding. */
  readonly runbook: string | undefined;
  readonly reference: string | undefined;
  readonly tags: readonly string[];
  /** IDs of ATT&CK. A Sigma rule may leave open which tactic a technique serves. */
  readonly mitre: readonly {
    readonly tactic: string | undefined;
    readonly technique: string | undefined;
  }[];
  readonly parameters: readonly Parameter[];
  readonly condition: Condition;
  /** The file of the list of exclusions that the rule takes, as the rule names it. */
  readonly exclusionList?: string | undefined;
  /** Exclusions of the list that the user took out. */
  readonly removedExclusions?: readonly NamedExclusion[] | undefined;
  readonly alert: Alert | undefined;
  /** The fields that a table of findings shows. */
  readonly outputFields: readonly string[];
  readonly tests: readonly RuleTest[];
  /** The path of its file. */
  readonly file: string;
  /** Of the file's bytes, in hexadecimal. A rule that hunt makes itself is in no file. */
  readonly sha256?: string | undefined;
}

/** A named list of values that a user may set. */
export interface Parameter {
  readonly name: string;
  readonly description: string | undefined;
  readonly default: readonly string[];
  readonly at: SourcePosition;
}

/** An event in the rule's file, and whether the rule must match it. */
export interface RuleTest {
  readonly name: string;
  readonly expected: boolean;
  readonly log: JsonObject;
  /** Keys that have no meaning here. */
  readonly ignored: readonly string[];
  readonly at: SourcePosition;
}

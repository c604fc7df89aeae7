/**
 * A detection rule: what it looks for, with which parameters, and what is said about it.
 *
 * A rule file stands alone, or uses what its pack says once for all of its rules: parameters and match expressions in a
 * file `shared.yml`, in the folder of the rule or in the folder above it (`panther/shared.ts`). Here nothing is left of
 * that: the condition and the parameters are complete, and only the position of a test shows from which file it came.
 */
import type { JsonObject } from '../cloudtrail/json.js';
import type { SourcePosition } from '../errors.js';
import type { Alert } from './alert.js';
import type { Condition } from './condition.js';
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
  readonly alert: Alert | undefined;
  /** The fields that a table of findings shows. */
  readonly outputFields: readonly string[];
  readonly tests: readonly RuleTest[];
  /** The path of its file. */
  readonly file: string;
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
  readonly at: SourcePosition;
}

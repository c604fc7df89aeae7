/** A detection rule: its metadata, parameters, condition and tests. */
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
  readonly runbook: string | undefined;
  readonly reference: string | undefined;
  readonly tags: readonly string[];
  /** IDs of ATT&CK. Ours give a tactic with each technique; Sigma may leave it open which one a technique serves. */
  readonly mitre: readonly {
    readonly tactic: string | undefined;
    readonly technique: string | undefined;
  }[];
  readonly parameters: readonly Parameter[];
  readonly condition: Condition;
  readonly alert: Alert | undefined;
  readonly outputFields: readonly string[];
  readonly tests: readonly RuleTest[];
  /** The file it was read from. */
  readonly file: string;
}

/** A named list of values that a user may set. */
export interface Parameter {
  readonly name: string;
  readonly description: string | undefined;
  readonly default: readonly string[];
  readonly at: SourcePosition;
}

/** An event in the rule's file, and whether the rule is to match it. */
export interface RuleTest {
  readonly name: string;
  readonly expected: boolean;
  readonly log: JsonObject;
  readonly at: SourcePosition;
}

/** The rule of a section, as a part of the model of a report. */
import type { Severity } from '../rule/severity.js';

/** The rule as it was applied. */
export interface RuleSummary {
  readonly id: string;
  readonly name: string;
  readonly severity: Severity;
  /** The SHA-256 of the rule's file; null for a rule that is in none. */
  readonly sha256: string | null;
  readonly description: string | null;
  readonly runbook: string | null;
  readonly reference: string | null;
  readonly tags: readonly string[];
  readonly mitre: readonly MitreLabel[];
  readonly parameters: readonly {
    readonly name: string;
    readonly values: readonly string[] | 'any';
    /** Who set the values: the rule's default, hunt.yml, or `--set`. */
    readonly source: 'rule' | 'config' | 'option';
  }[];
  /** The accounts outside which the rule, with the filters, can match nothing. Null where it can match every account. */
  readonly accounts: readonly string[] | null;
  /** The fields that its `OutputFields` name: CSV and XLSX have a column for each. */
  readonly outputFields: readonly string[];
  /** The applied conditions, in the notation of `hunt explain`. An event must meet all of them. */
  readonly condition: readonly string[];
}

/** A technique of MITRE ATT&CK that the rule detects. A name is null if the bundled ATT&CK data lacks the ID. */
export interface MitreLabel {
  /** Null where the rule does not name the tactic. */
  readonly tactic: { readonly id: string; readonly name: string | null } | null;
  readonly technique: { readonly id: string; readonly name: string | null } | null;
}

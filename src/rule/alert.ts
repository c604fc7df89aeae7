/** What a rule says about each of its findings. */
import type { Condition, FieldPath } from './condition/condition.js';
import type { Severity } from './severity.js';

export interface Alert {
  /** Texts and field paths. A finding shows its own value instead of each path. */
  readonly title: readonly (string | FieldPath)[] | undefined;
  readonly context: readonly { readonly name: string; readonly field: FieldPath }[];
  readonly groupBy: readonly FieldPath[];
  /** The first whose condition holds gives the finding's severity. */
  readonly severities: readonly { readonly to: Severity; readonly when: Condition }[];
}

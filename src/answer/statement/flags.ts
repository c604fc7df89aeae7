/** The names of the columns that say what a rule's tests gave. */
import type { Stage } from '../../query/query.js';
import type { NumberedRule } from './rule-texts.js';

/** Whether the rule selects a record. */
export function selectedFlag({ number }: NumberedRule): string {
  return `r${number}_selected`;
}

/** Whether a record passes a stage. */
export function flagOf({ number }: NumberedRule, stage: Stage): string {
  return stage.kind === 'window' ? 'in_window' : `r${number}_${stage.id}`;
}

/**
 * Which conjuncts of a rule select the events that its funnel counts: the user's filters, and of the rule its list of event
 * names or, without one, its first test that readers can tell from the bytes of a record. A reader of logs may leave out every
 * record that fails one of them. An exclusion is never among them, because the ledger counts what it hides.
 */
import { requiresNothing } from '../cloudtrail/requirement.js';
import { requiredValues } from '../rule/condition/required-values.js';
import type { Condition } from '../rule/condition/condition.js';
import { necessaryFor } from './necessary.js';
import type { Conjunct } from './query.js';

/** The conjuncts that select, in the order of the rule. */
export function selectionOf(conjuncts: readonly Conjunct[]): readonly Conjunct[] {
  const rule = conjuncts.filter(({ origin, exclusion }) => origin === 'rule' && !exclusion);
  const own = rule.find(namesEvents) ?? rule.find(canBeTold);
  return conjuncts.filter(
    (conjunct) => conjunct === own || (conjunct.origin === 'filter' && !conjunct.exclusion),
  );
}

function canBeTold({ condition }: Conjunct): boolean {
  return !requiresNothing(necessaryFor(condition));
}

/** What the selection of a rule requires, as one condition. */
export function selectingCondition(selection: readonly Conjunct[]): Condition {
  return { kind: 'all', of: selection.map(({ condition }) => condition) };
}

/** Whether a conjunct is one test that lists event names. */
export function namesEvents({ condition }: Conjunct): boolean {
  return condition.kind === 'test' && requiredValues(condition, 'eventName') !== undefined;
}

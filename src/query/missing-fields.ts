/** A rule over a table that lacks fields which the rule tests, but does not need (`Optional`). */
import { furtherField } from '../cloudtrail/field/further-fields.js';
import type { FieldPath } from '../rule/condition/condition.js';
import { assumeMissing } from '../rule/condition/missing-fields.js';
import type { Conjunct, CountedCalls, RuleQuery, Stage } from './query.js';

/** The rule without its tests of these fields. Its stages keep their text: the rule means the same. */
export function withoutFields(rule: RuleQuery, lacks: (field: FieldPath) => boolean): RuleQuery {
  const changed = new Map(
    rule.conjuncts.map((conjunct): [Stage, Conjunct] => [
      conjunct,
      { ...conjunct, condition: assumeMissing(conjunct.condition, lacks) },
    ]),
  );
  const become = (conjunct: Conjunct): Conjunct => changed.get(conjunct) ?? conjunct;
  const severities = rule.bound.severities.map((severity) => ({
    ...severity,
    when: assumeMissing(severity.when, lacks),
  }));
  return {
    ...rule,
    bound: { ...rule.bound, severities },
    conjuncts: rule.conjuncts.map(become),
    selection: rule.selection.map(become),
    stages: rule.stages.map((stage) => (stage.kind === 'window' ? stage : become(stage))),
  };
}

/** Counted calls without the same tests. */
export function callsWithoutFields(
  { filters, mutating, correction, bySource }: CountedCalls,
  lacks: (field: FieldPath) => boolean,
): CountedCalls {
  return {
    filters: filters.map((filter) => assumeMissing(filter, lacks)),
    mutating: assumeMissing(mutating, lacks),
    correction: assumeMissing(correction, lacks),
    bySource,
  };
}

/** The rule for a table with the columns that AWS documents, and no others. */
export function forDocumentedTable(rule: RuleQuery): RuleQuery {
  return withoutFields(rule, (field) => furtherField(field) !== undefined);
}

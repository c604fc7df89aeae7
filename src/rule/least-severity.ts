/** Limits a hunt to findings of at least a severity (`--severity high`). */
import type { BoundRule } from './bind.js';
import { conjunctsOf, type Condition } from './condition/condition.js';
import { SEVERITIES, type Severity } from './severity.js';

/**
 * The rule without its findings of a lower severity; undefined if all of them have a lower one. A rule may give findings
 * different severities: then a condition is added that holds for those of at least this severity.
 */
export function atLeast(bound: BoundRule, least: Severity): BoundRule | undefined {
  const { severities, rule } = bound;
  const isEnough = (severity: Severity): boolean =>
    SEVERITIES.indexOf(severity) >= SEVERITIES.indexOf(least);
  const all = [...severities.map(({ to }) => to), rule.severity].map(isEnough);
  if (all.every(Boolean)) return bound;
  if (!all.some(Boolean)) return undefined;
  // The first severity whose condition holds counts, and the rule's own where none does: from the last to the first.
  const condition = severities.reduceRight<Condition>(
    (otherwise, { to, when }) =>
      isEnough(to)
        ? { kind: 'any', of: [when, otherwise] }
        : { kind: 'all', of: [{ kind: 'not', of: when }, otherwise] },
    { kind: 'constant', value: isEnough(rule.severity) },
  );
  // As one of two alternatives it stays one conjunct, and no part of it is taken for an exclusion of the rule.
  const conjunct: Condition = {
    kind: 'any',
    of: [condition, { kind: 'constant', value: false }],
    text: `severity ${least.toLowerCase()}${least === SEVERITIES.at(-1) ? '' : ' or above'}`,
  };
  return { ...bound, condition: { kind: 'all', of: [...conjunctsOf(bound.condition), conjunct] } };
}

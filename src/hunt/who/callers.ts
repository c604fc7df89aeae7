/**
 * Counts the calls of each principal, reads too: a role that somebody assumed may have done nothing but read. The ledger of exclusions
 * counts by principal on every engine, so a rule that excludes everything makes it count all calls that the filters leave.
 */
import type { CallerCount, Report } from '../../report/report.js';
import type { Condition } from '../../rule/condition/condition.js';
import { ownRule } from '../../rule/own-rule.js';
import type { Rule } from '../../rule/rule.js';

const ID = 'AWS.Who.Callers';

/** Excludes every event. */
export const CALLERS_RULE: Rule = ownRule(ID, 'Whose calls there are', {
  kind: 'not',
  of: { kind: 'constant', value: true, text: 'every call' },
});

const INSTANCES = 'AWS.Who.Instances';

/** Counts all calls of instances, not only those that somebody asks about: the calls of its own agents say where an instance is. */
export function instancesRule(condition: Condition): Rule {
  return {
    ...CALLERS_RULE,
    id: INSTANCES,
    condition: { kind: 'all', of: [condition, CALLERS_RULE.condition] },
  };
}

/** The ID of the rule that counts the calls of one of several that are asked about. */
export function callersRuleOf(index: number): Rule {
  return { ...CALLERS_RULE, id: `${ID}.${index}` };
}

/** The indexes of those without a call, among several that are asked about. */
export function withoutCalls({ sections }: Report): readonly number[] {
  return sections.flatMap(({ rule, exclusions }) =>
    rule.id.startsWith(`${ID}.`) && exclusions.every(({ hidden }) => hidden === 0)
      ? [Number(rule.id.slice(ID.length + 1))]
      : [],
  );
}

/** The report with the callers in the place of the rule that counted them. */
export function withCallers(report: Report): Report {
  const counted = report.sections.find(({ rule }) => rule.id === ID);
  const callers = counted?.exclusions.flatMap(({ by }) => by) ?? [];
  return {
    ...report,
    sections: report.sections.filter(
      ({ rule: { id } }) => id !== ID && id !== INSTANCES && !id.startsWith(`${ID}.`),
    ),
    callers: byPrincipal(callers),
  };
}

/** The callers with the most calls first. */
function byPrincipal(
  callers: readonly { readonly principal: string | null; readonly events: number }[],
): readonly CallerCount[] {
  const counts = new Map<string | null, number>();
  for (const { principal, events } of callers)
    counts.set(principal, (counts.get(principal) ?? 0) + events);
  return [...counts]
    .map(([principal, events]) => ({ principal, events }))
    .toSorted((a, b) => b.events - a.events);
}

/** One rule's part of the report: its funnel, its exclusion ledger, its findings. */
import { attackNames } from '../../rule/attack.js';
import type { Exclusion, Findings, RuleSummary, Section, Warning } from '../../report/report.js';
import type { RuleQuery } from '../../query/query.js';
import type { Account } from '../../answer/fold.js';
import type { Hidden } from '../../answer/hidden.js';

/** The section of a rule. `read` counts all records that were looked at, whatever their event name. */
export function toSection(
  query: RuleQuery,
  account: Account,
  hidden: readonly Hidden[],
  read: number,
  warnings: readonly Warning[],
  findings: Findings,
): Section {
  return {
    rule: summarise(query),
    funnel: funnelOf(query, account, read),
    repeats: { removed: account.repeated, conflicting: account.conflicting },
    undated: account.undated,
    exclusions: exclusionsOf(query, hidden),
    warnings,
    findings,
  };
}

function summarise({ bound, applied }: RuleQuery): RuleSummary {
  const { rule, parameters } = bound;
  const { tactics, techniques } = attackNames();
  return {
    id: rule.id,
    name: rule.name,
    severity: rule.severity,
    description: rule.description ?? null,
    runbook: rule.runbook ?? null,
    reference: rule.reference ?? null,
    tags: rule.tags,
    mitre: rule.mitre.map(({ tactic, technique }) => ({
      tactic: tactic === undefined ? null : { id: tactic, name: tactics[tactic] ?? null },
      technique:
        technique === undefined ? null : { id: technique, name: techniques[technique] ?? null },
    })),
    parameters,
    condition: applied.map((part) => part.text),
  };
}

function funnelOf({ eventNames, conjuncts }: RuleQuery, account: Account, read: number) {
  const tests = ['in window', ...conjuncts.map((part) => part.text)];
  const stages = tests.map((stage, test) => ({ stage, events: account.passed[test] ?? 0 }));
  return [
    { stage: 'read', events: read },
    ...(eventNames ? [{ stage: 'event names', events: account.events }] : []),
    ...stages,
    { stage: 'findings', events: account.passed.at(-1) ?? 0 },
  ];
}

function exclusionsOf(query: RuleQuery, hidden: readonly Hidden[]): readonly Exclusion[] {
  const applied = query.conjuncts.flatMap(({ text, exclusion }, index) => {
    const { events = 0, by = [] } = hidden[index + 1] ?? {};
    return exclusion ? [{ condition: text, applied: true, hidden: events, by }] : [];
  });
  const dropped = query.dropped.map(({ text }) => ({
    condition: text,
    applied: false,
    hidden: 0,
    by: [],
  }));
  return [...applied, ...dropped];
}

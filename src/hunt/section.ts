/** One rule's part of the report: its funnel, its exclusion ledger, its findings. */
import { byCodePoint } from '../cloudtrail/canonical.js';
import { attackNames } from '../rule/attack.js';
import type { Exclusion, Findings, RuleSummary, Section, Warning } from '../report/report.js';
import type { Conjunct, RuleQuery } from '../sql/query.js';
import type { Account, Missed } from './fold.js';

/** The section of a rule. `read` counts all records that were looked at, whatever their event name. */
export function toSection(
  query: RuleQuery,
  account: Account,
  read: number,
  warnings: readonly Warning[],
  findings: Findings,
): Section {
  return {
    rule: summarise(query),
    funnel: funnelOf(query, account, read),
    repeats: { removed: account.repeated, conflicting: account.conflicting },
    undated: account.undated,
    exclusions: exclusionsOf(query, account.missed),
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

function exclusionsOf(query: RuleQuery, missed: readonly Missed[]): readonly Exclusion[] {
  const applied = query.conjuncts.flatMap((part, index) =>
    part.exclusion
      ? [
          ledger(
            part,
            missed.filter(({ test }) => test === index + 1),
          ),
        ]
      : [],
  );
  const dropped = query.dropped.map(({ text }) => ({
    condition: text,
    applied: false,
    hidden: 0,
    by: [],
  }));
  return [...applied, ...dropped];
}

function ledger({ text }: Conjunct, hidden: readonly Missed[]): Exclusion {
  const groups = new Map<
    string,
    { principal: string | null; userAgent: string | null; events: number }
  >();
  for (const { principal, agent, events } of hidden) {
    const key = JSON.stringify([principal, agent]);
    const group = groups.get(key) ?? { principal, userAgent: agent, events: 0 };
    groups.set(key, { ...group, events: group.events + events });
  }
  const by = [...groups]
    .toSorted(([a, x], [b, y]) => y.events - x.events || byCodePoint(a, b))
    .map(([, group]) => group);
  return {
    condition: text,
    applied: true,
    hidden: hidden.reduce((total, { events }) => total + events, 0),
    by,
  };
}

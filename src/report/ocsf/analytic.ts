/** The rules behind a finding, as OCSF has them. */
import type { MitreLabel, RuleSummary } from '../rule-summary.js';

/** An `analytic` of OCSF. Its version is the SHA-256 of the file of the rule. */
export function analyticOf({ id, name, description, sha256 }: RuleSummary): object {
  return {
    type_id: 1,
    type: 'Rule',
    uid: id,
    name,
    ...(description !== null && { desc: description }),
    ...(sha256 !== null && { version: sha256 }),
  };
}

/** Each pair of tactic and technique once. */
export function attacksOf(rules: readonly RuleSummary[]): readonly object[] {
  const attacks = rules
    .flatMap(({ mitre }) => mitre)
    .filter(({ tactic, technique }) => tactic !== null || technique !== null)
    .map(attackOf);
  return [...new Map(attacks.map((attack) => [JSON.stringify(attack), attack])).values()];
}

function attackOf({ tactic, technique }: MitreLabel): object {
  const isPart = technique?.id.includes('.') === true;
  return {
    ...(tactic && { tactic: named(tactic) }),
    ...(technique && { [isPart ? 'sub_technique' : 'technique']: named(technique) }),
  };
}

function named({ id, name }: { readonly id: string; readonly name: string | null }): object {
  return { uid: id, ...(name !== null && { name }) };
}

/** What the rule says to do. */
export function remediationOf(rule: RuleSummary | undefined): object {
  if (rule?.runbook === undefined || rule.runbook === null) return {};
  const { runbook, reference } = rule;
  return {
    remediation: { desc: runbook, ...(reference !== null && { references: [reference] }) },
  };
}

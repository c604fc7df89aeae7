/** Makes one rule's part of the report: its funnel and its exclusion ledger. */
import { notation } from '../../rule/condition/notation.js';
import { attackNames } from '../../rule/attack.js';
import { STAGE, type Exclusion, type Section, type Warning } from '../../report/report.js';
import type { RuleSummary } from '../../report/rule-summary.js';
import type { RuleAnswer } from '../../findings/collector.js';
import type { Conjunct, RuleQuery } from '../../query/query.js';
import type { StageFlags } from './exclusion-flags.js';
import { severalExclusions } from './several-exclusions.js';
import { requiredOfRule } from '../../query/required.js';
import { namesEvents } from '../../query/selection.js';

export interface SectionParts {
  readonly rule: RuleQuery;
  readonly answer: RuleAnswer;
  readonly findingCount: number;
  /** How many events the rule matched that another finding corrects. */
  readonly replaced: number;
  /** How many records were read, with any event name. */
  readonly read: number;
  readonly warnings: readonly Warning[];
  readonly flags: StageFlags | undefined;
}

/** The section of a rule. */
export function toSection(parts: SectionParts): Section {
  const { rule, answer, findingCount, warnings, flags } = parts;
  const { totals, hidden } = answer;
  return {
    rule: summarise(rule),
    funnel: funnelOf(parts),
    repeats: { removed: totals.repeated, conflicting: totals.conflicting },
    undated: totals.undated,
    exclusions: exclusionsOf(rule, hidden, flags),
    warnings,
    findingCount,
  };
}

function summarise({ bound, conjuncts }: RuleQuery): RuleSummary {
  const { rule, parameters } = bound;
  const { tactics, techniques } = attackNames();
  return {
    id: rule.id,
    name: rule.name,
    severity: rule.severity,
    sha256: rule.sha256 ?? null,
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
    accounts: requiredOfRule(conjuncts, 'recipientAccountId') ?? null,
    outputFields: rule.outputFields,
    condition: conjuncts.map((part) => part.text),
  };
}

function funnelOf({
  rule: { selection, stages },
  answer: { totals },
  read,
  replaced,
}: SectionParts) {
  const events = totals.found - replaced;
  return [
    { stage: STAGE.read, events: read },
    ...(selection.length > 0 ? [{ stage: selectionText(selection), events: totals.selected }] : []),
    ...stages.map((stage) => ({
      stage: stage.kind === 'window' ? STAGE.window : stageName(stage),
      events: totals.passed.get(stage.id) ?? 0,
    })),
    ...(replaced > 0 ? [{ stage: STAGE.corrected, events }] : []),
    { stage: STAGE.findings, events },
  ];
}

/** What selects, as the name of a stage. Lists of event names are not repeated there: they are long, and the page has them. */
function selectionText(selection: readonly Conjunct[]): string {
  const texts = selection.map((part) => (namesEvents(part) ? STAGE.eventNames : part.text));
  return [...new Set(texts)].join(' and ');
}

function stageName({ name, text }: Conjunct): string {
  return name === undefined ? text : `not ${name}`;
}

function exclusionsOf(
  { stages, dropped, bound }: RuleQuery,
  hidden: RuleAnswer['hidden'],
  flags: StageFlags | undefined,
): readonly Exclusion[] {
  const applied = stages.flatMap((stage) => {
    if (stage.kind !== 'conjunct' || !stage.exclusion) return [];
    const { events = 0, by = [] } = hidden.get(stage.id) ?? {};
    const flagged = flags?.get(stage.id) ?? [];
    return [{ ...exclusionOf(stage), applied: true, hidden: events, flags: flagged, by }];
  });
  return [
    ...applied,
    ...severalExclusions({ stages }, hidden, flags),
    ...dropped.map((one) => ({ ...exclusionOf(one), ...NOT_APPLIED })),
    ...(bound.rule.removedExclusions ?? []).map((condition) => ({
      ...exclusionOf({ ...condition.label, text: notation(condition) }),
      ...NOT_APPLIED,
    })),
  ];
}

const NOT_APPLIED = { applied: false, hidden: 0, flags: [], by: [] };

function exclusionOf({
  name,
  reason,
  source = 'rule',
  text,
}: Pick<Conjunct, 'name' | 'reason' | 'source' | 'text'>): Pick<
  Exclusion,
  'name' | 'reason' | 'source' | 'condition'
> {
  return { name: name ?? null, reason: reason ?? null, source, condition: text };
}

/** The one rule of a report: its funnel, its exclusions, and what to do. */
import type { Exclusion, RefusedRule, Report, Section } from '../../report.js';
import type { MitreLabel, RuleSummary } from '../../rule-summary.js';
import { under, type Block } from '../blocks/block.js';
import { exclusionBlock } from './exclusion.js';
import { funnelBlocks } from './funnel.js';
import { severityLevel } from '../blocks/severity.js';
import { joined, text, value, type Text } from '../blocks/text.js';
import { warningBlock } from '../blocks/warning.js';
import { reasonForNone } from './zero.js';

/** The blocks of the only section of a report. */
export function* sectionBlocks(section: Section, report: Report): Generator<Block> {
  const { rule, findingCount, warnings } = section;
  const found = findingCount > 0;
  yield* titleBlocks(rule);
  if (!found) yield { kind: 'paragraph', text: reasonForNone(section, report) };
  yield* under(['Warnings'], warnings.map(warningBlock));
  yield* under(['From records to findings'], funnelBlocks(section));
  yield* under(['Exclusions, and how many events each alone hid'], exclusionBlocks(section));
  yield* under(['What to do'], found ? adviceBlocks(rule) : []);
}

/** A list may have dozens of exclusions: of those that have a name, the ones that hid nothing are only named. */
function* exclusionBlocks({ exclusions }: Section): Generator<Block> {
  const isNamedOnly = ({ name, applied, hidden }: Exclusion): boolean =>
    name !== null && applied && hidden === 0;
  for (const exclusion of exclusions) if (!isNamedOnly(exclusion)) yield exclusionBlock(exclusion);
  const names = exclusions.filter(isNamedOnly).map(({ name }) => [value(name ?? '')]);
  if (names.length === 0) return;
  yield { kind: 'paragraph', text: text`0 hidden by ${joined(names, ', ')}`, isWhole: true };
}

/** The blocks in the place of a rule that was not hunted, because the table lacks a field; none for a rule with a mistake. */
export function unhuntedBlocks({ rule, reason }: RefusedRule): readonly Block[] {
  if (rule === null) return [];
  return [
    ...titleBlocks({ ...rule, mitre: [] }),
    { kind: 'loss', text: text`not hunted: ${value(reason)}` },
  ];
}

function titleBlocks(
  rule: Pick<RuleSummary, 'id' | 'name' | 'severity' | 'mitre'>,
): readonly Block[] {
  const attack = rule.mitre.map(attackText);
  const facts = [[`${rule.severity} severity`], [value(rule.id)], ...attack];
  return [
    { kind: 'title', text: [rule.name] },
    {
      kind: 'classification',
      severity: severityLevel(rule.severity),
      text: joined(facts, ' · '),
    },
  ];
}

/** `TA0005 Stealth › T1562 Impair Defenses` */
export function attackText({ tactic, technique }: MitreLabel): Text {
  return joined(
    [tactic, technique].flatMap((one) => (one ? [[attackName(one)]] : [])),
    ' › ',
  );
}

function attackName({ id, name }: { readonly id: string; readonly name: string | null }): string {
  return name === null ? id : `${id} ${name}`;
}

function adviceBlocks({ runbook, reference }: RuleSummary): readonly Block[] {
  const texts: readonly Text[] = [
    ...(runbook === null ? [] : [[runbook]]),
    ...(reference === null ? [] : [[value(reference)]]),
  ];
  return texts.map((one) => ({ kind: 'paragraph', text: one }));
}

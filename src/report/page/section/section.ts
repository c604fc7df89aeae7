/** One rule in the report: its findings, its funnel and its exclusions. */
import type { RefusedRule, Report, RuleSummary, Section, Warning } from '../../report.js';
import { under, type Block } from '../block.js';
import { exclusionBlock } from './exclusion.js';
import { findingsBlock } from './findings.js';
import { funnelBlocks } from './funnel.js';
import { severityLevel } from '../severity.js';
import { joined, text, value, type Text } from '../text.js';
import { warningBlock } from '../warning.js';
import { counted } from '../../../text/counted.js';
import { reasonForNone } from './zero.js';

/** The blocks of a section. */
export function* sectionBlocks(section: Section, report: Report): Generator<Block> {
  const { rule, findingCount, exclusions } = section;
  const found = findingCount > 0;
  // If there are many rules, most find nothing. For these, the explanation and the exclusions are enough.
  const isBrief = !found && report.sections.length > 1;
  yield* titleBlocks(rule);
  yield* under(
    [counted(findingCount, 'finding')],
    [
      found
        ? findingsBlock(report.findings, rule.id)
        : { kind: 'paragraph', text: reasonForNone(section, report) },
    ],
  );
  yield* under(['Warnings'], newWarnings(section, report).map(warningBlock));
  yield* under(['From records to findings'], isBrief ? [] : funnelBlocks(section));
  yield* under(
    ['Exclusions, and how many events each alone hid'],
    exclusions.filter(({ hidden }) => !isBrief || hidden > 0).map(exclusionBlock),
  );
  yield* under(['What to do'], found ? adviceBlocks(rule) : []);
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
  const attack = rule.mitre.map(({ tactic, technique }) =>
    joined(
      [tactic, technique].flatMap((one) => (one ? [[attackName(one)]] : [])),
      ' › ',
    ),
  );
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

function attackName({ id, name }: { readonly id: string; readonly name: string | null }): string {
  return name === null ? id : `${id} ${name}`;
}

/** The warnings of the section that no earlier section has. */
function newWarnings(section: Section, { sections }: Report): readonly Warning[] {
  const before = sections.slice(0, sections.indexOf(section)).flatMap(({ warnings }) => warnings);
  const given = new Set(before.map(({ message }) => message));
  return section.warnings.filter(({ message }) => !given.has(message));
}

function adviceBlocks({ runbook, reference }: RuleSummary): readonly Block[] {
  const texts: readonly Text[] = [
    ...(runbook === null ? [] : [[runbook]]),
    ...(reference === null ? [] : [[value(reference)]]),
  ];
  return texts.map((one) => ({ kind: 'paragraph', text: one }));
}

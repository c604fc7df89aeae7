/** What to look at before anything else. */
import type { Report } from '../../report.js';
import type { Block } from '../blocks/block.js';
import { attentionBlocks } from '../overview.js';
import { ruleWarningBlocks } from '../rules/list.js';
import { text, value, type Text } from '../blocks/text.js';
import { warningBlock } from '../blocks/warning.js';

const NOTHING =
  'Nothing stands out: no finding lets others in, is of the root user or of another account, gives administrator rights, makes a way in, weakens the logs, or destroys or reaches data.';

/** What deserves attention, then the warnings of rules and of the report. */
export function* firstBlocks(report: Report): Generator<Block> {
  const { findings, overview, sections, warnings } = report;
  if (findings.length > 0 && overview.attention.length === 0)
    yield { kind: 'paragraph', text: [NOTHING] };
  yield* attentionBlocks(report);
  yield* ruleWarningBlocks(sections);
  yield* warnings.map(warningBlock);
}

export interface Advice {
  readonly rule: Text;
  readonly text: Text;
}

/** What the rules with findings tell to do, each advice once. */
export function adviceOf({ sections }: Report): readonly Advice[] {
  const known = new Map<string, Advice>();
  for (const { rule, findingCount } of sections)
    if (findingCount > 0 && rule.runbook !== null && !known.has(rule.runbook))
      known.set(rule.runbook, { rule: text`${value(rule.id)}`, text: [rule.runbook] });
  return [...known.values()];
}

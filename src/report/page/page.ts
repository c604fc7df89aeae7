/** A whole report in blocks: first what to look at first and the stories, then all findings, then the rules, then what was read. */
import type { Report } from '../report.js';
import { auditBlocks } from './audit/page.js';
import type { Block } from './blocks/block.js';
import { callBlocks } from './calls.js';
import { comparisonBlocks } from './comparison.js';
import { completenessBlocks } from './evidence/completeness.js';
import { historyBlocks } from './resource/blocks.js';
import { attentionBlocks, breakdownBlocks } from './overview.js';
import { ruleListBlocks } from './rules/list.js';
import { sectionBlocks, unhuntedBlocks } from './section/section.js';
import { storyBlocks } from './stories.js';
import { timelineBlocks } from './timeline/timeline.js';
import { verdictBlock } from './evidence/verdict.js';
import { whoBlocks } from './who/page.js';

/** The blocks of the report, in reading order. */
export function* pageOf(report: Report): Generator<Block> {
  if (report.audit !== null) {
    yield* auditBlocks(report, report.audit);
    return;
  }
  if (report.subject?.kind === 'who') {
    yield* whoBlocks(report);
    yield verdictBlock(report);
    return;
  }
  yield* historyBlocks(report);
  yield* attentionBlocks(report);
  // Of other things these findings have only what names the resource, so they cannot tell what became of them.
  if (report.history === null) yield* storyBlocks(report);
  yield* timelineBlocks(report);
  yield* breakdownBlocks(report);
  yield* comparisonBlocks(report);
  yield* callBlocks(report);
  const [section, ...others] = report.sections;
  if (section !== undefined)
    yield* others.length === 0 ? sectionBlocks(section, report) : ruleListBlocks(report);
  for (const refused of report.ruleFiles.refused) yield* unhuntedBlocks(refused);
  yield* completenessBlocks(report);
  yield verdictBlock(report);
}

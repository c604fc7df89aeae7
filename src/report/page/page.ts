/** A whole report in blocks: first the stories, then the findings, the funnel and the exclusions of each rule, then what was read. */
import type { Report } from '../report.js';
import type { Block } from './block.js';
import { completenessBlocks } from './completeness.js';
import { sectionBlocks, unhuntedBlocks } from './section/section.js';
import { storyBlocks } from './stories.js';
import { verdictBlock } from './verdict.js';

/** The blocks of the report, in reading order. */
export function* pageOf(report: Report): Generator<Block> {
  yield* storyBlocks(report);
  for (const section of report.sections) yield* sectionBlocks(section, report);
  for (const refused of report.ruleFiles.refused) yield* unhuntedBlocks(refused);
  yield* completenessBlocks(report);
  yield verdictBlock(report);
}

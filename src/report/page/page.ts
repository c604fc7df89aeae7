/** A whole report in blocks: first the findings of each rule and why they are these, then what was read. */
import type { Report } from '../report.js';
import type { Block } from './block.js';
import { completenessBlocks } from './completeness.js';
import { sectionBlocks } from './section.js';
import { verdictBlock } from './verdict.js';

/** The blocks of the report, in the order in which it is read. */
export function* pageOf(report: Report): Generator<Block> {
  for (const section of report.sections) yield* sectionBlocks(section, report);
  yield* completenessBlocks(report);
  yield verdictBlock(report);
}

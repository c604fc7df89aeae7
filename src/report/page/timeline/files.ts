/** The files of findings, with the numbers by which the lines of a time line name them. */
import type { Report } from '../../report.js';
import type { Block } from '../blocks/block.js';
import { path } from '../blocks/text.js';
import { shownPath, type Survey } from './survey.js';

/** Nothing where all findings are in one file. */
export function* fileBlocks(
  { source }: Pick<Report, 'source'>,
  { files, hasMoreFiles }: Survey,
): Generator<Block> {
  if (files.size < 2) return;
  yield { kind: 'heading', text: ['Files of these events'] };
  yield {
    kind: 'facts',
    facts: [...files].map(([file, number]) => ({
      label: `f${number}`,
      text: [path(shownPath(file, source.paths))],
      isWhole: true,
    })),
  };
  if (hasMoreFiles)
    yield { kind: 'paragraph', text: ['and more, which the json and the csv report name'] };
}

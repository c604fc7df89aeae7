/** What a page leaves out of a list. */
import type { Block } from '../blocks/block.js';

/** A block for `more` rows that are left out; none for zero or less. */
export function moreBlock(more: number): readonly Block[] {
  return more > 0
    ? [{ kind: 'paragraph', text: [`and ${more} more, which the json report has`] }]
    : [];
}

/** A part of the page, to which its navigation links. */
import type { Text } from '../../page/blocks/text.js';

export interface Part {
  /** Ids are ours: a name from a log could repeat, or be that of something else in the page. */
  readonly id: string;
  readonly title: Text;
  /** Made when they are written: the findings may exceed memory. */
  readonly pieces: () => Iterable<string>;
}

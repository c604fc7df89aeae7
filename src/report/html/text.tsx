/** Writes the texts of blocks in HTML. All text of a page goes through here, and preact escapes what is markup in it. */
import type { VNode } from 'preact';
import { safeLine } from '../../text/safe-text.js';
import { truncate } from '../../text/width.js';
import { LONGEST_PART, type Text } from '../page/blocks/text.js';

/** A string on one line, bounded, in which nothing is hidden. */
export function safe(text: string): string {
  return safeLine(truncate(text, LONGEST_PART));
}

/** The characters of a text alone, as for the title of a window. */
export function safePlain(of: Text): string {
  return of.map((part) => safe(typeof part === 'string' ? part : part.value)).join('');
}

/**
 * A text within a line. Values from outside are isolated: letters that are written from right to left cannot move the words
 * around them. The style sheet shows them in a font of their own, so that a value cannot pass for a word of the report,
 * and with all of their spaces: two names may differ in nothing else.
 */
export function Words({ of }: { readonly of: Text }): VNode {
  return (
    <>
      {of.map((part) =>
        typeof part === 'string' ? (
          safe(part)
        ) : part.value === '' ? null : (
          <bdi>{safe(part.value)}</bdi>
        ),
      )}
    </>
  );
}

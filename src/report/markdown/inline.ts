/** Writes the texts of blocks within a line of Markdown: words as prose, values as code. */
import { codeSpan, prose } from '../../text/markdown-text.js';
import { truncate } from '../../text/width.js';
import { LONGEST_PART, type Text } from '../page/blocks/text.js';

/** A text on one line, in which text from a log is harmless. */
export function inline(of: Text): string {
  let line = '';
  for (const part of of) {
    const markdown =
      typeof part === 'string'
        ? prose(truncate(part, LONGEST_PART))
        : codeSpan(truncate(part.value, LONGEST_PART));
    // Two code spans side by side would be read as one.
    line += line.endsWith('`') && markdown.startsWith('`') ? ` ${markdown}` : markdown;
  }
  return line.trim();
}

/** The same in bold. */
export function bold(of: Text): string {
  return `**${inline(of)}**`;
}

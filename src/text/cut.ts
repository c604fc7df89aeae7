/**
 * Cuts long texts of a log, so that what is kept of them stays in memory. Two texts that differ still differ when they are
 * cut: the mark between the ends has the text's length and its SHA-256.
 */
import { hash } from 'node:crypto';

/** How much of a text that is cut is shown, in UTF-16 units: a quarter from its start, the rest from its end. */
const SHOWN = 1024;

/** A text of at most `most` UTF-16 units as it is; of a longer one its ends, with a mark between them. */
export function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  const from = SHOWN / 4;
  const mark = ` … (${text.length} characters, SHA-256 ${hash('sha256', text)}) … `;
  return detached(
    text.slice(0, from).toWellFormed() + mark + text.slice(from - SHOWN).toWellFormed(),
  );
}

/** The same text without a link to the longer text that it is a part of, which V8 would keep in memory. */
function detached(text: string): string {
  return Buffer.from(text).toString();
}

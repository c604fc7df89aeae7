import { truncate } from '../text/width.js';

/** In columns. */
const LONGEST = 1000;

/** A text of a report as differences have it: a hostile log has longer ones. */
export function shortText(text: string): string;
export function shortText(text: string | null): string | null;
export function shortText(text: string | null): string | null {
  return text === null ? null : truncate(text, LONGEST);
}

/** Texts and addresses as SARIF writes them. */
import { safeLine } from '../../text/safe-text.js';
import { truncate } from '../../text/width.js';

/** In columns. A log must not fill the page of a viewer. */
const LONGEST = 2000;

/**
 * A plain text message in which nothing is a placeholder or a link. SARIF reads `{0}` as an argument and `[text](address)` as a
 * link, and a log may have both. A backslash would not help: outside of a link SARIF shows it.
 */
export function messageText(text: string): string {
  return safeLine(truncate(text, LONGEST)).replace(/[{}]/g, '$&$&').replaceAll('](', '] (');
}

/** The same for a text of several lines. */
export function messageLines(text: string): string {
  return text.trim().split('\n').map(messageText).join('\n');
}

/** The path of a log as a URI: relative as the hunted path was, `s3://…`, or `file:///…`. */
export function uriOf(path: string): string {
  const [, bucket = '', rest = path] = /^(s3:\/\/)(.*)$/s.exec(path) ?? [];
  const segments = rest.toWellFormed().split('/').map(encodeURIComponent).join('/');
  if (bucket !== '') return `${bucket}${segments}`;
  return segments.startsWith('/') ? `file://${segments}` : segments;
}

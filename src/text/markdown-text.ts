/**
 * Makes text harmless in Markdown: it cannot become markup, HTML, a link, an image, an @mention or a #reference.
 *
 * Backslashes are not enough. GitHub and GitLab look for addresses, mentions and references in the finished text, where
 * an escaped character is like any other. They ignore code spans, so everything except plain words becomes a code span.
 */
import { safeLine } from './safe-text.js';

/**
 * A word or a small number between ordinary punctuation. Numbers are short because longer ones, and words of hexadecimal
 * digits, may be read as commits.
 */
const plainWord =
  /^[("'“‘]*(?:(?:\p{L}[\p{L}\p{M}\d]*(?:[-'’]\p{L}[\p{L}\p{M}]*|\.\d{1,3})*|\d{1,6}(?:\.\d{1,3})?%?|[)”’.,:;!?…·›–—])[)"'”’.,:;!?…·›–—]*)?$/u;
const commit = /[\da-f]{7}/i;
/** GitHub makes an address of what begins so, whatever follows. */
const address = /www\./i;
const listNumber = /^\d+(?=[.)])/;
const endOfClause = /(?<![.,:;])[.,:;]+$/;

/** A space between words. Several belong to a value: outside of code, Markdown draws them as one. */
const singleSpace = /(?<! ) (?! )/;

/** A value as a code span. Markdown drops one space at each end, if there is one at both. Empty for an empty value. */
export function codeSpan(value: string): string {
  if (value === '') return '';
  const code = safeLine(value).replaceAll('`', '\\u0060');
  const isPadded = code.startsWith(' ') && code.endsWith(' ') && code.trim() !== '';
  return isPadded ? `\` ${code} \`` : `\`${code}\``;
}

/** A sentence: its plain words as they are, everything else in code spans. Spaces at its ends stay. */
export function prose(sentence: string): string {
  const parts: string[] = [];
  let code: string[] = [];
  const close = (after = ''): void => {
    if (code.length > 0) parts.push(codeSpan(code.join(' ')) + after);
    code = [];
  };
  for (const word of safeLine(sentence).split(singleSpace)) {
    if (isPlain(word)) {
      close();
      parts.push(word);
      continue;
    }
    const after = endOfClause.exec(word)?.[0] ?? '';
    code.push(word.slice(0, word.length - after.length));
    if (after !== '') close(after);
  }
  close();
  // At the start of a line, `1.` would begin a list.
  return parts.join(' ').replace(listNumber, '$&\\');
}

function isPlain(word: string): boolean {
  return plainWord.test(word) && !commit.test(word) && !address.test(word);
}

/** A row of a table. Its cells must be harmless already. */
export function tableRow(cells: readonly string[]): string {
  return `| ${cells.map(inCell).join(' | ')} |`;
}

/** Parsers read a backslash before an escaped pipe differently. */
function inCell(markdown: string): string {
  return markdown.replace(/\\?\|/g, (pipe) => (pipe === '|' ? '\\|' : '\\\\u007c'));
}

/** Lines as a block of code. It is indented and not fenced, because no text in a line can end an indented block. */
export function codeBlock(lines: readonly string[]): string {
  return lines.map((line) => `    ${safeLine(line)}`).join('\n');
}

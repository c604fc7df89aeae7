/** Lays out JSON text over several lines without parsing it, so that numbers, keys and their order stay as they were. */

const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|[^\s"{}[\],:]+|[{}[\],:]/gs;
/** Deeper levels are not indented further: a hostile text could otherwise grow by the square of its length. */
const MOST_LEVELS = 40;

/** The strings, punctuation and other words of JSON text, with their positions. */
export function jsonTokens(json: string): IterableIterator<RegExpMatchArray & { index: number }> {
  return json.matchAll(TOKEN);
}

/** The same JSON, with two spaces a level. */
export function indented(json: string): string {
  const parts: string[] = [];
  let level = 0;
  let before = '';
  const breakLine = (): void => {
    parts.push('\n', '  '.repeat(Math.min(level, MOST_LEVELS)));
  };
  for (const [token] of jsonTokens(json)) {
    const isClosing = token === '}' || token === ']';
    const isEmpty = isClosing && (before === '{' || before === '[');
    if (isClosing) level -= 1;
    if ((isClosing && !isEmpty) || (!isClosing && (before === '{' || before === '['))) breakLine();
    parts.push(token);
    if (token === '{' || token === '[') level += 1;
    else if (token === ',') breakLine();
    else if (token === ':') parts.push(' ');
    before = token;
  }
  return parts.join('');
}

/** Markdown as a parser of GitHub's dialect reads it. */
import { lexer, walkTokens, type Token } from 'marked';

/** All tokens of a document, from the outside to the inside. */
export function markdownTokens(markdown: string): readonly Token[] {
  const tokens: Token[] = [];
  void walkTokens(lexer(markdown), (token) => void tokens.push(token));
  return tokens;
}

/** The texts that stand outside code, in which some readers look for addresses, mentions and references. */
export function textsOutsideCode(markdown: string): readonly string[] {
  return markdownTokens(markdown)
    .filter((token) => token.type === 'text' && !('tokens' in token))
    .map(({ raw }) => raw);
}

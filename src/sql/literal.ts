/** The only place where text becomes SQL: literals, names, LIKE patterns, comments. Texts may come from hostile logs. */

/** A string literal with exactly this text. Neither dialect can write NUL, so it is concatenated. */
export function literal(text: string): string {
  const parts = text.split('\0').map((part) => `'${part.replaceAll("'", "''")}'`);
  return parts.length === 1 ? parts.join('') : `(${parts.join(' || chr(0) || ')})`;
}

/** Whether `sql` is one of these texts, as a plain comparison. No engine accepts an empty list. */
export function oneOfSql(sql: string, texts: readonly string[]): string {
  return texts.length === 0 ? 'FALSE' : `${sql} IN (${texts.map(literal).join(', ')})`;
}

/** A quoted name, in exactly this spelling. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** The right side of `LIKE`: the pattern as a literal, and the ESCAPE clause, which only a pattern with escapes has. */
export function likePattern(text: string): { readonly pattern: string; readonly escape: string } {
  return { pattern: literal(text), escape: text.includes('\\') ? " ESCAPE '\\'" : '' };
}

/** A LIKE pattern that matches exactly this text. */
export function likeText(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}

/** A LIKE pattern for a wildcard pattern: `*` is any run of characters, `?` one character, all else literal. */
export function likeWildcard(pattern: string): string {
  return likeText(pattern).replaceAll('*', '%').replaceAll('?', '_');
}

/** The same for a wildcard pattern in which a backslash makes a following `*`, `?` or backslash literal. */
export function likeEscapedWildcard(pattern: string): string {
  return pattern.replace(/\\([*?\\])|[*?\\%_]/g, (found, escaped: string | undefined) => {
    if (escaped !== undefined) return likeText(escaped);
    return found === '*' || found === '?' ? likeWildcard(found) : likeText(found);
  });
}

/** A comment that ends with its line, whatever the text: control characters and line breaks become spaces. */
export function comment(text: string): string {
  return `-- ${text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ')}`;
}

/** The one place where text becomes SQL: literals, names, LIKE patterns, comments. */

/** A string literal with exactly this text; NUL, which neither dialect can write, is concatenated. */
export function literal(text: string): string {
  const parts = text.split('\0').map((part) => `'${part.replaceAll("'", "''")}'`);
  return parts.length === 1 ? parts.join('') : `(${parts.join(' || chr(0) || ')})`;
}

/** A name, exactly as it is. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** `value LIKE pattern`, the pattern through `fold`; an escape stands only where the pattern has one. */
export function like(value: string, pattern: string, fold: (sql: string) => string): string {
  const escape = pattern.includes('\\') ? " ESCAPE '\\'" : '';
  return `${value} LIKE ${fold(literal(pattern))}${escape}`;
}

/** Text that LIKE takes as it is. */
export function likeText(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}

/** A wildcard pattern (`*` any run, `?` one character, all else literal) for LIKE. */
export function likeWildcard(pattern: string): string {
  return likeText(pattern).replaceAll('*', '%').replaceAll('?', '_');
}

/** A wildcard pattern in which a backslash takes their meaning from `*`, `?` and itself, for LIKE. */
export function likeEscapedWildcard(pattern: string): string {
  return pattern.replace(/\\([*?\\])|[*?\\%_]/g, (sign, escaped: string | undefined) => {
    if (escaped !== undefined) return likeText(escaped);
    return sign === '*' || sign === '?' ? likeWildcard(sign) : likeText(sign);
  });
}

/** A comment that ends with its line, whatever is in the text. */
export function comment(text: string): string {
  return `-- ${text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ')}`;
}

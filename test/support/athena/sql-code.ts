/** SQL without its literals and comments. */

/** A string or a comment. A quoted name is code. */
const NO_CODE = /'(?:[^']|'')*'|--[^\n]*|\/\*[\s\S]*?\*\//g;

/** The code, with spaces in place of literals and comments. */
export function codeOf(sql: string): string {
  return sql.replace(NO_CODE, ' ');
}

/** Changes the code between literals and comments, and leaves these as they are. */
export function mapCode(sql: string, change: (code: string) => string): string {
  let mapped = '';
  let at = 0;
  for (const { 0: other, index } of sql.matchAll(NO_CODE)) {
    mapped += change(sql.slice(at, index)) + other;
    at = index + other.length;
  }
  return mapped + change(sql.slice(at));
}

/** Replaces the database (and the catalog) before names of tables, quoted or not. */
export function requalified(sql: string, database: string, prefix: string): string {
  const catalog = '(?:"?\\bAwsDataCatalog\\b"?\\s*\\.\\s*)?';
  const qualifier = new RegExp(`${catalog}"?\\b${database}\\b"?\\s*\\.\\s*(?=[\\w"])`, 'gi');
  return mapCode(sql, (code) => code.replace(qualifier, prefix));
}

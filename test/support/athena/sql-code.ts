/** SQL without its literals and comments. */

/** A string, a comment. A name in quotes is code. */
const NO_CODE = /'(?:[^']|'')*'|--[^\n]*|\/\*[\s\S]*?\*\//g;

/** Only the code: literals and comments are spaces. */
export function codeOf(sql: string): string {
  return sql.replace(NO_CODE, ' ');
}

/** Changes the code, piece by piece between literals and comments, which stay as they are. */
export function mapCode(sql: string, change: (code: string) => string): string {
  let mapped = '';
  let at = 0;
  for (const { 0: other, index } of sql.matchAll(NO_CODE)) {
    mapped += change(sql.slice(at, index)) + other;
    at = index + other.length;
  }
  return mapped + change(sql.slice(at));
}

/** With another prefix, or none, before the names of a database's tables, quoted or not, with their catalog or not. */
export function requalified(sql: string, database: string, prefix: string): string {
  const catalog = '(?:"?\\bAwsDataCatalog\\b"?\\s*\\.\\s*)?';
  const qualifier = new RegExp(`${catalog}"?\\b${database}\\b"?\\s*\\.\\s*(?=[\\w"])`, 'gi');
  return mapCode(sql, (code) => code.replace(qualifier, prefix));
}

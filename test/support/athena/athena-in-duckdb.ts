/**
 * The Athena dialect as text that DuckDB runs: macros for the functions that DuckDB lacks or means otherwise, and
 * changes of spelling for what no macro can be. It knows what hunt writes, not all of Trino.
 */
import { mapCode } from './sql-code.js';

/** Functions that become macros, with `athena_` before their names; the rest have the same name and meaning. */
const MACROS: Readonly<Record<string, string>> = {
  json_extract: '(text, path) AS TRY(json_extract(text, path))',
  json_extract_scalar:
    "(text, path) AS CASE WHEN TRY(json_type(text, path)) NOT IN ('OBJECT', 'ARRAY', 'NULL') " +
    'THEN TRY(json_extract_string(text, path)) END',
  // hunt asks only whether the text is JSON.
  json_exists: '(text, path) AS json_valid(text)',
  json_format: '(value) AS CAST(value AS VARCHAR)',
  element_at: '(entries, name) AS entries[name]',
  regexp_like: '(text, pattern) AS regexp_matches(text, pattern)',
  regexp_replace:
    "(text, pattern, new) AS regexp_replace(text, pattern, replace(new, '$', '\\'), 'g')",
  format_datetime: "(instant, pattern) AS strftime(instant, '%Y-%m-%dT%H:%M:%S.%gZ')",
  to_utf8: '(text) AS text',
  md5: '(text) AS unhex(md5(text))',
  to_unixtime: '(instant) AS epoch(instant)',
  to_base: '(number, radix) AS lower(to_base(number, radix))',
};

/** Function names that are different in DuckDB. */
const SPELLINGS: Readonly<Record<string, string>> = {
  cardinality: 'len',
  filter: 'list_filter',
  transform: 'list_transform',
  array_join: 'array_to_string',
};

/** The statements to run once, before the first of Athena's. */
export const CREATE_MACROS: readonly string[] = Object.entries(MACROS).map(
  ([name, body]) => `CREATE MACRO athena_${name}${body}`,
);

/** A statement of hunt's for Athena, as DuckDB's. The names of tables stay as they are. */
export function athenaInDuckdb(sql: string): string {
  return mapCode(withPointers(sql), inDuckdb);
}

function inDuckdb(code: string): string {
  return (
    code
      // Lower case: `FILTER (WHERE …)` is the clause of an aggregate.
      .replace(/\b([a-z_0-9]+)\(/g, (call, name: string) => {
        if (name in MACROS) return `athena_${name}(`;
        return name in SPELLINGS ? `${SPELLINGS[name]}(` : call;
      })
      .replace(/, (\w+) -> /g, ', lambda $1: ')
      .replace(/^ FALSE ON ERROR\)/, ')')
      .replaceAll('ARRAY(JSON)', 'JSON[]')
      .replaceAll('timestamp(6) with time zone', 'TIMESTAMPTZ')
      .replace(/\bTIMESTAMP $/, 'TIMESTAMPTZ ')
  );
}

/**
 * `$["a"]["b"]` as `/a/b`, which DuckDB reads without wildcards. `$` alone is the same in both. A key with NUL stands
 * in pieces, in parentheses, which are kept.
 */
function withPointers(sql: string): string {
  return sql.replace(
    /, (\(?)'\$((?:\["(?:[^"\\]|\\.)*"\])+)'(?=\))/g,
    (_, open: string, keys: string) => {
      const pointer = keys.replace(/\["((?:[^"\\]|\\.)*)"\]/g, (_key, key: string) => {
        const text = key.replace(/\\(.)/g, '$1');
        return `/${text.replaceAll('~', '~0').replaceAll('/', '~1')}`;
      });
      return `, ${open}'${pointer}'`;
    },
  );
}

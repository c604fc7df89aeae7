/**
 * Reads JSON texts of a table in Trino's SQL as `src/cloudtrail` reads those of logs: an object that is text again, numbers in
 * their spelling, keys in another spelling. No value makes a query fail. The engine's own cast from JSON to a row is not used: it
 * gives nothing at all where one member has an unexpected type.
 */
import type { Column } from '../../../cloudtrail/field/columns.js';
import { plainName } from '../../../cloudtrail/spelling/names.js';
import { literal } from '../../../sql/literal.js';

/** A value of type JSON as SQL. */
export interface JsonSql {
  readonly sql: string;
  /** The first layer (`layers.ts`) that may read the value. */
  readonly layer: number;
  /** Whether the value has been read from text. Then a text in its place is just a text. */
  readonly isHeld: boolean;
}

const UNIT = String.raw`\\u[dD][89a-fA-F][0-9a-fA-F]{2}`;
/** An escaped backslash or a pair of surrogates, else an unpaired surrogate. */
const SURROGATES = String.raw`(\\\\|\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2})|${UNIT}`;
const NUMBER = String.raw`-?(?:0|[1-9][0-9]*)(?:[.][0-9]+)?(?:[eE][-+]?[0-9]+)?`;
const STRING_OR_NUMBER = String.raw`("(?:[^"\\]|\\.)*")|(${NUMBER})`;
/** Numbers that every program prints as they are written. */
const PLAIN_NUMBER = String.raw`\A(?:0|-?[1-9][0-9]{0,14}|-?(?:0|[1-9][0-9]{0,5})[.][0-9]{0,2}[1-9])\z`;
/** A text that may have a surrogate, or a number that some program prints in another way. */
const ODD = String.raw`\\u[dD]|[:\[,]\s*-?(?:[0-9]+[.eE]|[0-9]{16}|0\b)`;
/** Of a list of the text and a marker: the text is exactly one JSON value if the list has two elements and ends with the marker. */
const ONE_VALUE = 'strict $ ? (@.size() == 2 && @[1] == "end")';

/**
 * The value that a text holds as JSON; NULL for any other text, or one of more than 1,000 levels. A JSON string that holds
 * JSON is read too.
 */
export function heldJson(text: string): string {
  const isString = `regexp_like(${text}, ${literal(String.raw`\A\s*"`)})`;
  const plain = `CASE WHEN ${isString} THEN json_extract_scalar(${text}, '$') ELSE ${text} END`;
  const repaired = `regexp_replace(${plain}, ${literal(SURROGATES)}, s -> COALESCE(s[1], ${literal(String.raw`\ufffd`)}))`;
  const kept =
    `regexp_replace(${repaired}, ${literal(STRING_OR_NUMBER)}, s -> CASE WHEN s[1] IS NOT NULL THEN s[1] ` +
    `WHEN regexp_like(s[2], ${literal(PLAIN_NUMBER)}) THEN s[2] ELSE '"' || s[2] || '"' END)`;
  const clean = `CASE WHEN regexp_like(${plain}, ${literal(ODD)}) THEN ${kept} ELSE ${plain} END`;
  // json_query reads the whole text, keeps the order of keys, and the last of equal keys. json_parse sorts them, and it fails on
  // deep nesting even within TRY.
  const list = `json_query('[' || ${clean} || ',"end"]', ${literal(ONE_VALUE)} NULL ON ERROR)`;
  return `json_extract(${list}, '$[0]')`;
}

/** Whether a JSON value is an object or a list. */
export function isNestedSql(json: string): string {
  return `substr(json_format(${json}), 1, 1) IN ('{', '[')`;
}

/** The object or list that a JSON value is or holds as text; some other value or NULL where there is none. */
export function nestedIn({ sql, isHeld }: JsonSql): string {
  if (isHeld) return sql;
  return `CASE WHEN ${isNestedSql(sql)} THEN ${sql} ELSE ${heldJson(`json_extract_scalar(${sql}, '$')`)} END`;
}

/** The members of a JSON object as a map by their own keys; NULL for any other value. */
export function mapOf(json: JsonSql): string {
  return `TRY_CAST(${nestedIn(json)} AS MAP(varchar, JSON))`;
}

const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/**
 * The members of a JSON object as a map by plain names (`plainName`); NULL for any other value. Of several keys for one name,
 * the spelling of `members` wins, else the last.
 */
export function membersOf(json: JsonSql, members: readonly Pick<Column, 'name'>[]): string {
  const documented = `x[1] IN (${members.map(({ name }) => literal(name)).join(', ')})`;
  const plain = `translate(x[1], ${literal(`${UPPER}_- `)}, ${literal(UPPER.toLowerCase())})`;
  return (
    `transform_values(multimap_from_entries(transform(map_entries(${mapOf(json)}), x -> ROW(${plain}, x))), ` +
    `(k, v) -> COALESCE(element_at(filter(v, x -> ${documented}), 1), element_at(v, -1))[2])`
  );
}

/** The JSON of a member in a map of `membersOf`; NULL if there is none. */
export function memberIn(
  map: { readonly sql: string; readonly layer: number },
  name: string,
): JsonSql {
  const { sql, layer } = map;
  return { sql: `element_at(${sql}, ${literal(plainName(name))})`, layer, isHeld: false };
}

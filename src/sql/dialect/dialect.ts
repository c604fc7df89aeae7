/**
 * The SQL that differs between DuckDB and Trino, and nothing else. Athena runs Trino's SQL. Arguments and
 * results are SQL expressions as text; instants in JavaScript are milliseconds since 1970 UTC.
 */
import type { TimePart } from '../../rule/condition/condition.js';

export interface Dialect {
  readonly name: 'duckdb' | 'trino';
  /** The scalar at the path `keys` in a JSON column, as text; NULL if it is missing, a list or an object. */
  jsonScalar(column: string, keys: readonly string[]): string;
  /** Whether a value other than JSON null is at the path `keys` in a JSON column; never NULL. */
  jsonExists(column: string, keys: readonly string[]): string;
  /** The text of the map's entry for a key; NULL if there is none. */
  mapEntry(map: string, key: string): string;
  /** An element of a list, counted from 0; NULL if there is none. */
  listItem(list: string, index: number): string;
  /** A struct or list as JSON text. */
  json(value: string): string;
  /** A JSON object as text, from names and text values. */
  jsonObject(entries: readonly (readonly [name: string, value: string])[]): string;
  /** Aggregate: the distinct objects of text values in the rows for which `where` holds, as a JSON list; NULL for no row. */
  jsonList(entries: readonly (readonly [name: string, value: string])[], where: string): string;
  /** Aggregate: the distinct hours (since 1970) of an instant in the rows for which `where` holds, as a JSON list; NULL for no row. */
  distinctHours(instant: string, where: string): string;
  /** Aggregate: the first `most` texts in sorted order, without NULLs, as a JSON list. */
  leastOf(text: string, most: number): string;
  /** A fixed-length hash of a text (MD5), to compare long texts in little memory. It does not protect against forgery. */
  fingerprint(text: string): string;
  /** The SHA-256 of a text, in hexadecimal: no two texts have the same. */
  digest(text: string): string;
  /** The instant of an `eventTime`, truncated to milliseconds; NULL if the text is not a time. */
  instant(eventTime: string): string;
  /** A part of an instant, in UTC, as text without leading zeros. */
  timePart(instant: string, part: TimePart): string;
  /** An instant (milliseconds since 1970) as a literal. */
  instantLiteral(instant: number): string;
  /** An instant as the text `YYYY-MM-DDThh:mm:ss.sssZ`. */
  instantText(instant: string): string;
  /** Whether a text equals one of the constants, which are SQL literals; NULL for a NULL text. */
  isOneOf(text: string, constants: readonly string[]): string;
  /** Whether the whole text matches a regular expression. The pattern must mean the same on both engines. */
  matches(text: string, pattern: string): string;
  /** Whether a regular expression matches anywhere in a text. The pattern must mean the same on both engines. */
  finds(text: string, pattern: string): string;
  /** A JSON value as text: the text of a scalar, the JSON of a list or object; NULL for JSON null. */
  jsonText(value: string): string;
  /** The elements of the list at the path `keys` in a JSON column; a list of the value itself where it is not a list. */
  jsonEach(column: string, keys: readonly string[]): string;
  /** The elements of the list at the path `keys` in a JSON column; NULL if there is no list. */
  jsonElements(column: string, keys: readonly string[]): string;
  /** The JSON value below a key, or an index, of a JSON value; NULL if there is none. */
  jsonValue(value: string, key: string): string;
  /**
   * The JSON object or list that a text holds; NULL for a text that is anything else, or not well formed. `text` is the name
   * of a variable.
   */
  jsonHeld(text: string): string;
  /** The SQL `use`, in which `variable` is the value. The value is evaluated once. */
  bound(value: string, variable: string, use: string): string;
  /** For how many elements of a list a condition on `variable` holds; NULL for a NULL list. */
  countElements(list: string, variable: string, condition: string): string;
  /** The parts of a text between its colons, each padded with zeros to four characters, joined. For IPv6 addresses. */
  paddedGroups(text: string): string;
  /** Two hexadecimal digits for a number from 0 to 255 in a text. */
  hexByte(text: string): string;
  /** A text that is different in each row. */
  unique(): string;
}

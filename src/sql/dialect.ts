/** What counts as a number where numbers are compared, to be matched whole: the engines' casts take more, and differ. */
export const NUMBER_PATTERN = '-?[0-9]{1,100}([.][0-9]{1,100})?([eE][+-]?[0-9]{1,2})?';

/** What the two SQL dialects differ in, and nothing else. Expressions are SQL text; times are milliseconds UTC. */
export interface Dialect {
  readonly name: 'duckdb' | 'athena';
  /** The scalar at `keys` inside a JSON column as text; NULL where there is none, or a list or object. */
  jsonScalar(column: string, keys: readonly string[]): string;
  /** Whether any value but JSON null is at `keys` inside a JSON column; never NULL. */
  jsonExists(column: string, keys: readonly string[]): string;
  /** The text of a map's entry, or NULL. */
  mapEntry(map: string, key: string): string;
  /** A struct or list as JSON text. */
  json(value: string): string;
  /** A JSON object as text, from names and text expressions. */
  jsonObject(entries: readonly (readonly [name: string, value: string])[]): string;
  /** The distinct objects of text members, of the rows for which `where` holds, as a JSON list; NULL where none does. */
  jsonList(entries: readonly (readonly [name: string, value: string])[], where: string): string;
  /** The instant of an `eventTime`, cut to milliseconds; NULL for what is no time. */
  instant(eventTime: string): string;
  instantLiteral(instant: number): string;
  /** `YYYY-MM-DDThh:mm:ss.sssZ` */
  instantText(instant: string): string;
  /** The number that a text is, or NULL. */
  number(text: string): string;
  /** A text that no other row has. */
  unique(): string;
}

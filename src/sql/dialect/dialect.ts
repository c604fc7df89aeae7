/** What the two SQL dialects differ in, and nothing else. Expressions are SQL text; times are milliseconds UTC. */
export interface Dialect {
  readonly name: 'duckdb' | 'trino';
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
  /** The distinct hours since 1970 of the rows' instants for which `where` holds, as a JSON list; NULL where none does. */
  distinctHours(instant: string, where: string): string;
  /** The `most` least texts of the rows as a JSON list, NULLs left out. */
  leastOf(text: string, most: number): string;
  /** A text as long as another whatever their lengths, and another for another text: nobody finds two with the same. */
  digest(text: string): string;
  /** The instant of an `eventTime`, cut to milliseconds; NULL for what is no time. */
  instant(eventTime: string): string;
  instantLiteral(instant: number): string;
  /** `YYYY-MM-DDThh:mm:ss.sssZ` */
  instantText(instant: string): string;
  /** Whether a text is one of constant texts; NULL for a NULL text. */
  isOneOf(text: string, constants: readonly string[]): string;
  /** Whether the whole of a text matches a regular expression of the plain sort that both engines read alike. */
  matches(text: string, pattern: string): string;
  /** Whether a text has a match of a portable regular expression anywhere. */
  finds(text: string, pattern: string): string;
  /** A JSON value as text: a scalar's own, the JSON of a list or object; NULL for JSON null. */
  jsonText(value: string): string;
  /** The elements of the list at `keys` inside a JSON column, or the value alone where it is no list. */
  jsonEach(column: string, keys: readonly string[]): string;
  /** The elements of the list at `keys` inside a JSON column; NULL where there is no list. */
  jsonElements(column: string, keys: readonly string[]): string;
  /** How many elements of a list hold a condition on `variable`; NULL for a NULL list. */
  countElements(list: string, variable: string, condition: string): string;
  /** A text's parts between colons, each filled up to four characters with zeros, joined. */
  paddedGroups(text: string): string;
  /** A number from 0 to 255, given as text, as two hexadecimal digits. */
  hexByte(text: string): string;
  /** A text that no other row has. */
  unique(): string;
}

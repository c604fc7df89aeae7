/**
 * Paths that lead into JSON held as text, such as the policy document in the request of PutRolePolicy. A text on the way that
 * is a JSON object or list counts as that object or list. Engines pay for this only where the value is not found without
 * it, and only for values that may hold such a text at all.
 */
import type { Dialect } from '../dialect/dialect.js';
import { literal } from '../literal.js';

/** A value inside JSON, and where on the way to it a text may stand. */
export interface JsonPath {
  /** A column, or an element of a list. */
  readonly column: string;
  readonly keys: readonly string[];
  /** The least number of keys after which the value may be a text that holds the rest. */
  readonly opensFrom: number;
}

/** The SQL, but NULL without evaluating it for a value that holds no text with JSON. */
export function whereHeld({ column, opensFrom }: JsonPath, sql: string, dialect: Dialect): string {
  const may = opensFrom === 0 ? elementMayHold(column, dialect) : columnMayHold(column, dialect);
  return `CASE WHEN ${may} THEN ${sql} END`;
}

/**
 * Whether a column may hold a text with JSON; NULL for NULL. In a JSON string, each quotation mark of the text has a backslash
 * before it. Only a list of numbers and the like has none. The test is cheap, and nearly always false.
 */
export function columnMayHold(column: string, dialect: Dialect): string {
  const has = (sign: string): string => `strpos(${column}, ${literal(sign)}) > 0`;
  return `${has('\\')} OR (${has('[')} AND ${dialect.finds(column, '" *\\[')})`;
}

/** The same for an element, whose JSON is made into text for it once. */
function elementMayHold(element: string, dialect: Dialect): string {
  return dialect.finds(dialect.json(element), '\\\\|" *\\[');
}

/** The JSON value at the end of a path through at least one text; NULL if no text on the way holds JSON. */
export function heldValue({ column, keys, opensFrom }: JsonPath, dialect: Dialect): string {
  const ways = keys.slice(opensFrom).map((_, index) => {
    const text = dialect.jsonScalar(column, keys.slice(0, opensFrom + index));
    return belowText(text, keys.slice(opensFrom + index), dialect);
  });
  return ways.length === 1 ? ways.join('') : `COALESCE(${ways.join(', ')})`;
}

/** The elements of the list that a text at a path, or further up, holds; NULL if there is none. */
export function heldElements(path: JsonPath, dialect: Dialect): string {
  const { column, keys, opensFrom } = path;
  const elements = dialect.jsonElements('v', []);
  const own = dialect.bound(openedText(dialect.jsonScalar(column, keys), dialect), 'v', elements);
  if (keys.length <= opensFrom) return own;
  const value = dialect.bound(heldValue(path, dialect), 'v', opened('v', dialect));
  return `COALESCE(${own}, ${dialect.bound(value, 'v', elements)})`;
}

/** The JSON value itself, or what it holds if it is a text that holds JSON. `value` is the name of a variable. */
export function opened(value: string, dialect: Dialect): string {
  return `COALESCE(${openedText(dialect.jsonScalar(value, []), dialect)}, ${value})`;
}

/** The JSON object or list that a text holds; NULL for every other text. */
function openedText(text: string, dialect: Dialect): string {
  return dialect.bound(text, 't', dialect.jsonHeld('t'));
}

/** The JSON value below a text. Each key is one step, so the length of the SQL grows linearly with the path. */
function belowText(text: string, keys: readonly string[], dialect: Dialect): string {
  const [first = '', ...others] = keys;
  return others.reduce(
    (value, key) => dialect.bound(value, 'v', dialect.jsonValue(opened('v', dialect), key)),
    dialect.jsonValue(openedText(text, dialect), first),
  );
}

/** Rows that a statement reads, whole or in parts. */

/** One of `parts` parts of some rows, as it stands in FROM; `part` counts from 0. */
export type Relation = (parts: number, part: number) => string;

/** The parts of `rows`, as they stand in FROM. `key` is SQL: rows in which it is equal are in one part. */
export function inPartsBy(key: string, rows: string): Relation {
  return (parts, part) =>
    parts === 1 ? rows : `(SELECT * FROM ${rows} WHERE hash(${key}) % ${parts} = ${part})`;
}

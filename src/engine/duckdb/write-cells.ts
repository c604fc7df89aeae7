/**
 * Cells into a vector of DuckDB, column by column: rows as values of their own would cost more objects than the query
 * that reads them.
 */
import duckdb, { type Vector } from '@duckdb/node-bindings';
import type { Column, ColumnType } from '../../cloudtrail/columns.js';
import type { Cell } from '../../cloudtrail/record.js';

type Cells = readonly (Cell | undefined)[];

/** What DuckDB keeps a map as: a list of these. */
const ENTRY: readonly Column[] = ['key', 'value'].map((name) => ({
  name,
  column: name,
  type: { kind: 'text' },
}));

/** Writes the cells of a column of this type; one that is missing, or of another type, becomes NULL. */
export function writeCells(vector: Vector, type: ColumnType, cells: Cells): void {
  switch (type.kind) {
    case 'text':
    case 'json':
      return writeTexts(vector, cells);
    case 'struct':
      return writeStructs(vector, type.members, cells);
    case 'list':
      return writeLists(vector, type.of, cells);
    case 'map':
      return writeLists(vector, { kind: 'struct', members: ENTRY }, cells.map(entries));
    default:
      return type satisfies never;
  }
}

function writeTexts(vector: Vector, cells: Cells): void {
  const nulls = new Nulls(cells.length);
  for (let row = 0; row < cells.length; row++) {
    const cell = cells[row];
    if (typeof cell === 'string') duckdb.vector_assign_string_element(vector, row, cell);
    else nulls.add(row);
  }
  nulls.write(vector);
}

function writeStructs(vector: Vector, members: readonly Column[], cells: Cells): void {
  const nulls = new Nulls(cells.length);
  for (const [row, cell] of cells.entries()) if (!isStruct(cell)) nulls.add(row);
  nulls.write(vector);
  // The members of a struct that is NULL are NULL themselves, or they could be read.
  for (const [index, { column, type }] of members.entries()) {
    const own = cells.map((cell) => (isStruct(cell) ? cell[column] : null));
    writeCells(duckdb.struct_vector_get_child(vector, index), type, own);
  }
}

function writeLists(vector: Vector, of: ColumnType, cells: Cells): void {
  const nulls = new Nulls(cells.length);
  const places = new BigUint64Array(2 * cells.length);
  const items: Cell[] = [];
  for (const [row, cell] of cells.entries()) {
    const list = isList(cell) ? cell : [];
    if (!isList(cell)) nulls.add(row);
    places[2 * row] = BigInt(items.length);
    places[2 * row + 1] = BigInt(list.length);
    for (const item of list) items.push(item);
  }
  nulls.write(vector);
  duckdb.copy_data_to_vector(vector, 0, places.buffer, 0, places.byteLength);
  duckdb.list_vector_reserve(vector, items.length);
  duckdb.list_vector_set_size(vector, items.length);
  writeCells(duckdb.list_vector_get_child(vector), of, items);
}

function entries(map: Cell | undefined): Cell {
  return isStruct(map) ? Object.entries(map).map(([key, value]) => ({ key, value })) : null;
}

function isList(cell: Cell | undefined): cell is readonly Cell[] {
  return Array.isArray(cell);
}

function isStruct(cell: Cell | undefined): cell is { readonly [member: string]: Cell } {
  return typeof cell === 'object' && cell !== null && !isList(cell);
}

/** Which rows are NULL, as DuckDB keeps it: a bit a row, one for what is there. */
class Nulls {
  readonly #bits: Uint8Array<ArrayBuffer>;
  #any = false;

  constructor(rows: number) {
    this.#bits = new Uint8Array(8 * Math.ceil(rows / 64)).fill(0xff);
  }

  add(row: number): void {
    this.#bits[row >> 3] = (this.#bits[row >> 3] ?? 0) & ~(1 << (row & 7));
    this.#any = true;
  }

  write(vector: Vector): void {
    if (!this.#any) return;
    duckdb.vector_ensure_validity_writable(vector);
    duckdb.copy_data_to_vector_validity(vector, 0, this.#bits.buffer, 0, this.#bits.length);
  }
}

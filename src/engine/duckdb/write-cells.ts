/** Writes the cells of a batch into a vector of DuckDB. Both have the same columnar layout. */
import duckdb, { type Vector } from '@duckdb/node-bindings';
import { textsOf, type Cells } from '../../batch/batch.js';

/** Writes the cells of one column. The vector must have the type of the column; `rows` is the number of cells. */
export function writeCells(vector: Vector, cells: Cells, rows: number): void {
  switch (cells.kind) {
    case 'text':
      return writeTexts(vector, cells.texts, rows);
    case 'bytes':
      for (const [row, text] of textsOf(cells).entries())
        duckdb.vector_assign_string_element_len(vector, row, text);
      return undefined;
    case 'struct':
      writeNulls(vector, cells.isNull);
      for (const [index, member] of cells.members.entries())
        writeCells(duckdb.struct_vector_get_child(vector, index), member, rows);
      return undefined;
    case 'list':
      return writeLists(vector, cells);
    default:
      return cells satisfies never;
  }
}

function writeTexts(vector: Vector, texts: readonly (string | null)[] | null, rows: number): void {
  const nulls = new Nulls(rows);
  for (let row = 0; row < rows; row++) {
    const text = texts?.[row] ?? null;
    if (text === null) nulls.add(row);
    else duckdb.vector_assign_string_element(vector, row, text);
  }
  nulls.write(vector);
}

function writeLists(
  vector: Vector,
  { lengths, size, items }: Extract<Cells, { kind: 'list' }>,
): void {
  writeNulls(
    vector,
    lengths.map((length) => length === null),
  );
  // Each list is its start in the vector of items, and its length.
  const entries = new BigUint64Array(2 * lengths.length);
  let start = 0;
  for (const [row, length] of lengths.entries()) {
    entries[2 * row] = BigInt(start);
    entries[2 * row + 1] = BigInt(length ?? 0);
    start += length ?? 0;
  }
  duckdb.copy_data_to_vector(vector, 0, entries.buffer, 0, entries.byteLength);
  duckdb.list_vector_reserve(vector, size);
  duckdb.list_vector_set_size(vector, size);
  writeCells(duckdb.list_vector_get_child(vector), items, size);
}

function writeNulls(vector: Vector, isNull: readonly boolean[]): void {
  const nulls = new Nulls(isNull.length);
  for (const [row, is] of isNull.entries()) if (is) nulls.add(row);
  nulls.write(vector);
}

/** Which rows are NULL, in DuckDB's format: one bit for each row, which is 1 where there is a value. */
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

/** Writes the cells of a batch into a vector of DuckDB. Both have the same columnar layout. */
import duckdb, { type Vector } from '@duckdb/node-bindings';
import { NULL, type Cells, type TextCells } from '../../batch/cells.js';
import { INLINE } from './read-texts.js';

/** Writes the cells of one column. The vector must have the type of the column. */
export function writeCells(vector: Vector, cells: Cells): void {
  switch (cells.kind) {
    case 'text':
      return writeTexts(vector, cells);
    case 'struct':
      writeNulls(vector, cells.isNull);
      for (const [index, member] of cells.members.entries())
        writeCells(duckdb.struct_vector_get_child(vector, index), member);
      return undefined;
    case 'list':
      return writeLists(vector, cells);
    default:
      return cells satisfies never;
  }
}

/**
 * Writes all texts at once: DuckDB takes them as one text, and the cells are parts of it. A cell is 16 bytes: the length of its
 * text, and the text itself; of a text that is longer than `INLINE`, the first four bytes and a pointer.
 * Source of the layout: https://duckdb.org/docs/stable/clients/c/vector
 */
function writeTexts(vector: Vector, { bytes, lengths }: TextCells): void {
  const nulls = new Nulls(lengths.length);
  const words = new Uint32Array(4 * lengths.length);
  const data = new Uint8Array(words.buffer);
  const [low, high] = bytes.length > INLINE ? placeOf(vector, bytes) : [0, 0];
  let at = 0;
  for (let row = 0; row < lengths.length; row++) {
    const length = lengths[row] ?? NULL;
    if (length === NULL) {
      nulls.add(row);
      continue;
    }
    const isInline = length <= INLINE;
    words[4 * row] = length;
    for (let byte = 0; byte < (isInline ? length : 4); byte++)
      data[16 * row + 4 + byte] = bytes[at + byte] ?? 0;
    if (!isInline) {
      words[4 * row + 2] = low + at;
      words[4 * row + 3] = high + Math.floor((low + at) / 2 ** 32);
    }
    at += length;
  }
  duckdb.copy_data_to_vector(vector, 0, words.buffer, 0, words.byteLength);
  nulls.write(vector);
}

/** Has a vector keep a long text, and gives the two words of the pointer to it. */
function placeOf(vector: Vector, text: Uint8Array): readonly [low: number, high: number] {
  duckdb.vector_assign_string_element_len(vector, 0, text);
  const { buffer, byteOffset } = duckdb.vector_get_data(vector, 16);
  const [, , low = 0, high = 0] = new Uint32Array(buffer, byteOffset, 4);
  return [low, high];
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
  writeCells(duckdb.list_vector_get_child(vector), items);
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

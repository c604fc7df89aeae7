/** Reads the values in a vector of DuckDB as text. */
import duckdb, { type Type, type Vector } from '@duckdb/node-bindings';

/** A text of at most this many bytes is stored in the vector itself, a longer text at a pointer. */
export const INLINE = 12;

const HUGE_HIGH = 64n;

/**
 * The text of each value, or null. Throws a RangeError for a type that our statements do not give.
 * Source of the layout: https://duckdb.org/docs/stable/clients/c/vector
 */
export function readTexts(vector: Vector, type: Type, rows: number): readonly (string | null)[] {
  const text = reader(vector, type, rows);
  const valid = duckdb.vector_get_validity(vector, 8 * Math.ceil(rows / 64)) as Uint8Array | null;
  const texts: (string | null)[] = [];
  for (let row = 0; row < rows; row++) {
    const isNull = valid !== null && (((valid[row >> 3] ?? 0) >> (row & 7)) & 1) === 0;
    texts.push(isNull ? null : text(row));
  }
  return texts;
}

function reader(vector: Vector, type: Type, rows: number): (row: number) => string {
  const view = (size: number): DataView => {
    const { buffer, byteOffset, byteLength } = duckdb.vector_get_data(vector, rows * size);
    return new DataView(buffer, byteOffset, byteLength);
  };
  switch (type) {
    case duckdb.Type.VARCHAR:
      return textReader(view(16));
    case duckdb.Type.BOOLEAN: {
      const data = view(1);
      return (row) => String(data.getUint8(row) !== 0);
    }
    case duckdb.Type.INTEGER: {
      const data = view(4);
      return (row) => String(data.getInt32(4 * row, true));
    }
    case duckdb.Type.BIGINT: {
      const data = view(8);
      return (row) => String(data.getBigInt64(8 * row, true));
    }
    case duckdb.Type.HUGEINT: {
      const data = view(16);
      return (row) =>
        String(
          (data.getBigInt64(16 * row + 8, true) << HUGE_HIGH) + data.getBigUint64(16 * row, true),
        );
    }
    default:
      throw new RangeError(`cannot read a column of DuckDB's type ${duckdb.Type[type]}`);
  }
}

function textReader(data: DataView): (row: number) => string {
  const { buffer, byteOffset } = data;
  const bytes = Buffer.from(buffer, byteOffset, data.byteLength);
  return (row) => {
    const at = 16 * row;
    const length = data.getUint32(at, true);
    if (length <= INLINE) return bytes.toString('utf8', at + 4, at + 4 + length);
    const long = duckdb.get_data_from_pointer(buffer as ArrayBuffer, byteOffset + at + 8, length);
    return Buffer.from(long.buffer, long.byteOffset, length).toString();
  };
}

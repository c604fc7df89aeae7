/** The cells of a column as a batch stores them: few long arrays, which another thread or an engine takes at little cost. */
import type { ColumnType } from '../cloudtrail/field/columns.js';
import type { Cell } from '../cloudtrail/record.js';

/** The cells of one column. A struct is stored as a list for each member; lists are stored as their lengths and all items. */
export type Cells =
  | TextCells
  /** The members of a NULL struct are NULL too. */
  | {
      readonly kind: 'struct';
      readonly isNull: readonly boolean[];
      readonly members: readonly Cells[];
    }
  /** `items` are the items of all lists, one list after the other. The length of a NULL list is null. */
  | {
      readonly kind: 'list';
      readonly lengths: readonly (number | null)[];
      readonly size: number;
      readonly items: Cells;
    };

/** Texts as UTF-8, one after the other, and the bytes of each: `NULL` if the cell is NULL. */
export interface TextCells {
  readonly kind: 'text';
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly lengths: Int32Array<ArrayBuffer>;
}

/** The length of a cell that has no text. */
export const NULL = -1;

/** In UTF-16 units. Short texts are encoded together, which takes a fourth of the time; of long ones, joining takes longer. */
const MAX_JOINED = 1 << 16;

/** A map is stored as a list of these structs. */
const ENTRY: ColumnType = {
  kind: 'struct',
  members: ['key', 'value'].map((name) => ({ name, column: name, type: { kind: 'text' } })),
};

/** Cells of this type. A cell with a value of another type becomes NULL. */
export function toCells(type: ColumnType, cells: readonly Cell[]): Cells {
  switch (type.kind) {
    case 'text':
      return textCells(cells);
    case 'json':
      return textCells(cells.map((cell) => (cell === null ? null : JSON.stringify(cell))));
    case 'struct':
      return {
        kind: 'struct',
        isNull: cells.map((cell) => !isStruct(cell)),
        members: type.members.map(({ column, type: member }) =>
          toCells(
            member,
            cells.map((cell) => (isStruct(cell) ? (cell[column] ?? null) : null)),
          ),
        ),
      };
    case 'list':
      return listCells(type.of, cells);
    case 'map':
      return listCells(ENTRY, cells.map(entries));
    default:
      return type satisfies never;
  }
}

const encoder = new TextEncoder();

/** The cells of a text column. The length of a cell that is no string is `NULL`. */
export function textCells(cells: readonly Cell[]): TextCells {
  const lengths = new Int32Array(cells.length).fill(NULL);
  const texts: string[] = [];
  let units = 0;
  for (let row = 0; row < cells.length; row++) {
    const cell = cells[row];
    if (typeof cell !== 'string') continue;
    lengths[row] = cell.length;
    texts.push(cell);
    units += cell.length;
  }
  // In ASCII, each unit is a byte.
  const bytes = encoded(units > MAX_JOINED ? texts : [texts.join('')], units);
  return bytes === undefined ? anyCells(texts, lengths) : { kind: 'text', bytes, lengths };
}

/** Encodes texts that are not all ASCII. They belong, in order, to the cells whose length is not `NULL`. */
function anyCells(texts: readonly string[], lengths: Int32Array<ArrayBuffer>): TextCells {
  const sizes = texts.map((text) => Buffer.byteLength(text));
  const bytes = encoded(
    texts,
    sizes.reduce((sum, size) => sum + size, 0),
  );
  // A cell would point beyond the bytes, and DuckDB would read there.
  if (bytes === undefined)
    throw new RangeError('the texts of a column have more bytes than was counted');
  const all = sizes.values();
  return {
    kind: 'text',
    bytes,
    lengths: lengths.map((length) => (length === NULL ? NULL : (all.next().value ?? NULL))),
  };
}

/** The texts in this many bytes of UTF-8; undefined if they need more. */
function encoded(texts: readonly string[], size: number): Uint8Array<ArrayBuffer> | undefined {
  // Not `Buffer.from`: its memory is shared, but this array is transferred to another thread.
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const text of texts) {
    const { read, written } = encoder.encodeInto(text, bytes.subarray(at));
    if (read < text.length) return undefined;
    at += written;
  }
  return bytes;
}

/** The texts as UTF-8. */
export function textsOf({ bytes, lengths }: TextCells): readonly (Uint8Array | null)[] {
  let at = 0;
  return Array.from(lengths, (length) =>
    length === NULL ? null : bytes.subarray(at, (at += length)),
  );
}

/** The texts as strings. */
export function stringsOf(cells: TextCells): readonly (string | null)[] {
  return textsOf(cells).map(
    (text) => text && Buffer.from(text.buffer, text.byteOffset, text.length).toString(),
  );
}

/** The bytes of text in the columns. */
export function sizeOf(columns: readonly Cells[]): number {
  return columns.reduce((sum, cells) => {
    switch (cells.kind) {
      case 'text':
        return sum + cells.bytes.length;
      case 'struct':
        return sum + sizeOf(cells.members);
      case 'list':
        return sum + sizeOf([cells.items]);
      default:
        return cells satisfies never;
    }
  }, 0);
}

function listCells(of: ColumnType, cells: readonly Cell[]): Cells {
  const lengths = cells.map((cell) => (isList(cell) ? cell.length : null));
  const items = cells.flatMap((cell) => (isList(cell) ? cell : []));
  return { kind: 'list', lengths, size: items.length, items: toCells(of, items) };
}

/** A map as a list of structs. */
function entries(map: Cell): Cell {
  return isStruct(map) ? Object.entries(map).map(([key, value]) => ({ key, value })) : null;
}

function isList(cell: Cell): cell is readonly Cell[] {
  return Array.isArray(cell);
}

function isStruct(cell: Cell): cell is { readonly [member: string]: Cell } {
  return typeof cell === 'object' && cell !== null && !isList(cell);
}

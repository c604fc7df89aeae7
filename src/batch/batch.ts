/**
 * Records column by column, and of each column only what is asked for: a few long lists of text go from thread to thread
 * and into an engine for much less than as many objects.
 */
import { hash } from 'node:crypto';
import type { Column, ColumnType } from '../cloudtrail/columns.js';
import type { Cell, EventRecord } from '../cloudtrail/record.js';

/** How many records go together at most. */
export const BATCH = 256;
/** Fewer go together where they have so much text, in UTF-16 units: as values they take many times as much. */
export const MOST_TEXT = 1 << 20;

/** More of it, in UTF-16 units, an engine need not hold. */
const MOST_EXTRA = 4096;

/** How much of a digest in base64 tells bodies apart: 132 bits. */
const FINGERPRINT_LENGTH = 22;

/** Cells of one column, as column stores have them: a struct is a list a member, a list is how long each is. */
export type Cells =
  /** `texts` is null where each of them is NULL. */
  | { readonly kind: 'text'; readonly texts: readonly (string | null)[] | null }
  /** Long texts, none of them NULL: UTF-8, one behind the other, and where each ends. */
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array<ArrayBuffer>; readonly ends: Uint32Array }
  /** Where the struct is NULL, so are its members. */
  | {
      readonly kind: 'struct';
      readonly isNull: readonly boolean[];
      readonly members: readonly Cells[];
    }
  /** `items` are those of all lists, one list after the other; a length is null where the list is NULL. */
  | {
      readonly kind: 'list';
      readonly lengths: readonly (number | null)[];
      readonly size: number;
      readonly items: Cells;
    };

/** Records as rows of hunt's own table (see `localColumns`). */
export interface Batch {
  readonly rows: number;
  /** How much text is in it, in bytes or UTF-16 units. */
  readonly size: number;
  readonly columns: readonly Cells[];
}

/** What hunt's own table has beside columns of AWS's: `source` is the file a record was in, `extra` what no column holds. */
const OWN = ['body', 'fingerprint', 'source', 'extra'].map((name): Column => ({
  name,
  column: name,
  type: { kind: 'text' },
}));

/** The columns of hunt's own table, in order, that holds these of AWS's, or these members of theirs. */
export function localColumns(asked: readonly Column[]): readonly Column[] {
  return [...asked, ...OWN];
}

/** How much text a record has, in UTF-16 units: that of its columns stands in its body. */
export function textIn({ body, extra }: EventRecord): number {
  return body.length + (extra?.length ?? 0);
}

/** These records, of which only what is asked for is kept beside their bodies. */
export function toBatch(asked: readonly Column[], records: readonly EventRecord[]): Batch {
  const bodies = bytesCells(records.map(({ body }) => body));
  const columns = [
    ...asked.map(({ column, type }) =>
      toCells(
        type,
        records.map((record) => record[column] ?? null),
      ),
    ),
    bodies,
    textCells(textsOf(bodies).map(fingerprintOf)),
    textCells(records.map(({ source }) => source)),
    textCells(records.map(({ extra }) => extra)),
  ];
  return { rows: records.length, size: sizeOf(columns), columns };
}

/** Gives a reference for each of several texts, of which it has the fingerprints too. */
export type Refer = (
  bytes: Uint8Array,
  ends: Uint32Array,
  fingerprints: readonly string[],
) => readonly string[];

/** The same batch, with references in place of the bodies, and of what is long in `extra`. */
export function withReferences({ rows, size, columns }: Batch, refer: Refer): Batch {
  const at = columns.length - OWN.length;
  const [bodies, fingerprints, sources, extras] = columns.slice(at);
  if (
    bodies?.kind !== 'bytes' ||
    fingerprints?.kind !== 'text' ||
    !sources ||
    extras?.kind !== 'text'
  )
    throw new RangeError('the columns of a batch are not in order');
  const texts = refer(bodies.bytes, bodies.ends, fingerprints.texts?.map(String) ?? []);
  const rest = withoutLong(extras, refer);
  return {
    rows,
    size: size - bodies.bytes.length - sizeOf([extras]) + sizeOf([rest]),
    columns: [...columns.slice(0, at), { kind: 'text', texts }, fingerprints, sources, rest],
  };
}

/** Whether what stands in `extra` is a reference: JSON there begins with a brace. */
export function isReference(extra: string | null): extra is string {
  return extra !== null && !extra.startsWith('{');
}

function withoutLong(cells: Cells & { kind: 'text' }, refer: Refer): Cells {
  const { texts } = cells;
  const isLong = (text: string | null): text is string => text !== null && text.length > MOST_EXTRA;
  const long = texts?.filter(isLong) ?? [];
  if (texts === null || long.length === 0) return cells;
  const kept = bytesCells(long);
  const references = refer(kept.bytes, kept.ends, textsOf(kept).map(fingerprintOf)).values();
  return {
    kind: 'text',
    texts: texts.map((text) => (isLong(text) ? (references.next().value ?? null) : text)),
  };
}

/** How much text is in columns. */
function sizeOf(columns: readonly Cells[]): number {
  return columns.reduce((sum, cells) => {
    switch (cells.kind) {
      case 'text':
        return (cells.texts ?? []).reduce((length, text) => length + (text?.length ?? 0), sum);
      case 'bytes':
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

/** The texts of cells, as bytes. */
export function textsOf({ bytes, ends }: Cells & { kind: 'bytes' }): readonly Uint8Array[] {
  return Array.from(ends, (end, index) => bytes.subarray(ends[index - 1] ?? 0, end));
}

/** A text that only the same body has. */
function fingerprintOf(body: Uint8Array): string {
  return hash('sha256', body, 'base64').slice(0, FINGERPRINT_LENGTH);
}

/** The same, of any number of records. */
export function* toBatches(
  asked: readonly Column[],
  records: readonly EventRecord[],
): Generator<Batch> {
  for (let start = 0; start < records.length; start += BATCH)
    yield toBatch(asked, records.slice(start, start + BATCH));
}

/** What a map is to a column store: a list of these. */
const ENTRY: ColumnType = {
  kind: 'struct',
  members: ['key', 'value'].map((name) => ({ name, column: name, type: { kind: 'text' } })),
};

/** Cells of this type; one of another becomes NULL. */
function toCells(type: ColumnType, cells: readonly Cell[]): Cells {
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

function textCells(cells: readonly Cell[]): Cells {
  const texts = cells.map((cell) => (typeof cell === 'string' ? cell : null));
  return { kind: 'text', texts: texts.every((text) => text === null) ? null : texts };
}

function bytesCells(texts: readonly string[]): Cells & { kind: 'bytes' } {
  let end = 0;
  const ends = Uint32Array.from(texts, (text) => {
    end += Buffer.byteLength(text);
    return end;
  });
  // Neither of Node's shared pool, for it is handed over, nor from one text, which could be longer than any may be.
  const cells = { kind: 'bytes', bytes: new Uint8Array(end), ends } as const;
  const encoder = new TextEncoder();
  for (const [index, place] of textsOf(cells).entries())
    encoder.encodeInto(texts[index] ?? '', place);
  return cells;
}

function listCells(of: ColumnType, cells: readonly Cell[]): Cells {
  const lengths = cells.map((cell) => (isList(cell) ? cell.length : null));
  const items = cells.flatMap((cell) => (isList(cell) ? cell : []));
  return { kind: 'list', lengths, size: items.length, items: toCells(of, items) };
}

function entries(map: Cell): Cell {
  return isStruct(map) ? Object.entries(map).map(([key, value]) => ({ key, value })) : null;
}

function isList(cell: Cell): cell is readonly Cell[] {
  return Array.isArray(cell);
}

function isStruct(cell: Cell): cell is { readonly [member: string]: Cell } {
  return typeof cell === 'object' && cell !== null && !isList(cell);
}

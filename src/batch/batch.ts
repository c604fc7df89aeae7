/**
 * A batch of rows, stored column by column. Sending a few long lists of texts to another thread or into an engine costs much
 * less than sending one object a record.
 */
import { hash } from 'node:crypto';
import type { Column, ColumnType } from '../cloudtrail/field/columns.js';
import { FURTHER_COLUMN, furtherCell } from '../cloudtrail/field/further-fields.js';
import type { Cell, EventRecord } from '../cloudtrail/record.js';

/** The most rows in a batch. */
export const MAX_ROWS = 256;
/** A batch with this much text (in UTF-16 units) has fewer rows, because parsed values take many times as much memory. */
export const MAX_TEXT = 1 << 20;

/** Longer texts in `extra` (in UTF-16 units) are stored outside the engine, like bodies. */
const MAX_EXTRA = 4096;

/** How many base64 characters of a SHA-256 hash make a fingerprint: 132 bits, so that collisions are practically impossible. */
const FINGERPRINT_LENGTH = 22;

/** The cells of one column. A struct is stored as a list for each member; lists are stored as their lengths and all items. */
export type Cells =
  /** `texts` is null if every cell is NULL. */
  | { readonly kind: 'text'; readonly texts: readonly (string | null)[] | null }
  /** Long texts, none of them NULL: concatenated as UTF-8, with the position at which each ends. */
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array<ArrayBuffer>; readonly ends: Uint32Array }
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

/** Rows of the local `events` table. Its columns are those of `localColumns`, in that order. */
export interface Batch {
  readonly rows: number;
  /** The amount of text in the batch, in bytes or UTF-16 units. */
  readonly size: number;
  readonly columns: readonly Cells[];
}

/**
 * Columns of the local table besides AWS's: a record's body as JSON, the body's fingerprint, `source` (the path of the file),
 * and `extra` (JSON of the fields that no column holds).
 */
const OWN_COLUMNS = ['body', 'fingerprint', 'source', 'extra'].map((name): Column => ({
  name,
  column: name,
  type: { kind: 'text' },
}));

/** The columns of the local table. `columns` are AWS's columns, or only some of their members. */
export function localColumns(columns: readonly Column[]): readonly Column[] {
  return [...columns, ...OWN_COLUMNS];
}

/** The amount of text in a record, in UTF-16 units. The body contains the text of all columns but the time. */
export function textIn({ body, extra, eventtime }: EventRecord): number {
  const time = typeof eventtime === 'string' ? eventtime.length : 0;
  return body.length + (extra?.length ?? 0) + time;
}

/** A batch of these records with these of AWS's columns. */
export function toBatch(columns: readonly Column[], records: readonly EventRecord[]): Batch {
  const bodies = bytesCells(records.map(({ body }) => body));
  const cells = [
    ...columns.map(({ column, type }) =>
      toCells(
        type,
        records.map((record) => cellOf(record, column)),
      ),
    ),
    bodies,
    textCells(textsOf(bodies).map(fingerprintOf)),
    textCells(records.map(({ source }) => source)),
    textCells(records.map(({ extra }) => extra)),
  ];
  return { rows: records.length, size: sizeOf(cells), columns: cells };
}

function cellOf(record: EventRecord, column: string): Cell {
  return column === FURTHER_COLUMN.column ? furtherCell(record.extra) : (record[column] ?? null);
}

/** The bodies of a batch, with the texts of `source` and `extra`. */
export function* bodiesIn({ columns }: Batch): Generator<{
  readonly body: string;
  readonly source: string;
  readonly extra: string;
}> {
  const [bodies, , sources, extras] = columns.slice(columns.length - OWN_COLUMNS.length);
  if (bodies?.kind !== 'bytes' || sources?.kind !== 'text' || extras?.kind !== 'text')
    throw new RangeError('the columns of a batch are not in order');
  for (const [index, body] of textsOf(bodies).entries())
    yield {
      body: Buffer.from(body).toString(),
      source: sources.texts?.[index] ?? '',
      extra: extras.texts?.[index] ?? '',
    };
}

/** Stores texts, given with the fingerprint of each, and returns a reference for each. */
export type StoreTexts = (
  bytes: Uint8Array,
  ends: Uint32Array,
  fingerprints: readonly string[],
) => readonly string[];

/** The same batch, with references instead of the bodies and of long texts in `extra`. */
export function withReferences({ rows, size, columns }: Batch, store: StoreTexts): Batch {
  const at = columns.length - OWN_COLUMNS.length;
  const [bodies, fingerprints, sources, extras] = columns.slice(at);
  if (
    bodies?.kind !== 'bytes' ||
    fingerprints?.kind !== 'text' ||
    !sources ||
    extras?.kind !== 'text'
  )
    throw new RangeError('the columns of a batch are not in order');
  const texts = store(bodies.bytes, bodies.ends, fingerprints.texts?.map(String) ?? []);
  const rest = withoutLong(extras, store);
  return {
    rows,
    size: size - bodies.bytes.length - sizeOf([extras]) + sizeOf([rest]),
    columns: [...columns.slice(0, at), { kind: 'text', texts }, fingerprints, sources, rest],
  };
}

/** Whether a value of `extra` is a reference. If it is not, it is JSON of an object and begins with a brace. */
export function isReference(extra: string | null): extra is string {
  return extra !== null && !extra.startsWith('{');
}

function withoutLong(cells: Cells & { kind: 'text' }, store: StoreTexts): Cells {
  const { texts } = cells;
  const isLong = (text: string | null): text is string => text !== null && text.length > MAX_EXTRA;
  const long = texts?.filter(isLong) ?? [];
  if (texts === null || long.length === 0) return cells;
  const bytes = bytesCells(long);
  const references = store(bytes.bytes, bytes.ends, textsOf(bytes).map(fingerprintOf)).values();
  return {
    kind: 'text',
    texts: texts.map((text) => (isLong(text) ? (references.next().value ?? null) : text)),
  };
}

/** The amount of text in the columns. */
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

/** The texts as UTF-8. */
export function textsOf({ bytes, ends }: Cells & { kind: 'bytes' }): readonly Uint8Array[] {
  return Array.from(ends, (end, index) => bytes.subarray(ends[index - 1] ?? 0, end));
}

/** The fingerprint of a body: equal bodies have equal fingerprints, and different bodies have different ones. */
function fingerprintOf(body: Uint8Array): string {
  if (body.length === 0) return '';
  return hash('sha256', body, 'base64').slice(0, FINGERPRINT_LENGTH);
}

/** Batches of any number of records. */
export function* toBatches(
  columns: readonly Column[],
  records: readonly EventRecord[],
): Generator<Batch> {
  for (let start = 0; start < records.length; start += MAX_ROWS)
    yield toBatch(columns, records.slice(start, start + MAX_ROWS));
}

/** A map is stored as a list of these structs. */
const ENTRY: ColumnType = {
  kind: 'struct',
  members: ['key', 'value'].map((name) => ({ name, column: name, type: { kind: 'text' } })),
};

/** Cells of this type. A cell with a value of another type becomes NULL. */
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
  // Not `Buffer.from`: its memory is shared, but this array is transferred to another thread. Not one joined string either:
  // it could be longer than V8 allows.
  const cells = { kind: 'bytes', bytes: new Uint8Array(end), ends } as const;
  const encoder = new TextEncoder();
  for (const [index, target] of textsOf(cells).entries())
    encoder.encodeInto(texts[index] ?? '', target);
  return cells;
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

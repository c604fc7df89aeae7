/**
 * A batch of rows, stored column by column. Sending a few long lists of texts to another thread or into an engine costs much
 * less than sending one object a record.
 */
import { hash } from 'node:crypto';
import type { Column } from '../cloudtrail/field/columns.js';
import { FURTHER_COLUMN, furtherCell } from '../cloudtrail/field/further-fields.js';
import type { Cell, EventRecord } from '../cloudtrail/record.js';
import {
  sizeOf,
  stringsOf,
  textCells,
  textsOf,
  toCells,
  type Cells,
  type TextCells,
} from './cells.js';

/** The most rows in a batch. */
export const MAX_ROWS = 256;
/** A batch with this much text (in UTF-16 units) has fewer rows, because parsed values take many times as much memory. */
export const MAX_TEXT = 1 << 20;

/** Longer texts in `extra` (in bytes) are stored outside the engine, like bodies. */
const MAX_EXTRA = 4096;

/** How many base64 characters of a SHA-256 hash make a fingerprint: 132 bits, so that collisions are practically impossible. */
const FINGERPRINT_LENGTH = 22;

/** Rows of the local `events` table. Its columns are those of `localColumns`, in that order. */
export interface Batch {
  readonly rows: number;
  /** The bytes of text in the batch. */
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
  const bodies = textCells(records.map(({ body }) => body));
  const cells = [
    ...columns.map(({ column, type }) =>
      toCells(
        type,
        records.map((record) => cellOf(record, column)),
      ),
    ),
    bodies,
    fingerprintsOf(bodies),
    textCells(records.map(({ source }) => source)),
    textCells(records.map(({ extra }) => extra)),
  ];
  return { rows: records.length, size: sizeOf(cells), columns: cells };
}

function cellOf(record: EventRecord, column: string): Cell {
  return column === FURTHER_COLUMN.column ? furtherCell(record.extra) : (record[column] ?? null);
}

/** The bodies of a batch, with the texts of `source` and `extra`. */
export function* bodiesIn(batch: Batch): Generator<{
  readonly body: string;
  readonly source: string;
  readonly extra: string;
}> {
  const { bodies, sources, extras } = ownColumns(batch);
  const [files, others] = [stringsOf(sources), stringsOf(extras)];
  for (const [index, body] of textsOf(bodies).entries())
    yield {
      body: Buffer.from(body ?? []).toString(),
      source: files[index] ?? '',
      extra: others[index] ?? '',
    };
}

/** Stores texts, given with the fingerprint of each, and returns a reference for each. */
export type StoreTexts = (texts: TextCells, fingerprints: readonly string[]) => readonly string[];

/** The same batch, with references instead of the bodies and of long texts in `extra`. */
export function withReferences(batch: Batch, store: StoreTexts): Batch {
  const { bodies, fingerprints, sources, extras } = ownColumns(batch);
  const references = textCells(store(bodies, stringsOf(fingerprints).map(String)));
  const rest = withoutLong(extras, store);
  return {
    rows: batch.rows,
    size: batch.size - sizeOf([bodies, extras]) + sizeOf([rest]),
    columns: [
      ...batch.columns.slice(0, -OWN_COLUMNS.length),
      references,
      fingerprints,
      sources,
      rest,
    ],
  };
}

function ownColumns({ columns }: Batch) {
  const [bodies, fingerprints, sources, extras] = columns.slice(-OWN_COLUMNS.length);
  if (
    bodies?.kind !== 'text' ||
    fingerprints?.kind !== 'text' ||
    sources?.kind !== 'text' ||
    extras?.kind !== 'text'
  )
    throw new RangeError('the columns of a batch are not in order');
  return { bodies, fingerprints, sources, extras };
}

/** Whether a value of `extra` is a reference. If it is not, it is JSON of an object and begins with a brace. */
export function isReference(extra: string | null): extra is string {
  return extra !== null && !extra.startsWith('{');
}

function withoutLong(cells: TextCells, store: StoreTexts): TextCells {
  if (!cells.lengths.some((length) => length > MAX_EXTRA)) return cells;
  const isLong = (_: unknown, row: number): boolean => (cells.lengths[row] ?? 0) > MAX_EXTRA;
  const texts = stringsOf(cells);
  const long = textCells(texts.filter(isLong));
  const references = store(long, stringsOf(fingerprintsOf(long)).map(String)).values();
  return textCells(
    texts.map((text, row) => (isLong(text, row) ? (references.next().value ?? null) : text)),
  );
}

function fingerprintsOf(bodies: TextCells): TextCells {
  return textCells(textsOf(bodies).map((body) => body && fingerprintOf(body)));
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

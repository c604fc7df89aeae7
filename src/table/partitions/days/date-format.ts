/**
 * Dates as Java's DateTimeFormatter writes them, in the part whose text sorts as its time: the year first, each field
 * of fixed width, each finer one after the coarser.
 * Source: https://docs.oracle.com/en/java/javase/21/docs/api/java.base/java/time/format/DateTimeFormatter.html
 */
import { DAY, HOUR } from '../../../cloudtrail/window.js';

/** A field, by the letters that write it; or text that stands for itself. */
type Piece = { readonly kind: 'field'; readonly field: Field } | Literal;
type Literal = { readonly kind: 'literal'; readonly text: string };

/** From coarse to fine; the year may be written in two ways. */
const FIELDS = ['yyyy', 'MM', 'dd', 'HH', 'mm', 'ss', 'SSS'] as const;
type Field = (typeof FIELDS)[number];

/** The lengths of fields, in milliseconds; of a year and a month, the calendar knows. */
const LENGTHS: Readonly<Partial<Record<Field, number>>> = {
  dd: DAY,
  HH: HOUR,
  mm: 60_000,
  ss: 1000,
  SSS: 1,
};

export interface DateFormat {
  readonly pieces: readonly Piece[];
  readonly finest: Field;
}

/** Reads a format; undefined where its text does not sort as its time, or has letters beyond these. */
export function readFormat(text: string): DateFormat | undefined {
  const pieces: Piece[] = [];
  for (const [token] of text.matchAll(/'(?:[^']|'')*'|([A-Za-z])\1*|[^A-Za-z']+|'/g)) {
    const piece = readPiece(token);
    if (piece === undefined) return undefined;
    pieces.push(piece);
  }
  const fields = pieces.flatMap((piece) => (piece.kind === 'field' ? [piece.field] : []));
  const finest = fields.at(-1);
  if (finest === undefined || fields.some((field, i) => field !== FIELDS[i])) return undefined;
  return { pieces, finest };
}

/** The format of a layout, which was read before. */
export function formatOf(text: string): DateFormat {
  const format = readFormat(text);
  if (format === undefined) throw new Error(`the date format ${text} was never read`);
  return format;
}

function readPiece(token: string): Piece | undefined {
  if (token === 'uuuu') return { kind: 'field', field: 'yyyy' };
  const field = FIELDS.find((known) => known === token);
  if (field !== undefined) return { kind: 'field', field };
  if (token === "''") return { kind: 'literal', text: "'" };
  if (token.startsWith("'"))
    return token.length === 1
      ? undefined
      : { kind: 'literal', text: token.slice(1, -1).replaceAll("''", "'") };
  return /[A-Za-z[\]{}#]/.test(token) ? undefined : { kind: 'literal', text: token };
}

/** Whether its text names a day. */
export function namesDays({ finest }: DateFormat): boolean {
  return LENGTHS[finest] !== undefined;
}

/** An instant (milliseconds since 1970) in UTC. */
export function writeDate(format: DateFormat, instant: number): string {
  const iso = new Date(instant).toISOString();
  const at: Readonly<Record<Field, string>> = {
    yyyy: iso.slice(0, 4),
    MM: iso.slice(5, 7),
    dd: iso.slice(8, 10),
    HH: iso.slice(11, 13),
    mm: iso.slice(14, 16),
    ss: iso.slice(17, 19),
    SSS: iso.slice(20, 23),
  };
  return format.pieces
    .map((piece) => (piece.kind === 'field' ? at[piece.field] : piece.text))
    .join('');
}

/** The instant at which the text's last field begins (milliseconds since 1970, UTC); undefined where it is no such date. */
export function readDate(format: DateFormat, text: string): number | undefined {
  const found = new Map<Field, string>();
  for (const { field, start } of places(format))
    found.set(field, text.slice(start, start + field.length));
  const at = (field: Field, missing: string) => found.get(field) ?? missing;
  const instant = Date.parse(
    `${at('yyyy', '')}-${at('MM', '01')}-${at('dd', '01')}` +
      `T${at('HH', '00')}:${at('mm', '00')}:${at('ss', '00')}.${at('SSS', '000')}Z`,
  );
  // Written again, for `Date.parse` takes 30 February.
  return Number.isNaN(instant) || writeDate(format, instant) !== text ? undefined : instant;
}

/** Where each field stands in the text, counted from 0. */
export function places({
  pieces,
}: DateFormat): readonly { readonly field: Field; readonly start: number }[] {
  let start = 0;
  return pieces.flatMap((piece) => {
    const place = start;
    start += piece.kind === 'field' ? piece.field.length : piece.text.length;
    return piece.kind === 'field' ? [{ field: piece.field, start: place }] : [];
  });
}

/** When the format's next text follows that of an instant: the instant at which its finest field goes on by one. */
export function nextDate({ finest }: DateFormat, instant: number): number {
  const length = LENGTHS[finest];
  if (length !== undefined) return (Math.floor(instant / length) + 1) * length;
  const date = new Date(instant);
  const month = finest === 'yyyy' ? 12 : date.getUTCMonth() + 1;
  return Date.UTC(date.getUTCFullYear(), month);
}

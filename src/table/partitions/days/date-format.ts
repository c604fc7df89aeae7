/**
 * Dates as Java's DateTimeFormatter writes them. Only formats whose texts sort by time are read, because partitions are
 * selected by comparing texts: the year first, then each finer field, every field of fixed width.
 * Source: https://docs.oracle.com/en/java/javase/21/docs/api/java.base/java/time/format/DateTimeFormatter.html
 */
import { DAY, HOUR } from '../../../cloudtrail/time/window.js';

/** A field, named by its letters in the pattern, or literal text. */
type Piece =
  | { readonly kind: 'field'; readonly field: Field }
  | { readonly kind: 'literal'; readonly text: string };

/** The fields, the coarsest first. The year may also be written `uuuu`. */
const FIELDS = ['yyyy', 'MM', 'dd', 'HH', 'mm', 'ss', 'SSS'] as const;
type Field = (typeof FIELDS)[number];

/** The lengths of fields in milliseconds. Months and years differ in length and have none. */
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

/** Reads a format; undefined if its texts do not sort by time, or where it has other letters. */
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

/** The format of a layout. Throws an Error if `readFormat` does not read it: a layout holds no such format. */
export function formatOf(text: string): DateFormat {
  const format = readFormat(text);
  if (format === undefined) throw new Error(`the date format ${text} cannot be read`);
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

/** Whether a text in this format names a day, or a part of a day. */
export function namesDays({ finest }: DateFormat): boolean {
  return LENGTHS[finest] !== undefined;
}

/** The text of an instant (milliseconds since 1970) in UTC. */
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

/** The first instant (milliseconds since 1970, UTC) that a text stands for; undefined if it is not a date in this format. */
export function readDate(format: DateFormat, text: string): number | undefined {
  const found = new Map<Field, string>();
  for (const { field, start } of fieldPositions(format))
    found.set(field, text.slice(start, start + field.length));
  const at = (field: Field, missing: string) => found.get(field) ?? missing;
  const instant = Date.parse(
    `${at('yyyy', '')}-${at('MM', '01')}-${at('dd', '01')}` +
      `T${at('HH', '00')}:${at('mm', '00')}:${at('ss', '00')}.${at('SSS', '000')}Z`,
  );
  // `Date.parse` accepts 30 February, so the result is compared with the text.
  return Number.isNaN(instant) || writeDate(format, instant) !== text ? undefined : instant;
}

interface FieldPosition {
  readonly field: Field;
  /** Counted from 0. */
  readonly start: number;
}

/** Where each field begins in a text of the format. */
export function fieldPositions({ pieces }: DateFormat): readonly FieldPosition[] {
  let end = 0;
  return pieces.flatMap((piece) => {
    const start = end;
    end += piece.kind === 'field' ? piece.field.length : piece.text.length;
    return piece.kind === 'field' ? [{ field: piece.field, start }] : [];
  });
}

/** The instant (milliseconds since 1970) after which the format writes another text: the next value of its finest field. */
export function nextDate({ finest }: DateFormat, instant: number): number {
  const length = LENGTHS[finest];
  if (length !== undefined) return (Math.floor(instant / length) + 1) * length;
  const date = new Date(instant);
  const month = finest === 'yyyy' ? 12 : date.getUTCMonth() + 1;
  return Date.UTC(date.getUTCFullYear(), month);
}

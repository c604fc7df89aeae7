/** What a splitter gives: the values that may be records, and the breaks between them. */

/** Where a value stood: by itself, in a list, or in an envelope's list of records or of `LookupEvents` output. */
export type Place = 'document' | 'element' | 'record' | 'lookup';

export interface Unit {
  readonly kind: 'unit';
  readonly place: Place;
  /** Holds until the next call of the splitter. */
  readonly bytes: Buffer;
  readonly line: number;
  /** Which of the text's values it is, from 1. */
  readonly number: number;
  /** Whether `JSON.parse` is known to take it. */
  readonly sound: boolean;
}

export interface Break {
  readonly kind: 'break';
  readonly line: number;
  /** Which value it broke, or the next one. */
  readonly number: number;
  readonly reason: string;
}

/** The reason of a break where the text is over. */
export const CUT_SHORT = 'the text ends in the middle of it';
/** The reason of a break where no value begins that could be a record. */
export const NO_JSON = 'no JSON document';

/** Lists in lists, as `jq -s` makes of arrays: deeper ones are values like any other. */
export const MAX_LISTS = 4;
/** A list without elements: whoever wrote it had no records to write. */
export const EMPTY = Buffer.from('[]');

/** What the splitter finds in a text: JSON values that may be records, and breaks between them. */

/**
 * Where a value was found: by itself, in a list, in the list of records of an envelope, or in the list of an envelope that
 * `aws cloudtrail lookup-events` writes.
 */
export type Context = 'document' | 'element' | 'record' | 'lookup';

/** A list around values. Each one is an object of its own. */
export interface List {
  /** How many lists are around its values. */
  readonly depth: number;
}

/** A JSON value that may be a record. */
export interface Candidate {
  readonly kind: 'candidate';
  readonly context: Context;
  /** Valid until the next call of the splitter. */
  readonly bytes: Buffer;
  /** The line that it begins on, from 1. */
  readonly line: number;
  /** Its number among the values of the text, from 1. */
  readonly number: number;
  /** Whether `JSON.parse` is known to accept it. */
  readonly isParseable: boolean;
  /** The innermost list around it, but for the list of an envelope. */
  readonly list?: List | undefined;
}

/** Where a value stands in its text. */
export type PlaceInText = Pick<Candidate, 'line' | 'number'>;

/** A position where the text is not JSON. The value around it is lost. */
export interface Break {
  readonly kind: 'break';
  readonly line: number;
  /** The number of the value that is broken or, between values, of the next one. */
  readonly number: number;
  readonly reason: string;
}

/** Text outside of JSON values, in a log that has text before its values. */
export interface TextPiece {
  readonly kind: 'text';
  /** The line that it begins on, from 1. */
  readonly line: number;
  readonly number: number;
  readonly text: string;
  /** Whether it is what is left of a JSON value that is broken. */
  readonly isBroken: boolean;
}

/** Records that a faster reader has taken (`record-taker.ts`). */
export interface Taken {
  readonly kind: 'taken';
}

/** What a splitter finds. */
export type Found = Candidate | Break | TextPiece | Taken;

/** The reason of a break at the end of the text. */
export const CUT_SHORT = 'the text ends in the middle of it';
/** The reason of a break where no JSON value begins. */
export const NO_JSON = 'no JSON document';

/** Lists may be nested this deep around records (`jq -s` adds a level). Deeper lists are values like any other. */
export const MAX_LISTS = 4;
/** The text of a list without elements. The list itself is a candidate, because it may be a log without events. */
export const EMPTY_LIST = Buffer.from('[]');

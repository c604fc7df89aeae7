/** A record that the fast reader found, as a value of its log. */
import type { PlainPart, PlainRecord } from '../fast/plain.js';
import type { Candidate, Context, PlaceInText } from '../split/candidate.js';
import { countLines } from '../split/line.js';

export class PlainCandidate implements Candidate {
  readonly kind = 'candidate';
  readonly context: Context;
  readonly isParseable = false;
  readonly bytes: Buffer;
  readonly number: number;
  readonly #text: Buffer;
  readonly #start: number;
  readonly #firstLine: number;

  /** `first` is the place of the text's first record. */
  constructor(
    { text, shape }: Pick<PlainPart, 'text' | 'shape'>,
    { start, end, number }: PlainRecord,
    first: PlaceInText,
  ) {
    this.context = shape === 'list' ? 'record' : 'document';
    this.bytes = text.subarray(start, end);
    this.number = first.number + number - 1;
    this.#text = text;
    this.#start = start;
    this.#firstLine = first.line;
  }

  /** Counting lines is slow, and only needed for a message. The text must not have been overwritten by then. */
  get line(): number {
    return this.#firstLine + countLines(this.#text, 0, this.#start);
  }
}

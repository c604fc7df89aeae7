/**
 * Envelopes: documents that are little more than a list of records, like `{"Records": […]}`. The splitter takes the records
 * out of the list one by one, so that an envelope may be of any length. This file knows the names of the lists;
 * `recognise/recognise.ts` knows every other shape.
 */
import type { Context } from './candidate.js';

/** What the elements of an envelope's list are. */
export type EnvelopeKind = 'record' | 'lookup' | 'element' | 'skipped';

/**
 * Lists of anything that other tools write, which may be events or hold some: CloudWatch Logs (`events`, `logEvents`,
 * `results`), Firehose (`records`), CloudTrail Lake, steampipe, PowerShell (`value`). No event has such a member.
 */
export const WRAPPER_LISTS = [
  'events',
  'records',
  'logEvents',
  'results',
  'QueryResultRows',
  'rows',
  'value',
  'messages',
  'items',
  'data',
] as const;

const LISTS: readonly { readonly key: Buffer; readonly kind: EnvelopeKind }[] = [
  { key: Buffer.from('Records'), kind: 'record' },
  { key: Buffer.from('RECORDS'), kind: 'record' },
  { key: Buffer.from('Events'), kind: 'lookup' },
  // The lists of a digest and of an AWS Config snapshot hold no events, and may be very long.
  { key: Buffer.from('logFiles'), kind: 'skipped' },
  { key: Buffer.from('configurationItems'), kind: 'skipped' },
  ...WRAPPER_LISTS.map((key) => ({ key: Buffer.from(key), kind: 'element' as const })),
];

/** Which lists a scan stops at: those of any envelope, those of CloudTrail's own envelopes, or none. */
export type StopsAt = 'any list' | 'own list' | 'no list';

/** What the elements of the list with this key are. Undefined if no envelope has a list with this key. */
export function envelopeKind(key: Buffer | undefined): EnvelopeKind | undefined {
  return key && LISTS.find((list) => list.key.equals(key))?.kind;
}

/** Which lists to stop at in a value that is an element of an envelope of this kind. */
export function stopsAtIn(envelope: EnvelopeKind | undefined): StopsAt {
  if (envelope === undefined) return 'any list';
  // The elements of a wrapper have any shape. A list of records in a record is the next document: the one before was cut short.
  return envelope === 'element' ? 'no list' : 'own list';
}

/** An envelope without the elements of its lists. It becomes a candidate, so that it is recognised like any other value. */
export class EnvelopeShell {
  /** In bytes. */
  size = 0;
  /** Where the envelope was found. */
  context: Context = 'document';
  #pieces: Buffer[] = [];

  get isEmpty(): boolean {
    return this.#pieces.length === 0;
  }

  /** Adds the bytes before the elements of a list. */
  add(piece: Buffer, context: Context): void {
    this.context = context;
    this.#pieces.push(Buffer.from(piece));
    this.size += piece.length;
  }

  drop(): void {
    this.#pieces = [];
    this.size = 0;
  }

  /** Adds the bytes after the last list. Returns the whole shell. */
  close(last: Buffer): Buffer {
    const whole = Buffer.concat([...this.#pieces, last]);
    this.drop();
    return whole;
  }
}

/** The event IDs that a search looks for: a cheap test of bytes first, and then the event's own ID. */
import type { Json } from '../../cloudtrail/json.js';
import type { EventRecord } from '../../cloudtrail/record.js';

/** Where a record stands in its file. */
export interface Position {
  readonly line: number;
  readonly number: number;
}

export class WantedIds {
  readonly #ids: ReadonlySet<string>;
  readonly #bytes: readonly Buffer[];

  constructor(ids: ReadonlySet<string>) {
    this.#ids = ids;
    this.#bytes = [...ids].map((id) => Buffer.from(id));
  }

  /** Whether one of the IDs stands anywhere in the bytes. */
  mayBeIn(bytes: Buffer): boolean {
    return this.#bytes.some((id) => bytes.includes(id));
  }

  has(id: Json | undefined): id is string {
    return typeof id === 'string' && this.#ids.has(id);
  }
}

/** The row for a record that was found. */
export function foundRow(
  id: string,
  text: string,
  { source, line, number }: Position & { readonly source: string },
): EventRecord {
  return { body: text, source, extra: JSON.stringify({ id, line, number }) };
}

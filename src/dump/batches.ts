/** Gathers the rows of many files: a batch costs whoever takes it much the same, be it of one row or of a thousand. */
import { BATCH, toBatch, type Batch } from '../cloudtrail/batch.js';
import type { Column } from '../cloudtrail/columns.js';
import type { EventRecord } from '../cloudtrail/record.js';

export class Batches {
  readonly #asked: readonly Column[];
  readonly #give: (batch: Batch) => Promise<void>;
  readonly #rows: EventRecord[] = [];

  constructor(asked: readonly Column[], give: (batch: Batch) => Promise<void>) {
    this.#asked = asked;
    this.#give = give;
  }

  /** Takes rows; resolves when there is room for more. */
  readonly add = async (rows: readonly EventRecord[]): Promise<void> => {
    this.#rows.push(...rows);
    while (this.#rows.length >= BATCH) await this.#flush(BATCH);
  };

  /** Gives what is left. */
  async end(): Promise<void> {
    if (this.#rows.length > 0) await this.#flush(this.#rows.length);
  }

  #flush(rows: number): Promise<void> {
    return this.#give(toBatch(this.#asked, this.#rows.splice(0, rows)));
  }
}

/** Gathers the rows of many files: a batch costs whoever takes it much the same, be it of one row or of a thousand. */
import type { EventRecord } from '../cloudtrail/record.js';

/** How many rows go together. */
export const BATCH = 1000;

export class Batches {
  readonly #give: (batch: readonly EventRecord[]) => Promise<void>;
  readonly #rows: EventRecord[] = [];

  constructor(give: (batch: readonly EventRecord[]) => Promise<void>) {
    this.#give = give;
  }

  /** Takes rows; resolves when there is room for more. */
  readonly add = async (rows: readonly EventRecord[]): Promise<void> => {
    this.#rows.push(...rows);
    while (this.#rows.length >= BATCH) await this.#give(this.#rows.splice(0, BATCH));
  };

  /** Gives what is left. */
  async end(): Promise<void> {
    if (this.#rows.length > 0) await this.#give(this.#rows.splice(0));
  }
}

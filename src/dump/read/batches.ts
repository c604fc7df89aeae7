/** Gathers the rows of many files: a batch costs whoever takes it much the same, be it of one row or of a thousand. */
import { BATCH, MOST_TEXT, textIn, toBatch, type Batch } from '../../batch/batch.js';
import type { Column } from '../../cloudtrail/columns.js';
import type { EventRecord } from '../../cloudtrail/record.js';

export class Batches {
  readonly #asked: readonly Column[];
  readonly #give: (batch: Batch) => Promise<void>;
  #rows: EventRecord[] = [];
  #text = 0;

  constructor(asked: readonly Column[], give: (batch: Batch) => Promise<void>) {
    this.#asked = asked;
    this.#give = give;
  }

  /** Takes rows; resolves when there is room for more. */
  readonly add = async (rows: readonly EventRecord[]): Promise<void> => {
    for (const row of rows) {
      this.#rows.push(row);
      this.#text += textIn(row);
      if (this.#rows.length === BATCH || this.#text >= MOST_TEXT) await this.end();
    }
  };

  /** Gives what is left. */
  async end(): Promise<void> {
    const rows = this.#rows;
    this.#rows = [];
    this.#text = 0;
    if (rows.length > 0) await this.#give(toBatch(this.#asked, rows));
  }
}

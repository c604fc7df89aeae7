/** Combines the rows of many files into batches, because passing on a batch costs much the same for 1 row or 1,000. */
import { MAX_ROWS, MAX_TEXT, textIn, toBatch, type Batch } from '../../batch/batch.js';
import type { Column } from '../../cloudtrail/field/columns.js';
import type { EventRecord } from '../../cloudtrail/record.js';

export class BatchBuilder {
  readonly #columns: readonly Column[];
  readonly #emit: (batch: Batch) => Promise<void>;
  #rows: EventRecord[] = [];
  #text = 0;

  /** `emit` takes the batches; it resolves when there is room for more. */
  constructor(columns: readonly Column[], emit: (batch: Batch) => Promise<void>) {
    this.#columns = columns;
    this.#emit = emit;
  }

  /** Adds rows. Resolves when there is room for more. */
  readonly add = async (rows: readonly EventRecord[]): Promise<void> => {
    for (const row of rows) {
      this.#rows.push(row);
      this.#text += textIn(row);
      if (this.#rows.length === MAX_ROWS || this.#text >= MAX_TEXT) await this.flush();
    }
  };

  /** Emits the rows that do not fill a batch. */
  async flush(): Promise<void> {
    const rows = this.#rows;
    this.#rows = [];
    this.#text = 0;
    if (rows.length > 0) await this.#emit(toBatch(this.#columns, rows));
  }
}

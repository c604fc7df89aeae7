/** Rows of an account statement of which those are one that differ in their counts alone. */
import type { Row } from '../engine/engine.js';

export class RowSum {
  readonly #rows = new Map<string, { row: Row; events: number; records: number }>();

  add({ events, records, ...row }: Row): void {
    const key = JSON.stringify(row);
    const sum = this.#rows.get(key) ?? { row, events: 0, records: 0 };
    sum.events += Number(events);
    sum.records += Number(records);
    this.#rows.set(key, sum);
  }

  rows(): readonly Row[] {
    return [...this.#rows.values()].map(({ row, events, records }) => ({
      ...row,
      events: String(events),
      records: String(records),
    }));
  }
}

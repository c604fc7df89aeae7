/** Rows of one part that differ in nothing but what they count become one, as they come: findings leave them all alike. */
import { parseJson } from '../cloudtrail/json.js';
import { HuntError } from '../errors.js';
import type { Row } from '../engine/engine.js';
import { MOST_IDS } from '../sql/statement/account.js';

interface Folded {
  readonly row: Row;
  /** The members of JSON lists, as text. */
  readonly ids: string[];
  named: number;
  events: number;
  records: number;
}

export class FoldedRows {
  readonly #rows: Folded[] = [];
  readonly #last = new Map<string, Folded>();

  /** Takes in a row of an account statement. Throws a HuntError for a row that is none: its counts would be lost. */
  add({ ids, events, records, ...row }: Row): void {
    if (events === undefined || records === undefined)
      throw new HuntError('ENGINE', 'the engine gave rows without the columns that were asked for');
    const named = ids ? (parseJson(ids) as readonly unknown[]).length : 0;
    const key = JSON.stringify(row);
    let into = this.#last.get(key);
    // A row that is made of others must not look like one that could not name all of its events.
    if (into === undefined || into.named + named >= MOST_IDS) {
      into = {
        row: ids === undefined ? row : { ...row, ids },
        ids: [],
        named: 0,
        events: 0,
        records: 0,
      };
      this.#last.set(key, into);
      this.#rows.push(into);
    }
    if (ids && named > 0) into.ids.push(ids.trim().slice(1, -1));
    into.named += named;
    into.events += Number(events);
    into.records += Number(records);
  }

  /** What was taken in, in fewer rows. */
  all(): readonly Row[] {
    return this.#rows.map(({ row, ids, events, records }) => ({
      ...row,
      ...(ids.length === 0 ? {} : { ids: `[${ids.join(',')}]` }),
      events: String(events),
      records: String(records),
    }));
  }
}

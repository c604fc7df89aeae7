/**
 * Values of a log that are neither events nor evidence by themselves. Among events they are lost evidence, but for the cells of
 * a row: a list may have copies of some fields beside a text with the whole event, as AWS CLI writes it with
 * `--query 'Events[].[EventTime,CloudTrailEvent]'`.
 */
import { isPieceOfEvent } from '../recognise/holds.js';
import type { List } from '../split/candidate.js';

/** A list, while it is read. */
interface Row {
  readonly list: List;
  hasEvent: boolean;
  /** Why the first of its cells would be lost. */
  first: string | undefined;
  cells: number;
}

/** Whether a JSON value may be a cell beside an event, and is no damaged event. */
export function isCell(text: string): boolean {
  return !/[[{]/.test(text) && !isPieceOfEvent(text);
}

export class Strays {
  /** By their depth. A list is read to its end before the next one of the same depth. */
  readonly #rows: (Row | undefined)[] = [];
  readonly #lose: (reason: string, count: number) => void;

  /** `lose` is called for cells of a list without an event. */
  constructor(lose: (reason: string, count: number) => void) {
    this.#lose = lose;
  }

  addCell(list: List, reason: string): void {
    const row = this.#rowOf(list);
    row.first ??= reason;
    row.cells += 1;
  }

  /** A text in the list holds an event. */
  addEvent(list: List): void {
    this.#rowOf(list).hasEvent = true;
  }

  /** Call it once, when the file has ended. */
  finish(): void {
    for (const row of this.#rows) this.#end(row);
  }

  #rowOf(list: List): Row {
    const known = this.#rows[list.depth];
    if (known?.list === list) return known;
    this.#end(known);
    const row: Row = { list, hasEvent: false, first: undefined, cells: 0 };
    this.#rows[list.depth] = row;
    return row;
  }

  #end(row: Row | undefined): void {
    if (row?.first !== undefined && !row.hasEvent) this.#lose(row.first, row.cells);
  }
}

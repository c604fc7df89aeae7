/**
 * Reads CSV whose cells hold whole events as JSON. Each such cell becomes a line of JSON, at the number of the line that its row
 * begins on, so that the reader of logs recognises it like a line of a log. CSV that has the fields of events in columns of its
 * own lacks what rules need: it is lost evidence, with what to export instead.
 */
import { parse, type CastingContext, type CsvError } from 'csv-parse';
import { codeOf } from '../../errors.js';
import { eventKeysIn } from '../open/format/event-marks.js';
import { holdsEvents } from '../recognise/holds.js';
import type { CsvShape } from './shape.js';
import { TableWatch } from './table-watch.js';

/** As for records: a longer row is lost. In bytes. */
const MAX_ROW = 32 << 20;
const MAX_COLUMNS = 10_000;
/** How many bytes are parsed at a time, so that few rows are in memory. */
const WRITE = 64 << 10;

const TOO_WIDE = `CSV with more than ${MAX_COLUMNS} columns`;

interface Row {
  readonly cells: readonly string[];
  /** The line that it ends on, from 1. */
  readonly line: number;
}

export class CsvEvents {
  readonly #shape: CsvShape;
  readonly #table = new TableWatch();
  #events = 0;

  constructor(shape: CsvShape) {
    this.#shape = shape;
  }

  /** Whether the text had events, in whatever form. Complete when the text has been read. */
  get hasEvents(): boolean {
    return this.#events > 0 || this.#table.isOfEvents;
  }

  /** The whole events as lines of JSON. Throws after them if the CSV is damaged, or has events that are not whole. */
  async *lines(text: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    let line = 1;
    let rowStart = 1;
    for await (const { cells, line: rowEnd } of rowsOf(text, this.#shape)) {
      const json = eventIn(cells);
      if (json === undefined) this.#table.see(cells);
      else {
        this.#events += 1;
        const before = '\n'.repeat(Math.max(0, rowStart - line));
        yield Buffer.from(`${before}${json}\n`);
        line += before.length + 1 + (json.match(/\n/g)?.length ?? 0);
      }
      rowStart = rowEnd + 1;
    }
    const reason = this.#table.reason(this.#events);
    if (reason !== undefined) throw new Error(reason);
  }
}

/** The JSON of the row's event. */
function eventIn(cells: readonly string[]): string | undefined {
  const whole = cells.find(isWholeEvent);
  if (whole !== undefined) return whole.trim();
  // Text before the JSON, or base64. Like the text of a log in JSON, so that the recogniser opens it, or says what is lost.
  const inText = cells.find(mayHoldEventInText);
  return inText === undefined ? undefined : JSON.stringify({ message: inText });
}

function mayHoldEventInText(cell: string): boolean {
  return eventKeysIn(cell).size >= 2 || holdsEvents(cell) || isPackedEvent(cell);
}

const PACKED = /^\s*(?:eyJ|ewo|ew0K|W3s|WyJ|Wwo|H4sI)[\w+/-]{40,}/;

function isPackedEvent(cell: string): boolean {
  if (!PACKED.test(cell)) return false;
  // Gzip is opened to know. A token of a session is base64 of JSON too.
  if (cell.trimStart().startsWith('H4sI')) return true;
  return eventKeysIn(Buffer.from(cell, 'base64').toString()).size >= 2;
}

function isWholeEvent(cell: string): boolean {
  return /^\s*["[{]/.test(cell) && cell.includes('{') && eventKeysIn(cell).size >= 2;
}

/** The rows. At damage, it throws after the rows before. */
async function* rowsOf(text: AsyncIterable<Buffer>, shape: CsvShape): AsyncGenerator<Row> {
  let rows: Row[] = [];
  const state: { error?: CsvError | Error; settle?: () => void } = {};
  const parser = parse({
    ...shape,
    bom: true,
    // Not the first line's alone: tools add rows with another end.
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_quotes: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: MAX_ROW,
    cast: (cell: string, { index }: CastingContext) => {
      if (index >= MAX_COLUMNS) throw new Error(TOO_WIDE);
      return cell;
    },
    // Rows are taken here, because reading the stream loses those before an error.
    on_record: (cells: string[], { lines }) => {
      rows.push({ cells, line: lines });
      return null;
    },
  });
  parser.on('error', (error) => {
    state.error = error;
    state.settle?.();
  });
  parser.resume();
  // After an error, the parser does not call back.
  const settled = (call: (settle: () => void) => void): Promise<void> =>
    new Promise((resolve) => {
      state.settle = resolve;
      call(resolve);
    });
  const taken = function* (): Generator<Row> {
    const found = rows;
    rows = [];
    yield* found;
    if (state.error) throw new Error(csvReason(state.error));
  };
  try {
    for await (const piece of text)
      for (let start = 0; start < piece.length; start += WRITE) {
        const part = piece.subarray(start, start + WRITE);
        await settled((settle) => parser.write(part, () => settle()));
        yield* taken();
      }
    await settled((settle) => parser.end(settle));
    yield* taken();
  } finally {
    parser.destroy();
  }
}

/** The parser's own message is not used: it may quote the file. */
function csvReason(error: CsvError | Error): string {
  const code = codeOf(error);
  switch (code) {
    case 'CSV_QUOTE_NOT_CLOSED':
      return 'CSV that ends in the middle of a quoted cell';
    case 'CSV_MAX_RECORD_SIZE':
      return 'CSV with a row of more than 32 MB';
    case undefined:
      return error.message === TOO_WIDE ? TOO_WIDE : 'broken CSV';
    default:
      return `broken CSV: ${code.replace(/^CSV_/, '').replaceAll('_', ' ').toLowerCase()}`;
  }
}

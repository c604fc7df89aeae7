/**
 * Reads the bytes of one log in each of the ways that must give the same: by the quick pass, by the splitter, with every
 * record parsed, and in pieces of other sizes. In memory, so that a fuzz test reads thousands of logs in seconds.
 */
import type { EventRecord } from '../../src/cloudtrail/record.js';
import type { Window } from '../../src/cloudtrail/time/window.js';
import { PlainReader } from '../../src/dump/fast/plain.js';
import { smallFor } from '../../src/dump/open/unpack-budget.js';
import { readSettings } from '../../src/dump/read/read-settings.js';
import { SourceReader } from '../../src/dump/read/read-source.js';
import { SummaryBuilder } from '../../src/dump/read/summary/summary.js';
import { mayMatch } from '../../src/dump/recognise/filter.js';

export interface Way {
  readonly name: string;
  /** Whether only records with a wanted event name are parsed. */
  readonly hasPrefilter: boolean;
  /** Whether the quick pass is tried. */
  readonly isQuick: boolean;
  /** The length of each piece in which the bytes arrive, in turn. Undefined: all in one. */
  readonly pieces?: readonly number[];
}

/** What must be the same, as text: the rows that may match, and what the summary says. */
export type Outcome = string;

export const WAYS = {
  quick: { name: 'quick', hasPrefilter: true, isQuick: true },
  parsed: { name: 'parsed', hasPrefilter: false, isQuick: false },
  peeked: { name: 'peeked', hasPrefilter: true, isQuick: false },
} as const satisfies Readonly<Record<string, Way>>;

export class WaysReader {
  readonly #names: ReadonlySet<string>;
  readonly #window: Window;
  readonly #plain: PlainReader;

  /** `names` is `DumpRequest.eventNames` of the ways with a prefilter. */
  constructor(names: ReadonlySet<string>, window: Window) {
    this.#names = names;
    this.#window = window;
    this.#plain = new PlainReader(names, window);
  }

  async read(bytes: Buffer, way: Way): Promise<Outcome> {
    const eventNames = way.hasPrefilter ? this.#names : undefined;
    const window = this.#window;
    const request = { paths: [], window, late: 0, eventNames, ruleNames: this.#names, workers: 1 };
    const settings = readSettings({ ...request, stdin: process.stdin }, 1);
    const summary = new SummaryBuilder(window);
    const rows: EventRecord[] = [];
    const emit = async (read: readonly EventRecord[]): Promise<void> => void rows.push(...read);
    const plain = way.isQuick ? this.#plain : undefined;
    // A size that is not small makes the reader stream the file.
    const size = way.pieces ? smallFor(1) + 1 : bytes.length;
    const reader = new SourceReader({ settings, summary, emit, plain });
    const file = { path: 'log', size, chosen: 'by its name' } as const;
    await reader.file(file, inPieces(bytes, way.pieces ?? [bytes.length]));
    const wanted = rows
      .filter((row) => mayMatch(row['eventname'], this.#names))
      .map((row) => JSON.stringify(row))
      .toSorted();
    return JSON.stringify({ rows: wanted, ...summary.summary() }, undefined, 1);
  }
}

async function* inPieces(bytes: Buffer, lengths: readonly number[]): AsyncGenerator<Buffer> {
  let at = 0;
  for (let turn = 0; at < bytes.length; turn++) {
    const length = Math.max(1, lengths[turn % lengths.length] ?? 1);
    // A copy, because the reader of files overwrites its buffer too.
    yield Buffer.from(bytes.subarray(at, at + length));
    at += length;
  }
}

/**
 * Reads the bytes of one log in each of the ways that must give the same: by the quick pass, by the splitter, with every
 * record parsed, and in pieces of other sizes. In memory, so that a fuzz test reads thousands of logs in seconds.
 */
import { isAscii } from '../../src/cloudtrail/field/columns.js';
import type { Requirement } from '../../src/cloudtrail/requirement.js';
import type { EventRecord } from '../../src/cloudtrail/record.js';
import type { Window } from '../../src/cloudtrail/time/window.js';
import { PlainReader } from '../../src/dump/fast/plain.js';
import { smallFor } from '../../src/dump/open/unpack-budget.js';
import { readSettings } from '../../src/dump/read/read-settings.js';
import { SourceReader } from '../../src/dump/read/read-source.js';
import { SummaryBuilder } from '../../src/dump/read/summary/summary.js';
import { namesRequired } from './names-required.js';

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

/** What a rule asks for: what it requires of a record, and whether it matches a row. */
export interface Question {
  readonly required: Requirement;
  readonly isWanted: (row: EventRecord) => boolean;
}

/** Of a rule for these event names; an all-lower-case name matches any case. */
export function aboutNames(names: ReadonlySet<string>): Question {
  return {
    required: namesRequired(names),
    isWanted: ({ eventname: name }) =>
      typeof name === 'string' &&
      (names.has(name) || names.has(name.toLowerCase()) || !isAscii(name)),
  };
}

export class WaysReader {
  readonly #question: Question;
  readonly #window: Window;
  readonly #plain: PlainReader;

  constructor(question: Question, window: Window) {
    this.#question = question;
    this.#window = window;
    this.#plain = new PlainReader({ required: question.required, window });
  }

  async read(bytes: Buffer, way: Way): Promise<Outcome> {
    const { required, isWanted } = this.#question;
    const prefilter = way.hasPrefilter;
    const window = this.#window;
    const request = { paths: [], window, late: 0, required, prefilter, workers: 1 };
    const settings = readSettings({ ...request, stdin: () => process.stdin }, 1);
    const summary = new SummaryBuilder(window);
    const rows: EventRecord[] = [];
    const emit = async (read: readonly EventRecord[]): Promise<void> => void rows.push(...read);
    const plain = way.isQuick ? this.#plain : undefined;
    // A size that is not small makes the reader stream the file.
    const size = way.pieces ? smallFor(1) + 1 : bytes.length;
    const reader = new SourceReader({ settings, summary, emit, plain });
    const file = { path: 'log', size, version: '', chosen: 'by its name' } as const;
    await reader.file(file, inPieces(bytes, way.pieces ?? [bytes.length]));
    const wanted = rows
      .filter(isWanted)
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

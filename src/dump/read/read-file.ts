/** One file: its text to values, values to events, events to rows, and an account of all of it. */
import { BATCH, MOST_TEXT, textIn } from '../../batch/batch.js';
import { isDeeper, parseJson, scalarText } from '../../cloudtrail/json.js';
import { toRecord, type EventRecord } from '../../cloudtrail/record.js';
import type { Coverage } from './coverage.js';
import { fileReason } from '../find/discover.js';
import { ExactParser } from '../recognise/exact.js';
import { mayMatch } from '../recognise/filter.js';
import { peek } from '../recognise/peek.js';
import type { PlainLog } from '../fast/plain.js';
import { get, recognise, type Recognised } from '../recognise/recognise.js';
import { countLines } from '../split/resume.js';
import { MAX_DEPTH } from '../split/scanner.js';
import { Splitter } from '../split/splitter.js';
import { Turn } from './turn.js';
import { CUT_SHORT, type Break, type Unit } from '../split/unit.js';

/** So many bytes of one log are parsed at once: as values they take many times as much. */
const MOST_PARSED = 4 << 20;

export interface ReadRules {
  readonly eventNames: ReadonlySet<string> | undefined;
  /** What threads that read side by side share. */
  readonly turn?: Int32Array | undefined;
}

/** What became of one file. */
export interface FileAccount {
  readonly records: number;
  /** Whether it was a CloudTrail log, be it an empty one. */
  readonly isLog: boolean;
  /** Values that are something else, by what they are. */
  readonly others: readonly (readonly [reason: string, count: number])[];
  /** What was lost, where anything was. */
  readonly lost: string | undefined;
  readonly repaired: number;
}

/**
 * Reads a file's text, or what was read of it already; `rows` takes what the rules may match, in batches, and `coverage`
 * counts all records. Gives the account, and throws nothing of the file's.
 */
export async function readFile(
  text: AsyncIterable<Buffer>,
  source: string,
  rules: ReadRules,
  coverage: Coverage,
  rows: (batch: readonly EventRecord[]) => Promise<void>,
  log?: PlainLog,
): Promise<FileAccount> {
  const splitter = new Splitter();
  const reader = new FileReader(source, rules, coverage, splitter);
  const turn = new Turn(rules.turn);
  const drain = async (): Promise<void> => {
    for (let found = splitter.next(); found; found = splitter.next()) {
      if (found.kind === 'unit') turn.takeFor(found.bytes.length);
      reader.take(found);
      if (reader.isFull || turn.isMine) await rows(reader.taken());
      turn.end();
    }
    turn.takeFor(splitter.held);
  };
  const parsed = log ? bytesIn(log.parse) : 0;
  if (log && parsed <= MOST_PARSED) {
    turn.takeFor(parsed);
    const isTaken = reader.takePlain(log);
    if (isTaken) await rows(reader.taken());
    turn.end();
    if (isTaken) return reader.account();
  }
  const pieces = text[Symbol.asyncIterator]();
  const next = async (): Promise<IteratorResult<Buffer> | undefined> =>
    pieces.next().catch((error: unknown) => reader.stop(fileReason(error)));
  for (let piece = await next(); isText(piece); piece = await next()) {
    splitter.feed(piece.value);
    await drain();
  }
  splitter.finish();
  await drain();
  await rows(reader.taken());
  turn.end();
  return reader.account();
}

function isText(piece: IteratorResult<Buffer> | undefined): piece is IteratorYieldResult<Buffer> {
  return piece !== undefined && piece.done !== true;
}

class FileReader {
  #rows: EventRecord[] = [];
  #text = 0;
  readonly #source: string;
  readonly #rules: ReadRules;
  readonly #splitter: Splitter;
  readonly #coverage: Coverage;
  readonly #parser = new ExactParser();
  readonly #others = new Map<string, number>();
  #records = 0;
  #isEnvelope = false;
  #isStopped = false;
  #lost: string | undefined;
  #moreLost = 0;
  #stray: string | undefined;
  #strays = 0;

  constructor(source: string, rules: ReadRules, coverage: Coverage, splitter: Splitter) {
    this.#source = source;
    this.#rules = rules;
    this.#splitter = splitter;
    this.#coverage = coverage;
  }

  take(found: Unit | Break): void {
    if (found.kind === 'unit') this.#takeUnit(found);
    // Where the file itself broke off, that is the reason, and not that its text is cut short there.
    else if (!this.#isStopped || found.reason !== CUT_SHORT)
      this.#lose(placed(found, found.reason));
  }

  /** Whether as many rows wait, or as much text in them, as should. */
  get isFull(): boolean {
    return this.#rows.length >= BATCH || this.#text >= MOST_TEXT;
  }

  /** The rows that wait. */
  taken(): readonly EventRecord[] {
    const rows = this.#rows;
    this.#rows = [];
    this.#text = 0;
    return rows;
  }

  /** Takes what was read of a log of the plain shape; false where a record in it cannot be read. */
  takePlain({ text, parse, groups }: PlainLog): boolean {
    const seen: (readonly [Unit, string, Recognised])[] = [];
    for (const { start, end, number } of parse) {
      const bytes = text.subarray(start, end);
      const unit: Unit = {
        kind: 'unit',
        place: 'record',
        bytes,
        // Asked for only where something is to be said of it, while the text is still there.
        get line() {
          return 1 + countLines(text, 0, start);
        },
        number,
        sound: false,
      };
      const record = bytes.toString();
      const found = recognise(record, 'record', parseJson);
      // What else is lost with it, a walk over every byte will tell.
      if (found.kind === 'broken') return false;
      seen.push([unit, record, found]);
    }
    this.#isEnvelope = true;
    for (const { cell, inWindow } of groups) {
      this.#records += cell.records;
      this.#coverage.addGroup(cell, inWindow);
    }
    for (const [unit, record, found] of seen) this.#takeFound(unit, record, found);
    return true;
  }

  /** The file cannot be read on. */
  stop(reason: string): undefined {
    this.#isStopped = true;
    // What stops a file may damage the text before it: this is the reason that explains the others.
    const before = this.#lost;
    this.#lost = undefined;
    this.#lose(reason);
    if (before !== undefined) this.#moreLost += 1;
  }

  account(): FileAccount {
    if (this.#records > 0 && this.#stray !== undefined) {
      this.#lose(this.#stray);
      this.#moreLost += this.#strays - 1;
    } else if (this.#strays > 0) this.#other('other JSON', this.#strays);
    const isSilent = this.#records === 0 && !this.#isEnvelope && this.#others.size === 0;
    if (isSilent && this.#lost === undefined) this.#lose('empty');
    const more = this.#moreLost === 0 ? '' : ` (and ${this.#moreLost} more)`;
    return {
      records: this.#records,
      isLog: this.#records > 0 || (this.#isEnvelope && this.#others.size === 0),
      others: [...this.#others],
      lost: this.#lost === undefined ? undefined : `${this.#lost}${more}`,
      repaired: this.#parser.repaired,
    };
  }

  #takeUnit(unit: Unit): void {
    const { eventNames } = this.#rules;
    if (eventNames !== undefined && unit.sound) {
      const seen = peek(unit.bytes, this.#splitter.members);
      if (seen !== undefined && !mayMatch(seen.eventName, eventNames)) {
        this.#records += 1;
        this.#coverage.add(seen.recipientAccountId, seen.awsRegion, seen.eventTime);
        return;
      }
    }
    const text = unit.bytes.toString();
    this.#takeFound(unit, text, recognise(text, unit.place, parseJson));
  }

  #takeFound(unit: Unit, text: string, found: Recognised): void {
    switch (found.kind) {
      case 'event':
        return this.#takeEvent(unit, text, found);
      case 'envelope':
        this.#isEnvelope = true;
        return undefined;
      case 'other':
        return this.#other(found.reason, 1);
      case 'stray':
        this.#stray ??= placed(unit, found.reason);
        this.#strays += 1;
        return undefined;
      case 'broken':
        return this.#lose(placed(unit, found.reason));
      default:
        return found satisfies never;
    }
  }

  #takeEvent(unit: Unit, text: string, found: Recognised & { kind: 'event' }): void {
    const { event } = found;
    const time = get(event, 'eventTime');
    this.#records += 1;
    this.#coverage.add(
      scalarText(get(event, 'recipientAccountId')),
      scalarText(get(event, 'awsRegion')),
      typeof time === 'string' ? time : null,
    );
    if (!mayMatch(get(event, 'eventName'), this.#rules.eventNames)) return;
    try {
      const exact =
        found.nested || this.#parser.isNeeded(text)
          ? recognise(text, unit.place, this.#parser.parse)
          : found;
      const row = exact.kind === 'event' ? toRecord(exact.event, this.#source) : undefined;
      // What walks it on its way to a report would fail; and each level takes two signs at least.
      const isDeep = unit.bytes.length > 2 * MAX_DEPTH && isDeeper(row, MAX_DEPTH);
      if (row && !isDeep) this.#add(row);
      else this.#lose(placed(unit, 'nested too deeply'));
    } catch (error) {
      this.#lose(
        placed(unit, error instanceof RangeError ? 'nested too deeply' : fileReason(error)),
      );
    }
  }

  #add(row: EventRecord): void {
    this.#rows.push(row);
    this.#text += textIn(row);
  }

  #other(reason: string, count: number): void {
    this.#others.set(reason, (this.#others.get(reason) ?? 0) + count);
  }

  /** Notes lost evidence: the first reason is told, the others are counted. */
  #lose(reason: string): void {
    if (this.#lost === undefined) this.#lost = reason;
    else this.#moreLost += 1;
  }
}

function bytesIn(spans: PlainLog['parse']): number {
  return spans.reduce((sum, { start, end }) => sum + end - start, 0);
}

function placed(at: { readonly line: number; readonly number: number }, reason: string): string {
  return `line ${at.line}, record ${at.number}: ${reason}`;
}

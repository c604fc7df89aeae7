/** Turns the JSON values of one file into rows, and counts all of them. */
import { MAX_ROWS, MAX_TEXT, textIn } from '../../batch/batch.js';
import { isDeeper, isObject, scalarText, type Json } from '../../cloudtrail/json.js';
import { mayHoldSurrogates } from '../../cloudtrail/repair.js';
import { readRecord, type EventRecord } from '../../cloudtrail/record.js';
import { mayFulfil, type Requirement } from '../../cloudtrail/requirement.js';
import { accountText } from '../../cloudtrail/spelling/account.js';
import { memberOf } from '../../cloudtrail/spelling/names.js';
import { renamed } from '../../cloudtrail/spelling/renamed.js';
import type { PlainLog, PlainPart } from '../fast/plain.js';
import { fileReason } from '../find/discover.js';
import { ExactParser } from '../recognise/exact.js';
import { ParsedRecord } from '../recognise/parsed-record.js';
import { kindOfEvent } from '../recognise/event-kind.js';
import { peek } from '../recognise/peek.js';
import { holdsEvents, isPieceOfEvent } from '../recognise/holds.js';
import {
  recognise,
  type FoundEvent,
  type FoundStray,
  type Recognised,
} from '../recognise/recognise.js';
import { textKind } from '../recognise/shapes.js';
import {
  CUT_SHORT,
  type Break,
  type Candidate,
  type PlaceInText,
  type TextPiece,
} from '../split/candidate.js';
import type { Members } from '../split/value/members.js';
import { MAX_DEPTH } from '../split/value/nesting.js';
import { PlainCandidate } from './plain-candidate.js';
import { isCell, Strays } from './strays.js';
import { rawEvent } from './raw-event.js';
import { foundRow, type WantedIds } from './wanted-ids.js';
import type { CoverageCounter } from './summary/coverage-counter.js';
import { FileSummaryBuilder, type FileSummary } from './summary/file-summary.js';

export interface RecordTarget {
  /** The file's name in rows and reports. */
  readonly source: string;
  /** See `DumpRequest.required`. */
  readonly required: Requirement;
  /** See `DumpRequest.found`. */
  readonly found: Requirement;
  /** Whether records that lack it are left out. */
  readonly prefilter: boolean;
  /** If given, only records with these IDs become rows, as they stand: see `DumpRequest.eventIds`. */
  readonly wanted?: WantedIds | undefined;
  /** Counts all records. */
  readonly coverage: CoverageCounter;
}

/** In bytes. A longer record keeps its body, because batches are measured by their bodies. */
const MAX_COUNTED = 16 * 1024;

export class RecordReader {
  #rows: EventRecord[] = [];
  #textInRows = 0;
  readonly #source: string;
  readonly #required: Requirement;
  readonly #found: Requirement;
  readonly #prefilter: boolean;
  readonly #wanted: WantedIds | undefined;
  readonly #coverage: CoverageCounter;
  readonly #parser = new ExactParser();
  readonly #file: FileSummaryBuilder;
  readonly #strays = new Strays((reason, count) => this.#file.addStrays(reason, count));

  constructor({ source, required, found, prefilter, wanted, coverage }: RecordTarget) {
    this.#wanted = wanted;
    this.#source = source;
    this.#required = required;
    this.#found = found;
    this.#prefilter = prefilter;
    this.#coverage = coverage;
    this.#file = new FileSummaryBuilder(source);
  }

  /** Whether the rows are enough for a batch. */
  get isFull(): boolean {
    return this.#rows.length >= MAX_ROWS || this.#textInRows >= MAX_TEXT;
  }

  /** The rows since the last call. */
  takeRows(): readonly EventRecord[] {
    const rows = this.#rows;
    this.#rows = [];
    this.#textInRows = 0;
    return rows;
  }

  /** Reads a value that the splitter found. `members` are the members that it noted in the value. */
  read(candidate: Candidate, members: Members): void {
    const isWanted = this.#wanted?.mayBeIn(candidate.bytes) === true;
    if (this.#prefilter && candidate.isParseable && !isWanted) {
      const seen = peek(candidate.bytes, members, candidate.context);
      const isOther = seen !== undefined && !mayFulfil(this.#required, seen);
      if (isOther && !mayHoldSurrogates(candidate.bytes)) {
        this.#file.addRecords(1);
        this.#coverage.add(seen);
        return;
      }
    }
    const text = candidate.bytes.toString();
    for (const found of recognise(text, candidate.context)) this.#add(candidate, text, found);
  }

  /** Reads text that stands outside of JSON values. It is lost evidence if it holds events in another form. */
  readText(piece: TextPiece): void {
    const { text, isBroken } = piece;
    if (isBroken && isPieceOfEvent(text)) this.#file.lose(located(piece, textKind(text)));
    else if (!isBroken && holdsEvents(text)) this.#file.loseText(located(piece, textKind(text)));
    else this.#file.addText();
  }

  readBreak(found: Break): void {
    // If reading the file failed, the failure is the reason to report, and not that the text ends there.
    if (!this.#file.isStopped || found.reason !== CUT_SHORT)
      this.#file.lose(located(found, found.reason));
  }

  /** Reads what the fast reader found. Returns false, and has no effect, if one of its records is broken. */
  readPlain(log: PlainLog): boolean {
    const isRead = this.readPart(log, { line: 1, number: 1 });
    if (isRead && log.shape === 'list') this.#file.addEnvelope(false);
    return isRead;
  }

  /** Reads what the fast reader found of some records, of which the first has this place. As `readPlain`. */
  readPart(part: Omit<PlainPart, 'end'>, first: PlaceInText): boolean {
    const read: (readonly [Candidate, string, readonly Recognised[]])[] = [];
    for (const one of part.toParse) {
      const candidate = new PlainCandidate(part, one, first);
      const record = candidate.bytes.toString();
      const found = recognise(record, candidate.context);
      // The splitter must read the file instead: it can tell what else is lost with this record.
      if (found.some(({ kind }) => kind === 'broken' || kind === 'foreign')) return false;
      read.push([candidate, record, found]);
    }
    for (const { cell, inWindow } of part.groups) {
      this.#file.addRecords(cell.records);
      this.#coverage.addGroup(cell, inWindow);
    }
    for (const [candidate, record, found] of read)
      for (const one of found) this.#add(candidate, record, one);
    return true;
  }

  /** Notes that the file cannot be read further. */
  stop(reason: string): void {
    this.#file.stop(reason);
  }

  /** Call it once, when the file has ended. */
  summary(): FileSummary {
    this.#strays.finish();
    return this.#file.summary(this.#parser.repaired);
  }

  #add(candidate: Candidate, text: string, found: Recognised): void {
    switch (found.kind) {
      case 'event':
        if (candidate.list && text.startsWith('"')) this.#strays.addEvent(candidate.list);
        return this.#addEvent(candidate, text, found);
      case 'envelope':
        return this.#file.addEnvelope(found.isCutOff);
      case 'wrapper':
        return this.#file.addWrapper(found.isCutOff);
      case 'other':
        return this.#file.addOther(found.reason);
      case 'stray':
        return this.#addStray(candidate, text, found);
      case 'broken':
        return this.#file.lose(located(candidate, found.reason));
      case 'foreign':
        return this.#file.loseForeign(located(candidate, found.reason));
      default:
        return found satisfies never;
    }
  }

  #addStray(candidate: Candidate, text: string, { reason, what }: FoundStray): void {
    const lost = located(candidate, reason);
    if (candidate.list && isCell(text)) this.#strays.addCell(candidate.list, lost);
    else this.#file.addStrays(lost, 1, what);
  }

  #addEvent(candidate: Candidate, text: string, found: FoundEvent): void {
    const event = renamed(found.event);
    const name = memberOf(event, 'eventName');
    this.#file.addRecords(1);
    this.#coverage.add({
      account: accountText(memberOf(event, 'recipientAccountId')),
      region: scalarText(memberOf(event, 'awsRegion')),
      time: scalarText(memberOf(event, 'eventTime')),
      kind: kindOfEvent(event),
    });
    // Later, recursive functions would overflow the stack. Each level takes at least two bytes of text.
    const mayBeDeep = candidate.bytes.length > 2 * MAX_DEPTH;
    if (!found.isWhole && mayBeDeep && isDeeper(event, MAX_DEPTH))
      return this.#file.lose(located(candidate, 'nested too deeply'));
    if (typeof name === 'object' && name !== null)
      return this.#file.lose(located(candidate, 'eventName is no text'));
    const id = this.#wanted && memberOf(event, 'eventID');
    if (this.#wanted?.has(id) === true) {
      const { line, number } = candidate;
      const body = found.isWhole ? text : (rawEvent(text, id) ?? JSON.stringify(found.event));
      return this.#addRow(foundRow(id, body, { source: this.#source, line, number }));
    }
    const known = new ParsedRecord(event, found, text);
    const mayMatch = mayFulfil(this.#required, known);
    if (this.#prefilter && !mayMatch) {
      // Unpaired surrogates are counted in all records, also in those that become no rows.
      if (found.mayNeedRepair) this.#exactly(found, text);
      return;
    }
    try {
      const exact = this.#exactly(found, text);
      const isCounted = candidate.bytes.length <= MAX_COUNTED && !mayFulfil(this.#found, known);
      const read = isObject(exact) ? readRecord(exact, this.#source, { isCounted }) : undefined;
      if (read === undefined || (mayBeDeep && isDeeper(read.row, MAX_DEPTH))) {
        // With the prefilter, a record that no rule can match is not read so far.
        if (mayMatch) this.#file.lose(located(candidate, 'nested too deeply'));
        return;
      }
      this.#addRow(read.row);
      // A rule may ask for what could not be read.
      if (read.unreadable.length > 0 && mayMatch)
        this.#file.loseFields(located(candidate, unreadableReason(read.unreadable)));
    } catch (error) {
      const reason = error instanceof RangeError ? 'nested too deeply' : fileReason(error);
      this.#file.lose(located(candidate, reason));
    }
  }

  /** The event with its numbers as they stood, and with well-formed text. */
  #exactly({ event, isWhole, mayNeedRepair }: FoundEvent, text: string): Json {
    const value = isWhole ? this.#parser.withNumbers(event, text) : event;
    return mayNeedRepair ? this.#parser.repair(value) : value;
  }

  #addRow(row: EventRecord): void {
    this.#rows.push(row);
    this.#textInRows += textIn(row);
  }
}

function unreadableReason(fields: readonly string[]): string {
  const [are, them] = fields.length === 1 ? ['is', 'it'] : ['are', 'them'];
  return `${fields.join(' and ')} ${are} in no form that hunt can read: a rule that tests ${them} may miss this event`;
}

function located(at: { readonly line: number; readonly number: number }, reason: string): string {
  return `line ${at.line}, record ${at.number}: ${reason}`;
}

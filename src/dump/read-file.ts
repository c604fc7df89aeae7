/** One file: its text to units, units to events, events to rows, and an account of all of it. */
import { isObject, parseJson, type Json, type JsonObject } from '../cloudtrail/json.js';
import { keepNumbers, parseKeepingNumbers } from '../cloudtrail/numbers.js';
import { toRecord, type EventRecord } from '../cloudtrail/record.js';
import { readInstant } from '../cloudtrail/time.js';
import type { Coverage } from './coverage.js';
import { fileReason } from './discover.js';
import { get, recognise, recogniseValue, type Place } from './recognise.js';
import { mayNeedRepair, repair } from '../cloudtrail/repair.js';
import { Splitter, type ListKind, type SplitSink } from './split.js';

export interface ReadRules {
  readonly eventNames: ReadonlySet<string> | undefined;
}

/** What became of one file. */
export interface FileAccount {
  readonly records: number;
  /** Whether it was a CloudTrail log, be it an empty one. */
  readonly isLog: boolean;
  /** Units that are something else, by what they are. */
  readonly others: readonly (readonly [reason: string, count: number])[];
  /** What was lost, where anything was. */
  readonly lost: string | undefined;
  readonly repaired: number;
}

const BATCH = 1000;
/** Deeper values are no events, and would overflow what reads them later. */
const MAX_DEPTH = 1000;

/**
 * Reads a file's text; `rows` takes what the rules may match, in batches, and `coverage` counts all records. Gives the
 * account, and throws nothing.
 */
export async function readFile(
  text: AsyncIterable<Buffer>,
  source: string,
  rules: ReadRules,
  coverage: Coverage,
  rows: (batch: readonly EventRecord[]) => Promise<void>,
): Promise<FileAccount> {
  const reader = new FileReader(source, rules, coverage);
  const splitter = new Splitter(reader);
  try {
    const pieces = text[Symbol.asyncIterator]();
    const first = await pieces.next();
    const second = first.done === true ? first : await pieces.next();
    if (first.done !== true && second.done === true && reader.glance(first.value))
      return reader.account();
    for (let piece = first, next = second; piece.done !== true;) {
      splitter.push(piece.value);
      if (reader.rows.length >= BATCH) await rows(reader.rows.splice(0));
      piece = next;
      next = piece.done === true ? piece : await pieces.next();
    }
  } catch (error) {
    reader.loseRest(fileReason(error));
  }
  splitter.end();
  if (reader.rows.length > 0) await rows(reader.rows.splice(0));
  return reader.account();
}

class FileReader implements SplitSink {
  readonly rows: EventRecord[] = [];
  private readonly source: string;
  private readonly rules: ReadRules;
  private readonly seen: Coverage;
  private readonly others = new Map<string, number>();
  private records = 0;
  private units = 0;
  private isLog = false;
  private lost: string | undefined;
  private moreLost = 0;
  private repaired = 0;

  constructor(source: string, rules: ReadRules, coverage: Coverage) {
    this.source = source;
    this.rules = rules;
    this.seen = coverage;
  }

  /**
   * Takes the usual log, one `{"Records": […]}` of which the rules may match nothing, without cutting it into units:
   * that would cost as much as parsing it. Gives false, and takes nothing, for any other.
   */
  glance(text: Buffer): boolean {
    const records = usualRecords(text);
    if (records === undefined) return false;
    const found = records.map((record) => recogniseValue(record, 'Records', parseJson));
    const isPlain = found.every(
      (one) => one.kind === 'other' || (one.kind === 'event' && !this.mayMatch(one.event)),
    );
    if (!isPlain) return false;
    this.isLog = true;
    this.units = found.length;
    for (const one of found) {
      if (one.kind === 'event') this.count(one.event);
      else if (one.kind === 'other') this.other(one.reason);
    }
    return true;
  }

  unit(text: string, list: ListKind | undefined, line: number, depth: number): void {
    this.units += 1;
    const place = list === 'Records' || list === 'Events' ? list : 'document';
    const found = recognise(text, place, parseJson);
    if (found.kind === 'other') this.other(found.reason);
    else if (found.kind === 'broken') this.loseRecord(found.reason, line, this.units);
    else {
      this.count(found.event);
      if (this.mayMatch(found.event)) this.keep(found.event, text, place, line, depth);
    }
  }

  list(kind: ListKind): void {
    if (kind === 'digest' || kind === 'AWS Config') this.other(kind);
    else this.isLog = true;
  }

  broken(reason: string, line: number): void {
    this.loseRecord(reason, line, this.units + 1);
  }

  /** Notes lost evidence: the first reason is told, the others are counted. */
  lose(reason: string): void {
    if (this.lost === undefined) this.lost = reason;
    else this.moreLost += 1;
  }

  /** Notes that the file could not be read on: why is told first, for what seems broken may only be cut. */
  loseRest(reason: string): void {
    if (this.lost !== undefined) this.moreLost += 1;
    this.lost = reason;
  }

  private loseRecord(reason: string, line: number, record: number): void {
    this.lose(`line ${line}, record ${record}: ${reason}`);
  }

  account(): FileAccount {
    if (this.units === 0 && !this.isLog && this.others.size === 0 && this.lost === undefined)
      this.lose('empty');
    const more = this.moreLost === 0 ? '' : ` (and ${this.moreLost} more)`;
    return {
      records: this.records,
      isLog: this.records > 0 || (this.isLog && this.others.size === 0),
      others: [...this.others],
      lost: this.lost === undefined ? undefined : `${this.lost}${more}`,
      repaired: this.repaired,
    };
  }

  private other(reason: string): void {
    this.others.set(reason, (this.others.get(reason) ?? 0) + 1);
  }

  private count(event: JsonObject): void {
    this.records += 1;
    const time = get(event, 'eventTime');
    const instant = typeof time === 'string' ? readInstant(time) : undefined;
    this.seen.add(
      scalar(get(event, 'recipientAccountId')),
      scalar(get(event, 'awsRegion')),
      instant,
    );
  }

  private mayMatch(event: JsonObject): boolean {
    const { eventNames } = this.rules;
    return eventNames === undefined || eventNames.has(scalar(get(event, 'eventName')) ?? '');
  }

  /** Makes a row of an event: read again, where its numbers or strings need it. */
  private keep(event: JsonObject, text: string, place: Place, line: number, depth: number): void {
    if (depth > MAX_DEPTH) {
      this.loseRecord(`nested more than ${MAX_DEPTH} deep`, line, this.units);
      return;
    }
    const needsCare = keepNumbers(text) !== text || mayNeedRepair(text) || place === 'Events';
    const exact = needsCare
      ? recognise(text, place, (inner) => this.parseExactly(inner))
      : undefined;
    this.rows.push(toRecord(exact?.kind === 'event' ? exact.event : event, this.source));
  }

  /** Numbers as they stood, strings well-formed. */
  private parseExactly(text: string): Json {
    const value = parseKeepingNumbers(text);
    if (!mayNeedRepair(text)) return value;
    const whole = repair(value);
    this.repaired += whole.repaired;
    return whole.value;
  }
}

function scalar(value: Json | undefined): string | null {
  if (value === undefined || value === null) return null;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** The records of a text that is one `{"Records": […]}` and nothing else; undefined for any other text. */
function usualRecords(bytes: Buffer): readonly Json[] | undefined {
  if (!/^\s*\{\s*"Records"\s*:\s*\[/.test(bytes.toString('latin1', 0, 64))) return undefined;
  const text = bytes.toString('utf8');
  // A second list of the same name, however it is written, would hide the first from the parser.
  if (text.indexOf('"Records"') !== text.lastIndexOf('"Records"') || escapedLetter.test(text))
    return undefined;
  try {
    const value = parseJson(text);
    const records = isObject(value) ? value['Records'] : undefined;
    return isObject(value) && Object.keys(value).length === 1 && Array.isArray(records)
      ? (records as readonly Json[])
      : undefined;
  } catch {
    return undefined;
  }
}

/** A letter of `Records` written as an escape. */
const escapedLetter = /\\u00(?:52|6[345fF]|7[23])/;

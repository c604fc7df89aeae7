/** One file: its text to units, units to events, events to rows, and an account of all of it. */
import { parseJson, type Json } from '../cloudtrail/json.js';
import { keepNumbers } from '../cloudtrail/numbers.js';
import { toRecord, type EventRecord } from '../cloudtrail/record.js';
import { readInstant } from '../cloudtrail/time.js';
import type { Window } from '../cloudtrail/window.js';
import { reasonOf } from '../errors.js';
import { Coverage } from './coverage.js';
import { fileReason } from './discover.js';
import type { CoverageCell } from './dump.js';
import { get, recognise, type Recognised } from './recognise.js';
import { mayNeedRepair, repair } from './repair.js';
import { Splitter, type ListKind, type SplitSink } from './split.js';

export interface ReadRules {
  readonly window: Window;
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
  readonly first: number | undefined;
  readonly last: number | undefined;
  readonly coverage: readonly CoverageCell[];
}

const BATCH = 1000;

/** Reads a file's text; `rows` takes what the rules may match, in batches. Gives the account, and throws nothing. */
export async function readFile(
  text: AsyncIterable<Buffer>,
  source: string,
  rules: ReadRules,
  rows: (batch: readonly EventRecord[]) => Promise<void>,
): Promise<FileAccount> {
  const reader = new FileReader(source, rules);
  const splitter = new Splitter(reader);
  try {
    for await (const piece of text) {
      splitter.push(piece);
      if (reader.rows.length >= BATCH) await rows(reader.rows.splice(0));
    }
  } catch (error) {
    reader.lose(fileReason(error));
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

  constructor(source: string, rules: ReadRules) {
    this.source = source;
    this.rules = rules;
    this.seen = new Coverage(rules.window);
  }

  unit(text: string, list: ListKind | undefined, line: number): void {
    this.units += 1;
    const place = list === 'Records' || list === 'Events' ? list : 'document';
    const found = recognise(text, place, parseJson);
    if (found.kind === 'other') this.other(found.reason);
    else if (found.kind === 'broken') this.broken(found.reason, line);
    else this.event(found, text, place, line);
  }

  list(kind: ListKind): void {
    if (kind === 'digest' || kind === 'AWS Config') this.other(kind);
    else this.isLog = true;
  }

  broken(reason: string, line: number): void {
    this.lose(`line ${line}, record ${this.units + 1}: ${reason}`);
  }

  /** Notes lost evidence: the first reason is told, the others are counted. */
  lose(reason: string): void {
    if (this.lost === undefined) this.lost = reason;
    else this.moreLost += 1;
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
      first: this.seen.first,
      last: this.seen.last,
      coverage: this.seen.cells(),
    };
  }

  private other(reason: string): void {
    this.others.set(reason, (this.others.get(reason) ?? 0) + 1);
  }

  private event(
    found: Recognised & { kind: 'event' },
    text: string,
    place: Parameters<typeof recognise>[1],
    line: number,
  ): void {
    const { event } = found;
    this.records += 1;
    const time = get(event, 'eventTime');
    const instant = typeof time === 'string' ? readInstant(time) : undefined;
    this.seen.add(
      scalar(get(event, 'recipientAccountId')),
      scalar(get(event, 'awsRegion')),
      instant,
    );
    if (!this.mayMatch(get(event, 'eventName'))) return;
    try {
      const exact = recognise(text, place, (inner) => this.parseExactly(inner));
      if (exact.kind === 'event') this.rows.push(toRecord(exact.event, this.source));
    } catch (error) {
      this.lose(`line ${line}, record ${this.units}: ${reasonOf(error)}`);
    }
  }

  private mayMatch(name: Json | undefined): boolean {
    const { eventNames } = this.rules;
    return eventNames === undefined || eventNames.has(scalar(name) ?? '');
  }

  /** Numbers as they stood, strings well-formed. */
  private parseExactly(text: string): Json {
    const value = parseJson(keepNumbers(text));
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

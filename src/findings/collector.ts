/**
 * Takes the rows of an answer one by one and keeps what a report needs: the findings (on disk if they exceed memory), the
 * exclusion ledger, the totals of the funnel, and the counts of records.
 */
import { CallCounter, type CallTotals } from '../answer/calls.js';
import { Fold } from '../answer/fold.js';
import { Ledger, type HiddenOfRule } from '../answer/ledger.js';
import { mergeParts } from '../answer/merge.js';
import type { AnswerRow, EventsRow, MatchingRecord, RecordCount } from '../answer/row.js';
import { Totals, type RuleTotals } from '../answer/totals.js';
import { isReference } from '../batch/batch.js';
import { ruleId, type Query } from '../query/query.js';
import type { EventFields } from '../report/finding.js';
import { SpillSpace } from '../spill/spill-space.js';
import { countGarbage } from '../memory/garbage.js';
import { WatchedEvents, type WatchedLogs } from '../watch/watched-events.js';
import { InstanceUses } from './instance-uses.js';
import { FindingStore, type MatchedRecord, type StoredFindings } from './store.js';
import { toEvent } from './to-finding.js';

/** The result of a hunt's statements, the same for every engine. */
export interface Answer {
  /** By rule ID. */
  readonly rules: ReadonlyMap<string, RuleAnswer>;
  readonly findings: StoredFindings;
  /** Empty if the source counts its records itself, as local logs do. */
  readonly counts: readonly RecordCount[];
  /** What the logs say of themselves. No part of the findings, nor of any count. */
  readonly watched: WatchedLogs;
  /** Undefined where the hunt does not count calls. */
  readonly calls: CallTotals | undefined;
  /** The most events that the funnel may count twice. The findings are exact. */
  readonly uncertain: number;
}

export interface RuleAnswer {
  readonly totals: RuleTotals;
  readonly hidden: HiddenOfRule;
}

/** How much of the findings may wait in memory, in bytes. */
const IN_MEMORY = 16 * 1024 * 1024;

export interface CollectorOptions {
  /** Gives the text of a reference. A row may have a reference instead of a body or of `extra`. */
  readonly textOf?: ((reference: string) => string) | undefined;
  /** Whether an event is no finding of this hunt, because an earlier run reported it. */
  readonly isReported?: ((event: EventFields) => boolean) | undefined;
}

export class AnswerCollector {
  readonly #query: Query;
  readonly #textOf: (reference: string) => string;
  readonly #isReported: (event: EventFields) => boolean;
  readonly #space = new SpillSpace(IN_MEMORY);
  readonly #store: FindingStore;
  readonly #totals: Totals;
  readonly #ledger: Ledger;
  readonly #calls: CallCounter;
  readonly #uses: InstanceUses;
  readonly #counts: RecordCount[] = [];
  readonly #watched = new WatchedEvents();
  readonly #parts: (readonly EventsRow[])[] = [];

  constructor(query: Query, { textOf, isReported }: CollectorOptions = {}) {
    this.#query = query;
    this.#textOf = textOf ?? ((reference) => reference);
    this.#isReported = isReported ?? (() => false);
    this.#totals = new Totals(query);
    this.#ledger = new Ledger(query);
    this.#calls = new CallCounter(query);
    this.#uses = new InstanceUses(query.rules.length);
    this.#store = new FindingStore(
      query.rules.map(({ bound }) => bound.rule),
      this.#space,
    );
  }

  /**
   * Begins the rows of one statement. Their counts are added when `complete` is called, so a statement that fails half-way
   * adds none. Its findings stay: if a further statement gives them again, the store merges those that have an eventID.
   */
  part(): AnswerPart {
    const fold = new Fold();
    const counts: RecordCount[] = [];
    return {
      add: (row) => {
        if (row.kind === 'records') counts.push(row);
        else if (isCounted(row)) fold.add(this.#withoutFindings(row));
        else this.#withoutFindings(row);
      },
      complete: () => {
        this.#counts.push(...counts);
        this.#parts.push(fold.rows());
      },
    };
  }

  /** Takes a row of statements that give each event once, as those over local logs do. Such rows need no merge. */
  add(row: AnswerRow): void {
    if (row.kind === 'records') this.#counts.push(row);
    else this.#sum(this.#withoutFindings(row));
  }

  /** Takes the records that a statement on the watches alone gives. */
  async addWatched(matches: AsyncIterable<MatchingRecord>): Promise<void> {
    for await (const match of matches) {
      const body = this.#textOf(match.body);
      if (!this.#watched.addDelivery({ body, eventTime: match.eventTime })) this.#recordOf(match);
    }
  }

  /** Takes the matching records of a statement that gives them one by one, with all records of an event. */
  async addMatches(matches: AsyncIterable<MatchingRecord>): Promise<void> {
    // CloudTrail delivers a file again as it was, so equal records often follow each other.
    let before: MatchingRecord | undefined;
    let count = 0;
    for await (const match of matches) {
      if (before !== undefined && !isEqual(match, before)) {
        this.#addRecord(before, count);
        count = 0;
      }
      before = match;
      count += 1;
    }
    if (before !== undefined) this.#addRecord(before, count);
  }

  #addRecord(match: MatchingRecord, count: number): void {
    const record = this.#recordOf(match);
    // A record without an eventID is never a repeat, so two equal records are two findings.
    this.#keep([record], record.event.event.eventID === null ? count : 1);
  }

  /** Frees the disk space of the findings. They cannot be read afterwards. */
  close(): void {
    this.#space.close();
  }

  /** To be called once, after the last row. */
  answer(): Answer {
    const { rows, uncertain } = mergeParts(this.#query, this.#parts);
    for (const row of rows) this.#sum(row);
    const totals = this.#totals.totals();
    const hidden = this.#ledger.hidden();
    const rules = this.#query.rules.flatMap((rule) => {
      const id = ruleId(rule);
      const own = totals.get(id);
      if (own === undefined) return [];
      return [[id, { totals: own, hidden: hidden.get(id) ?? new Map() }] as const];
    });
    return {
      rules: new Map(rules),
      findings: this.#store.findings(this.#uses),
      counts: this.#counts,
      watched: this.#watched.watched(),
      calls: this.#query.calls && this.#calls.totals(),
      uncertain,
    };
  }

  #sum(row: EventsRow): void {
    this.#totals.add(row);
    this.#ledger.add(row);
    this.#calls.add(row);
    this.#uses.addHidden(row);
  }

  /** Stores the matches of a row, and gives the row without them. */
  #withoutFindings(row: EventsRow): EventsRow {
    if (row.matches.length === 0) return row;
    // Events in one row are equal in full, and each is a finding.
    this.#keep(
      row.matches.map((match) => this.#recordOf(match)),
      row.events,
    );
    return { ...row, matches: [] };
  }

  #keep(records: readonly MatchedRecord[], count: number): void {
    const found: MatchedRecord[] = [];
    for (const record of records) {
      const { event, rules } = record;
      if (rules.size === 0) continue;
      // What an earlier run reported is no finding, but may end what came late.
      if (this.#isReported(event.event)) this.#watched.addEnding(event.event, event.meaning);
      else found.push(record);
    }
    this.#store.add(found, count);
  }

  #recordOf(match: MatchingRecord): MatchedRecord {
    const { extra, rules, isWatched } = match;
    const body = this.#textOf(match.body);
    const event = toEvent({
      ...match,
      body,
      extra: isReference(extra) ? this.#textOf(extra) : extra,
    });
    countGarbage(body.length);
    if (isWatched) this.#watched.add(event.event, event.meaning);
    return { event, rules };
  }
}

/** Whether a report counts the row: only watches select other events. */
function isCounted({ reached, call }: EventsRow): boolean {
  return reached.size > 0 || call !== undefined;
}

/** Whether two records are equal, as far as references tell. */
function isEqual(a: MatchingRecord, b: MatchingRecord): boolean {
  return (
    a.body === b.body && a.eventTime === b.eventTime && a.extra === b.extra && a.source === b.source
  );
}

/** Takes the rows of one statement. */
export interface AnswerPart {
  add(row: AnswerRow): void;
  /** To be called after the last row. */
  complete(): void;
}

/**
 * Takes the rows of an answer one by one and keeps what a report needs: the findings (on disk if they exceed memory), the
 * exclusion ledger, the totals of the funnel, and the counts of records.
 */
import { Fold } from '../answer/fold.js';
import { Ledger, type Hidden } from '../answer/ledger.js';
import { mergeParts } from '../answer/merge.js';
import type { AnswerRow, EventsRow, MatchingRecord, RecordCount } from '../answer/row.js';
import { Totals, type RuleTotals } from '../answer/totals.js';
import { isReference } from '../batch/batch.js';
import { ruleId, type Query, type StageId } from '../query/query.js';
import type { Findings } from '../report/report.js';
import { SpillSpace } from '../spill/spill-space.js';
import { TextStore } from '../spill/text-store.js';
import { countGarbage } from '../text/long-text.js';
import { byEvent, storeEvent, type StoredEvent } from './entry.js';
import { FindingStore, type RuleMatch } from './store.js';
import { toEvent, type MatchedEvent } from './to-finding.js';

/** The result of a hunt's statements, the same for every engine. */
export interface Answer {
  /** By rule ID. */
  readonly rules: ReadonlyMap<string, RuleAnswer>;
  /** Empty if the source counts its records itself, as local logs do. */
  readonly counts: readonly RecordCount[];
  /** The most events that the funnel may count twice. The findings are exact. */
  readonly uncertain: number;
}

export interface RuleAnswer {
  readonly totals: RuleTotals;
  readonly hidden: ReadonlyMap<StageId, Hidden>;
  readonly findings: Findings;
}

/** How much text of findings may wait in memory, for all rules together, in UTF-16 units. */
const IN_MEMORY = 16 * 1024 * 1024;
/** The texts of an event that so many rules match are stored once, on disk, and not with each finding. */
const MANY_RULES = 8;

export class AnswerCollector {
  readonly #query: Query;
  readonly #textOf: (reference: string) => string;
  readonly #space = new SpillSpace(IN_MEMORY);
  readonly #texts = new TextStore(this.#space);
  readonly #stores: ReadonlyMap<string, FindingStore>;
  readonly #totals: Totals;
  readonly #ledger: Ledger;
  readonly #counts: RecordCount[] = [];
  readonly #parts: (readonly EventsRow[])[] = [];

  /** `textOf` gives the text of a reference. A row may have a reference instead of a body or of `extra`. */
  constructor(query: Query, textOf = (reference: string): string => reference) {
    this.#query = query;
    this.#textOf = textOf;
    this.#totals = new Totals(query);
    this.#ledger = new Ledger(query);
    this.#stores = new Map(
      query.rules.map((rule) => [ruleId(rule), new FindingStore(rule.bound.rule, this.#space)]),
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
        else fold.add(this.#withoutFindings(row));
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

  /** Takes the matching records of a statement that gives them one by one, with all records of an event. */
  async addMatches(matches: AsyncIterable<MatchingRecord>): Promise<void> {
    // CloudTrail delivers a file again as it was, so equal records often follow each other.
    let before: (Found & { readonly match: MatchingRecord; count: number }) | undefined;
    for await (const match of matches) {
      if (before !== undefined && isEqual(match, before.match)) {
        before.count += 1;
        continue;
      }
      if (before !== undefined) this.#addRecord(before.match, before, before.count);
      before = { ...this.#found(match), match, count: 1 };
    }
    if (before !== undefined) this.#addRecord(before.match, before, before.count);
  }

  #addRecord({ rules }: MatchingRecord, found: Found, count: number): void {
    // A record without an eventID is never a repeat, so two equal records are two findings.
    const findings = found.stored.eventID === null ? count : 1;
    for (const [id, severity] of rules) this.#stores.get(id)?.add({ ...found, severity }, findings);
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
    const rules = [...this.#stores].flatMap(([id, store]) => {
      const own = totals.get(id);
      if (own === undefined) return [];
      const answer: RuleAnswer = {
        totals: own,
        hidden: hidden.get(id) ?? new Map(),
        findings: store.findings(),
      };
      return [[id, answer] as const];
    });
    return { rules: new Map(rules), counts: this.#counts, uncertain };
  }

  #sum(row: EventsRow): void {
    this.#totals.add(row);
    this.#ledger.add(row);
  }

  /** Stores the matches of a row, and gives the row without them. */
  #withoutFindings(row: EventsRow): EventsRow {
    if (row.matches.length === 0) return row;
    const shown = new Map<string, RuleMatch>();
    for (const match of row.matches) {
      const found = this.#found(match);
      for (const [id, severity] of match.rules) {
        const first = shown.get(id);
        if (first === undefined || byEvent(found.stored, first.stored, this.#texts) < 0)
          shown.set(id, { ...found, severity });
      }
    }
    // Events in one row are equal in full, and each is a finding.
    for (const [id, match] of shown) this.#stores.get(id)?.add(match, row.events);
    return { ...row, matches: [] };
  }

  /** Reads and stores the event of a matching record, once for all rules. */
  #found(match: MatchingRecord): Found {
    const { extra } = match;
    const body = this.#textOf(match.body);
    const event = toEvent({
      ...match,
      body,
      extra: isReference(extra) ? this.#textOf(extra) : extra,
    });
    countGarbage(body.length);
    const { put, putInFile } = this.#texts;
    return { event, stored: storeEvent(event, match.rules.size < MANY_RULES ? put : putInFile) };
  }
}

interface Found {
  readonly event: MatchedEvent;
  readonly stored: StoredEvent;
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

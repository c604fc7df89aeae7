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
import { FindingStore } from './store.js';

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

export class AnswerCollector {
  readonly #query: Query;
  readonly #textOf: (reference: string) => string;
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
    const most = IN_MEMORY / query.rules.length;
    this.#stores = new Map(
      query.rules.map((rule) => [ruleId(rule), new FindingStore(rule.bound.rule, most)]),
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

  /** Frees the disk space of the findings. They cannot be read afterwards. */
  close(): void {
    for (const store of this.#stores.values()) store.close();
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
    const matches = row.matches.map((match) => this.#withTexts(match));
    for (const id of new Set(matches.flatMap(({ rules }) => [...rules.keys()]))) {
      const own = matches.flatMap(({ rules, ...match }) => {
        const severity = rules.get(id);
        return severity === undefined ? [] : [{ ...match, severity }];
      });
      // A record without an eventID is never a repeat, so two equal records are two findings.
      for (let event = 0; event < row.events; event++) this.#stores.get(id)?.add(own);
    }
    return { ...row, matches: [] };
  }

  #withTexts(match: MatchingRecord): MatchingRecord {
    const { body, extra } = match;
    return {
      ...match,
      body: this.#textOf(body),
      extra: isReference(extra) ? this.#textOf(extra) : extra,
    };
  }
}

/** Takes the rows of one statement. */
export interface AnswerPart {
  add(row: AnswerRow): void;
  /** To be called after the last row. */
  complete(): void;
}

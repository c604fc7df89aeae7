/** Takes the rows of account statements as they come: what was found goes into stores, so that memory holds only counts. */
import { isReference } from '../batch/batch.js';
import { parseJson } from '../cloudtrail/json.js';
import type { Row } from '../engine/engine.js';
import type { Findings } from '../report/report.js';
import type { Query } from '../query/query.js';
import { numbersIn, toldOf, type Copy } from '../answer/fold.js';
import { FindingStore } from './store.js';

/** How much text of findings may wait in memory, for all rules together, in UTF-16 units. */
const KEPT_IN_MEMORY = 16 * 1024 * 1024;

export class Gathering {
  readonly #stores: readonly FindingStore[];
  readonly #textOf: (told: string) => string;

  /** `textOf` gives the body, or what is in `extra`, of what a row tells instead. */
  constructor(query: Query, textOf = (told: string): string => told) {
    this.#textOf = textOf;
    const most = KEPT_IN_MEMORY / query.rules.length;
    this.#stores = query.rules.map(({ bound }) => new FindingStore(bound.rule, most));
  }

  /** Keeps the matching copies in a row, and gives the rest of it. */
  take({ copies, ...row }: Row): Row {
    if (copies === null || copies === undefined) return row;
    const told = parseJson(copies) as unknown as readonly RawCopy[];
    const raw = told.map((copy) => ({
      ...copy,
      body: this.#textOf(copy.body),
      extra: isReference(copy.extra) ? this.#textOf(copy.extra) : copy.extra,
    }));
    for (const n of new Set(raw.flatMap(({ found }) => numbersIn(found)))) {
      const matching = raw
        .filter(({ found }) => numbersIn(found).includes(n))
        .map((copy) => toCopy(copy, n));
      // Records without an eventID are never repeats, so the same one twice is two findings.
      for (let event = 0; event < Number(row['events']); event++)
        this.#stores[n - 1]?.add(matching);
    }
    return row;
  }

  /** The findings of each rule, in the order of rules. */
  findings(): readonly Findings[] {
    return this.#stores.map((store) => store.findings());
  }
}

/** A matching record as the statement gives it, for all of its rules. */
interface RawCopy extends Omit<Copy, 'severity'> {
  /** The numbers of the rules that it matches: ` 1 3`. */
  readonly found: string;
  /** What rules change its severity to: ` 2=High`. */
  readonly severities: string;
}

function toCopy({ body, eventtime, extra, source, severities }: RawCopy, n: number): Copy {
  return { body, eventtime, extra, source, severity: toldOf(n, severities) };
}

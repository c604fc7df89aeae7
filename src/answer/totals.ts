/** Sums the rows of an answer: for each rule, how many events pass each stage of its funnel. */
import { ruleId, type Query, type StageId } from '../query/query.js';
import type { EventsRow, Reached } from './row.js';

/** The totals of one rule. Each number counts events, unless its comment names something else. */
export interface RuleTotals {
  /** Events that the rule selects. */
  readonly selected: number;
  /** Events that pass the stage and every stage before it. */
  readonly passed: ReadonlyMap<StageId, number>;
  /** Events that pass every stage. */
  readonly found: number;
  /** Records that repeat another record's event. */
  readonly repeated: number;
  /** Events whose records differ in their bodies. */
  readonly conflicting: number;
  /** Events without a readable time. */
  readonly undated: number;
  /** Events from which CloudTrail cut a field that the rule tests. */
  readonly cut: number;
}

interface Sums {
  readonly reached: Map<Reached, number>;
  records: number;
  conflicting: number;
  undated: number;
  cut: number;
}

export class Totals {
  readonly #query: Query;
  readonly #sums: ReadonlyMap<string, Sums>;

  constructor(query: Query) {
    this.#query = query;
    this.#sums = new Map(
      query.rules.map((rule) => [
        ruleId(rule),
        { reached: new Map(), records: 0, conflicting: 0, undated: 0, cut: 0 },
      ]),
    );
  }

  add({ events, records, undated, conflicting, reached, cut }: EventsRow): void {
    for (const [rule, stage] of reached) {
      const sums = this.#sums.get(rule);
      if (sums === undefined) continue;
      sums.reached.set(stage, (sums.reached.get(stage) ?? 0) + events);
      sums.records += records;
      if (conflicting) sums.conflicting += events;
      if (undated) sums.undated += events;
      if (cut.has(rule)) sums.cut += events;
    }
  }

  /** By rule ID. */
  totals(): ReadonlyMap<string, RuleTotals> {
    return new Map(
      this.#query.rules.flatMap((rule) => {
        const sums = this.#sums.get(ruleId(rule));
        return sums === undefined ? [] : [[ruleId(rule), totalsOf(sums, rule.stages)] as const];
      }),
    );
  }
}

function totalsOf(
  { reached, records, conflicting, undated, cut }: Sums,
  stages: readonly { readonly id: StageId }[],
): RuleTotals {
  const selected = [...reached.values()].reduce((sum, events) => sum + events, 0);
  const passed = new Map<StageId, number>();
  let left = selected;
  for (const { id } of stages) {
    left -= reached.get(id) ?? 0;
    passed.set(id, left);
  }
  return { selected, passed, found: left, repeated: records - selected, conflicting, undated, cut };
}

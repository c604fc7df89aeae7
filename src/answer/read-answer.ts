/** Reads a row of strings, as an engine gives it, into an `AnswerRow`. `statement/hunt-sql.ts` writes the statement. */
import type { Row } from '../engine/engine.js';
import { HuntError } from '../errors.js';
import { ruleId, type Query, type RuleQuery } from '../query/query.js';
import { readRecordCount } from './statement/record-count.js';
import { readRuleText } from './statement/rule-texts.js';
import type { AnswerRow, MatchingRecord, NearMiss, Reached } from './row.js';

/** A reader of the rows that the query's statement gives. It throws a HuntError for a row that lacks the statement's columns. */
export function answerReader({ rules }: Query): (row: Row) => AnswerRow {
  const reader = new RuleTexts(rules);
  return (row) => {
    const count = row['record_count'];
    if (count !== undefined && count !== null) return readRecordCount(count);
    const keys = row['event_keys'];
    return {
      kind: 'events',
      events: Number(required(row, 'events')),
      records: Number(required(row, 'records')),
      undated: row['undated'] === 'true',
      conflicting: row['conflicting'] === 'true',
      reached: reader.reached(row['reached'] ?? ''),
      cut: reader.ids(row['cut'] ?? ''),
      matches: listIn(row['matches']).map((match) => reader.match(match as WrittenMatch)),
      nearMisses: listIn(row['near_misses']).map((miss) =>
        reader.nearMiss(miss as WrittenNearMiss),
      ),
      keys: keys === undefined ? undefined : listIn(keys).map(String),
    };
  };
}

interface WrittenMatch {
  readonly body: string;
  readonly eventtime: string | null;
  readonly extra: string | null;
  readonly source: string | null;
  readonly matched: string;
  readonly severities: string;
}

interface WrittenNearMiss {
  readonly failed: string;
  readonly principal: string | null;
  readonly useragent: string | null;
  readonly account: string | null;
}

/** Finds rules by their numbers and stages by their indexes, as the statement writes them. */
class RuleTexts {
  readonly #rules: readonly RuleQuery[];

  constructor(rules: readonly RuleQuery[]) {
    this.#rules = rules;
  }

  ids(text: string): ReadonlySet<string> {
    return new Set(readRuleText(text).map(({ number }) => ruleId(this.#rule(number))));
  }

  reached(text: string): ReadonlyMap<string, Reached> {
    return new Map(
      readRuleText(text).map(({ number, value }) => {
        const rule = this.#rule(number);
        return [ruleId(rule), rule.stages[Number(value)]?.id ?? 'finding'];
      }),
    );
  }

  match({ body, eventtime, extra, source, matched, severities }: WrittenMatch): MatchingRecord {
    const changed = new Map(readRuleText(severities).map(({ number, value }) => [number, value]));
    const rules = readRuleText(matched).map(
      ({ number }) => [ruleId(this.#rule(number)), changed.get(number) ?? null] as const,
    );
    return { body, eventTime: eventtime, extra, source, rules: new Map(rules) };
  }

  nearMiss({ failed, principal, useragent, account }: WrittenNearMiss): NearMiss {
    const stages = readRuleText(failed).flatMap(({ number, value }) => {
      const rule = this.#rule(number);
      const stage = rule.stages[Number(value)];
      return stage === undefined ? [] : [[ruleId(rule), stage.id] as const];
    });
    return { failed: new Map(stages), principal, userAgent: useragent, account };
  }

  #rule(number: number): RuleQuery {
    const rule = this.#rules[number - 1];
    if (rule === undefined) throw strange(`rule ${number}`);
    return rule;
  }
}

function listIn(json: string | null | undefined): readonly unknown[] {
  return json === null || json === undefined ? [] : (JSON.parse(json) as readonly unknown[]);
}

function required(row: Row, column: string): string {
  const text = row[column];
  if (text === undefined || text === null) throw strange(`no ${column}`);
  return text;
}

function strange(what: string): HuntError {
  return new HuntError(
    'ENGINE',
    `the engine gave a row that the statement does not ask for (${what}); its counts would be lost`,
  );
}

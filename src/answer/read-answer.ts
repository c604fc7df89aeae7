/**
 * Reads a row of strings, as an engine gives it, into typed data. `statement/hunt-sql.ts` and `statement/local-sql.ts` write
 * the statements.
 */
import type { Row } from '../engine/engine.js';
import { HuntError } from '../errors.js';
import { ruleId, selectedRules, type Query, type RuleQuery } from '../query/query.js';
import { remembering } from '../memory/remembering.js';
import { SEVERITIES, type Severity } from '../rule/severity.js';
import { readCall } from './statement/calls.js';
import { readRecordCount } from './statement/record-count.js';
import { readRuleText } from './statement/rule-texts.js';
import { readSpan } from './statement/span.js';
import type { AnswerRow, HiddenUse, MatchingRecord, NearMiss, Reached } from './row.js';

/** A reader of the rows that the query's statement gives. It throws a HuntError for a row that lacks the statement's columns. */
export function answerReader(query: Query): (row: Row) => AnswerRow {
  const reader = new RuleTexts(query);
  return (row) => {
    const count = row['record_count'];
    if (count !== undefined && count !== null) return readRecordCount(count);
    const keys = row['event_keys'];
    return {
      kind: 'events',
      events: Number(required(row, 'events')),
      records: Number(required(row, 'records')),
      undated: required(row, 'undated') === 'true',
      conflicting: required(row, 'conflicting') === 'true',
      reached: reader.reached(required(row, 'reached')),
      cut: reader.ids(present(row, 'cut') ?? ''),
      matches: listIn(present(row, 'matches')).map((match) => reader.match(match as WrittenMatch)),
      nearMisses: listIn(present(row, 'near_misses')).map((miss) =>
        reader.nearMiss(miss as WrittenNearMiss),
      ),
      call: readCall(row),
      ...readSpan(row),
      keys: keys === undefined ? undefined : listIn(keys).map(String),
    };
  };
}

/** A reader of the rows of `matchesSql`. */
export function matchReader(query: Query): (row: Row) => MatchingRecord {
  const reader = new RuleTexts(query);
  return (row) =>
    reader.match({
      body: required(row, 'body'),
      eventtime: present(row, 'eventtime'),
      extra: present(row, 'extra'),
      source: present(row, 'source'),
      matched: required(row, 'matched'),
      severities: required(row, 'severities'),
    });
}

interface WrittenMatch {
  readonly body: string;
  readonly eventtime: string | null;
  readonly extra: string | null;
  readonly source: string | null;
  readonly matched: string;
  readonly severities: string;
}

interface WrittenNearMiss extends WrittenNames {
  readonly failed: string;
  /** `WrittenNames` as JSON text, in the statements on local logs. */
  readonly names?: string;
}

interface WrittenNames {
  readonly principal: string | null;
  readonly useragent: string | null;
  readonly account: string | null;
  /** The use of an instance's credentials; missing, or null, for other records. */
  readonly address?: string | null;
  readonly endpoint?: string | null;
  readonly key?: string | null;
  readonly rules?: string | null;
}

/** Many rows are alike, and a merge keeps all of them. Equal texts share the object that is read from them. */
const SHARED = { most: 10_000 };

/** Finds rules by their numbers and stages by their indexes, as the statement writes them. */
class RuleTexts {
  readonly #rules: readonly RuleQuery[];
  /** How many of them are rules; the others are watches. */
  readonly #ruleCount: number;

  constructor(query: Query) {
    this.#rules = selectedRules(query);
    this.#ruleCount = query.rules.length;
  }

  readonly ids = remembering(
    (text): ReadonlySet<string> =>
      new Set(this.#ofRules(text).map(({ number }) => ruleId(this.#rule(number)))),
    SHARED,
  );

  readonly reached = remembering(
    (text): ReadonlyMap<string, Reached> =>
      new Map(
        this.#ofRules(text).map(({ number, value }) => {
          const rule = this.#rule(number);
          return [ruleId(rule), rule.stages[Number(value)]?.id ?? 'finding'];
        }),
      ),
    SHARED,
  );

  /** The rules that a record matches, with their severities, and whether a watch selects it too. */
  readonly #matched = remembering((text): Pick<MatchingRecord, 'rules' | 'isWatched'> => {
    const [matched = '', severities = ''] = text.split('\n');
    const changed = new Map(
      readRuleText(severities).map(({ number, value }) => [number, severityIn(value)]),
    );
    const all = readRuleText(matched);
    const own = all.filter(({ number }) => this.#isRule(number));
    const rules = own.map(
      ({ number }) => [ruleId(this.#rule(number)), changed.get(number) ?? null] as const,
    );
    return { rules: new Map(rules), isWatched: own.length < all.length };
  }, SHARED);

  readonly #failed = remembering(
    (text): NearMiss['failed'] =>
      new Map(
        readRuleText(text).flatMap(({ number, value }) => {
          const rule = this.#rule(number);
          const indexes = value.split('+').filter((index) => index !== '');
          const stages = indexes.flatMap((index) => rule.stages[Number(index)]?.id ?? []);
          return stages.length === 0 ? [] : [[ruleId(rule), stages] as const];
        }),
      ),
    SHARED,
  );

  match({ body, eventtime, extra, source, matched, severities }: WrittenMatch): MatchingRecord {
    const { rules, isWatched } = this.#matched(`${matched}\n${severities}`);
    return { body, eventTime: eventtime, extra, source, rules, isWatched };
  }

  nearMiss({ failed, names, ...own }: WrittenNearMiss): NearMiss {
    const written = names === undefined ? own : (JSON.parse(names) as WrittenNames);
    const { principal, useragent, account } = written;
    const use = this.#use(written);
    return { failed: this.#failed(failed), principal, userAgent: useragent, account, use };
  }

  #use({ address, endpoint = null, key, rules }: WrittenNames): HiddenUse | undefined {
    if (!isText(address) || !isText(key) || !isText(rules)) return undefined;
    return { address, endpoint, accessKey: key, rules: [...this.ids(rules)] };
  }

  /** The entries of a text without those of watches. */
  #ofRules(text: string): ReturnType<typeof readRuleText> {
    return readRuleText(text).filter(({ number }) => this.#isRule(number));
  }

  /** Also of a number that the statement does not have, which is refused. */
  #isRule(number: number): boolean {
    return number <= this.#ruleCount || number > this.#rules.length;
  }

  #rule(number: number): RuleQuery {
    const rule = this.#rules[number - 1];
    if (rule === undefined) throw strange(`rule ${number}`);
    return rule;
  }
}

function severityIn(value: string): Severity {
  const severity = SEVERITIES.find((one) => one === value);
  if (severity === undefined) throw strange(`severity ${value}`);
  return severity;
}

function isText(value: string | null | undefined): value is string {
  return value !== null && value !== undefined;
}

function listIn(json: string | null | undefined): readonly unknown[] {
  return json === null || json === undefined ? [] : (JSON.parse(json) as readonly unknown[]);
}

function required(row: Row, column: string): string {
  const text = present(row, column);
  if (text === null) throw strange(`no ${column}`);
  return text;
}

/** The value of a column, which may be null but must be there: what a row lacks would be counted as none. */
function present(row: Row, column: string): string | null {
  const text = row[column];
  if (text === undefined) throw strange(`no ${column}`);
  return text;
}

function strange(what: string): HuntError {
  return new HuntError(
    'ENGINE',
    `the engine gave a row that the statement does not ask for (${what}); its counts would be lost`,
  );
}

/**
 * The statements of a hunt on local logs. `testedSql` tells what becomes of each record. From its rows, `foundSql` gives the matching
 * records one by one, and `countsSql` the funnel and the exclusion ledger. One statement for both, as for tables, would collect
 * the records of each event in a list: the memory of that list grows with the copies of an event, and DuckDB cannot write it to
 * disk. Two statements on the events would plan and run the rules' tests twice.
 */
import { selectedRules, type Query } from '../../query/query.js';
import type { Dialect } from '../../sql/dialect/dialect.js';
import { callSteps } from './calls.js';
import { recordSteps } from './candidates.js';
import { selectedFlag } from './flags.js';
import { useSteps } from './instance-uses.js';
import { answerStep, cutEntry, namesOf, reachedSql } from './outcome.js';
import { sourceSql, type RecordSource } from './record-source.js';
import { numbered, ruleTextSql, type NumberedRule } from './rule-texts.js';
import { statementSql, type Select, type Step } from './select.js';
import { selectingSteps } from './selecting.js';
import { spanSteps } from './span.js';

/** The columns of `matchesSql` and `foundSql`. `matchReader` reads them. */
const MATCH_COLUMNS = ['body', 'eventtime', 'extra', 'source', 'matched', 'severities'];
const IS_MATCH = "matched <> ''";

/** The records that match a rule, one by one. */
export function matchesSql(query: Query, dialect: Dialect, source: RecordSource): string {
  return statementSql(
    foundSteps({ ...query, calls: undefined }, dialect, source),
    matchesIn('found'),
  );
}

/** The same from the rows of `testedSql`. */
export function foundSql(tested: string): string {
  return statementSql([], matchesIn(tested));
}

function matchesIn(from: string): Select {
  return { columns: MATCH_COLUMNS, from, where: IS_MATCH };
}

/** SQL: the key of a row of `testedSql`. The rows of one event have the same, and so have rows that are counted together. */
export const TESTED_KEY = 'COALESCE(event_key, alone)';

/** What becomes of each record that a rule selects. `countsSql` and `foundSql` read its rows. */
export function testedSql(query: Query, dialect: Dialect, from: string): string {
  const rules = numbered(selectedRules(query));
  return statementSql(foundSteps(query, dialect, { kind: 'loaded', from }), {
    columns: [
      ...keyColumns(query, rules, dialect),
      'near_missed',
      'fingerprint',
      'instant',
      ...callSteps(query).record,
      ...rules.flatMap((rule) => [
        `${reachedSql(rule)} AS reached_${rule.number}`,
        `cut_${rule.number}`,
      ]),
      ...MATCH_COLUMNS.map((name) => `CASE WHEN ${IS_MATCH} THEN ${name} END AS ${name}`),
    ],
    from: 'found',
  });
}

/** What becomes of all events, without their matches, from the rows of `testedSql`. `answerReader` reads its rows. */
export function countsSql(query: Query, dialect: Dialect, tested: string): string {
  const rules = numbered(selectedRules(query));
  const calls = callSteps(query);
  const span = spanSteps(query, dialect);
  const groups = [...GROUPS, ...calls.groups];
  return statementSql(
    [
      {
        name: 'delivery',
        select: {
          columns: [
            ...DELIVERY_KEYS,
            'count(*) AS records',
            'min(fingerprint) AS first_fingerprint',
            'max(fingerprint) AS last_fingerprint',
            // Of an event's records that fail the same stages, the ledger names the first.
            'min(names) AS names',
            ...calls.joined,
            ...span.event,
            ...rules.flatMap(furthest),
          ],
          from: tested,
          groupBy: DELIVERY_KEYS,
        },
      },
      {
        name: 'event',
        select: {
          columns: [
            'undated',
            // Records without an eventID are never repeats: each is an event.
            'CASE WHEN event_key IS NULL THEN sum(records) ELSE 1 END AS events',
            'sum(records) AS records',
            'event_key IS NOT NULL AND COALESCE(min(first_fingerprint) <> max(last_fingerprint), FALSE) AS conflicting',
            `${dialect.jsonList(NEAR_MISS_MEMBERS, "near_missed <> ''")} AS near_misses`,
            ...calls.joined,
            ...span.joined,
            ...rules.flatMap(furthest),
          ],
          from: 'delivery',
          groupBy: EVENT_KEYS,
        },
      },
      answerStep(rules),
    ],
    {
      columns: [
        ...groups,
        ...span.answer,
        'CAST(NULL AS VARCHAR) AS matches',
        'sum(events) AS events',
        'sum(records) AS records',
      ],
      from: 'answer',
      groupBy: groups,
    },
  );
}

/** For each rule, how far the furthest of the grouped rows comes, and whether one of them has a cut field. */
function furthest({ number }: NumberedRule): readonly string[] {
  return [`max(reached_${number}) AS reached_${number}`, `bool_or(cut_${number}) AS cut_${number}`];
}

const EVENT_KEYS = ['event_key', 'alone', 'undated'];
const DELIVERY_KEYS = [...EVENT_KEYS, 'near_missed'];
const GROUPS = ['reached', 'cut', 'near_misses', 'undated', 'conflicting'];
const NEAR_MISS_MEMBERS = [
  ['failed', 'near_missed'],
  ['names', 'names'],
] as const;

function foundSteps(query: Query, dialect: Dialect, source: RecordSource): readonly Step[] {
  const own = sourceSql(source, {
    selecting: (from) => selectingSteps(query, dialect, from),
    window: query.window,
    dialect,
    further: false,
  });
  return [...own.steps, ...recordSteps(query, own, dialect)];
}

/** In characters. */
const SHORT = 256;

/** A short text that no other text has: the text itself, or its hash, so that a long one is not copied. */
function shortSql(text: string, dialect: Dialect): string {
  return `CASE WHEN length(${text}) > ${SHORT} THEN '#' || ${dialect.digest(text)} ELSE '=' || ${text} END`;
}

/**
 * The identity of an event, as a hash, because a log may have IDs of any length; NULL without an eventID. Then `alone` has
 * everything that is counted of the record, so that equal records are counted together.
 */
function keyColumns(
  query: Query,
  rules: readonly NumberedRule[],
  dialect: Dialect,
): readonly string[] {
  const identity = dialect.jsonObject([
    ['id', shortSql('eventid', dialect)],
    ['name', shortSql('eventname', dialect)],
    ['account', shortSql('recipientaccountid', dialect)],
    ['time', dialect.instantText('instant')],
  ]);
  const uses = useSteps(query, dialect);
  const names = `CASE WHEN near_missed <> '' THEN ${dialect.jsonObject([...namesOf(dialect), ...uses.names])} END`;
  const reachedEntrySql = (rule: NumberedRule) => ({
    when: selectedFlag(rule),
    value: `CAST(${reachedSql(rule)} AS VARCHAR)`,
  });
  const alone = [
    ruleTextSql(rules, reachedEntrySql),
    ruleTextSql(rules, cutEntry),
    'near_missed',
    `COALESCE(${names}, '')`,
    ...callSteps(query).alone,
  ];
  return [
    'instant IS NULL AS undated',
    `CASE WHEN eventid IS NOT NULL THEN ${dialect.digest(identity)} END AS event_key`,
    `${names} AS names`,
    `CASE WHEN eventid IS NULL THEN ${alone.join(" || '|' || ")} END AS alone`,
  ];
}

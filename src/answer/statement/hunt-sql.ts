/**
 * The statement of a hunt: findings, funnel and exclusion ledger of all rules from one reading of the records. Records become
 * flags (one for each stage), flags become events, and events that differ in nothing a report counts become one row, so that only
 * findings come out one by one. `answerReader` reads its rows.
 */
import { furtherField } from '../../cloudtrail/field/further-fields.js';
import { fieldsOfQuery } from '../../query/columns-read.js';
import { selectedRules, type Query } from '../../query/query.js';
import type { Dialect } from '../../sql/dialect/dialect.js';
import { IDENTITY } from '../../sql/statement/columns.js';
import { callSteps } from './calls.js';
import { recordSteps } from './candidates.js';
import { eventKeySql, KEY_DIGIT, MOST_KEYS, type Part } from './event-key.js';
import { useSteps } from './instance-uses.js';
import { answerStep, namesOf, reachedSql } from './outcome.js';
import { sourceSql, type RecordSource } from './record-source.js';
import { numbered, type NumberedRule } from './rule-texts.js';
import { statementSql } from './select.js';
import { selectingSteps } from './selecting.js';
import { spanSteps } from './span.js';

export interface StatementInput {
  readonly source: RecordSource;
  /** Where the statement is one of several that make up a hunt; its rows then have the keys of their events. */
  readonly part?: Part | undefined;
  /** Whether each test has a comment with the rule's text. */
  readonly comments?: boolean | undefined;
}

/** The statement, ending with a line feed. Throws a HuntError if a rule tests a field that CloudTrail does not have. */
export function huntSql(
  query: Query,
  dialect: Dialect,
  { source, part, comments }: StatementInput,
): string {
  const rules = numbered(selectedRules(query));
  const own = sourceSql(source, {
    selecting: (from) => selectingSteps(query, dialect, from),
    window: query.window,
    dialect,
    further: fieldsOfQuery(query).some((path) => furtherField(path)),
  });
  const calls = callSteps(query);
  const uses = useSteps(query, dialect);
  const span = spanSteps(query, dialect);
  const groups = [...GROUPS, ...own.answer, ...calls.groups];
  return statementSql(
    [
      ...own.steps,
      ...recordSteps(query, own, dialect),
      {
        name: 'event',
        select: {
          columns: [
            'instant IS NULL AS undated',
            'count(*) AS records',
            'COALESCE(min(fingerprint) <> max(fingerprint), FALSE) AS conflicting',
            ...own.event,
            ...calls.event,
            ...span.event,
            ...(part === undefined ? [] : [`${eventKeySql(part, dialect)} AS event_key`]),
            `${dialect.jsonList(MATCH_MEMBERS, "matched <> ''")} AS matches`,
            // One list for all rules: each list of distinct values costs engines a table of its own.
            `${dialect.jsonList([['failed', 'near_missed'], ...namesOf(dialect), ...uses.names], "near_missed <> ''")} AS near_misses`,
            ...rules.flatMap(reachedColumns),
          ],
          from: 'found',
          groupBy: [...IDENTITY, ...own.eventKeys],
        },
      },
      answerStep(rules),
    ],
    {
      columns: [
        ...groups,
        ...span.answer,
        ...(part === undefined ? [] : [`${dialect.leastOf('event_key', MOST_KEYS)} AS event_keys`]),
        'count(*) AS events',
        'sum(records) AS records',
      ],
      from: 'answer',
      groupBy: part === undefined ? groups : [...groups, KEY_DIGIT],
    },
    { comments },
  );
}

/** The columns in which all events of a row are equal. */
const GROUPS = ['reached', 'cut', 'matches', 'near_misses', 'undated', 'conflicting'];

/** The members of a match, and the SQL of each. `read-answer.ts` reads the same members. */
const MATCH_MEMBERS = [
  ['body', 'body'],
  ['eventtime', 'eventtime'],
  ['extra', 'extra'],
  ['source', 'source'],
  ['matched', 'matched'],
  ['severities', 'severities'],
] as const;

/** For each rule, how far an event comes and whether CloudTrail cut a field that the rule tests. */
function reachedColumns(rule: NumberedRule): readonly string[] {
  return [
    `max(${reachedSql(rule)}) AS reached_${rule.number}`,
    `bool_or(cut_${rule.number}) AS cut_${rule.number}`,
  ];
}

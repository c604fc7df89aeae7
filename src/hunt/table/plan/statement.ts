/** The parts of a planned hunt, which run side by side, and the statement of each part. */
import { huntSql } from '../../../answer/statement/hunt-sql.js';
import { matchesSql } from '../../../answer/statement/local-sql.js';
import { dayCount, eventDays, type DaySpan } from '../../../cloudtrail/time/day-span.js';
import { DAY, type Window } from '../../../cloudtrail/time/window.js';
import { HuntError } from '../../../errors.js';
import { selectedRules, type Query } from '../../../query/query.js';
import { exactEventNames } from '../../../query/required.js';
import { namesEvents, selectingCondition } from '../../../query/selection.js';
import { conditionSql } from '../../../sql/condition/condition.js';
import { TABLE_SCOPE, type Scope } from '../../../sql/condition/location.js';
import { trino } from '../../../sql/dialect/trino.js';
import { literal, oneOfSql } from '../../../sql/literal.js';
import { timeSql } from '../../../table/columns/event-time.js';
import { EVENT_NAME, relationSql, type Relation } from '../../../table/columns/fit.js';
import { plainColumn } from '../../../table/columns/narrow.js';
import { cutSlice, type Slice } from '../../../table/partitions/slice.js';
import { predicateSql } from '../../../table/partitions/sql/predicate.js';
import type { HuntedTable } from './hunted-table.js';
import type { TablePlan } from './plan.js';

/** Athena reads ten days of a large company's logs in a minute or two. */
const PART_DAYS = 10;
/** A hunt of many years has longer parts, so that it does not start hundreds of queries. */
const MOST_PARTS = 24;

/** What a hunt learns from the table before it is cut into parts. */
export interface KnownDays {
  /** The first day of the table; -Infinity where it is not known. */
  readonly firstDay: number;
  /** Whether partitions are registered that have no day, as Hive's default partition. Their records may be of any day. */
  readonly undated: boolean;
  /** Whether the engine skips files by the time of their events: then each part has the events of days of its own. */
  readonly byTime: boolean;
}

/** What is known before any query. */
export const ANY_DAYS: KnownDays = { firstDay: -Infinity, undated: false, byTime: false };

/** Whether the engine may skip files by the time of their events, and by no key that gives the day. */
export function mayCutByTime(
  { description }: HuntedTable,
  { layout, relation, query }: TablePlan,
): boolean {
  const { since, until } = query.window;
  return (
    description.storage?.iceberg === true &&
    layout.days === undefined &&
    relation.time !== undefined &&
    since !== undefined &&
    until !== undefined
  );
}

/** The parts in the order of their days; at the end the partitions without a day. */
export function partsOf(
  { whole, layout, query }: TablePlan,
  { firstDay, undated, byTime }: KnownDays,
): readonly Slice[] {
  const isCutByTime = layout.days === undefined && byTime;
  const span = isCutByTime ? eventDays(query.window) : whole.days;
  const days = span && { ...span, first: Math.max(span.first, firstDay) };
  const count = days === undefined ? 0 : dayCount(days);
  const parts = cutSlice({ ...whole, days }, Math.max(PART_DAYS, Math.ceil(count / MOST_PARTS)));
  const isOpen = days === undefined || (days.first === -Infinity && days.last === Infinity);
  return undated && !isOpen ? [...parts, { ...whole, days: undefined, undated }] : parts;
}

export interface StatementPart {
  readonly slice: Slice;
  /** Whether it is the only part. Then no event can have records in another part. */
  readonly isOnly: boolean;
  /** Whether findings and counts are two scans of the table. That is cheaper where columns that are not read cost nothing. */
  readonly twice?: boolean | undefined;
}

type Scanned = Pick<TablePlan, 'query' | 'relation' | 'layout'>;
type Source = Pick<HuntedTable, 'from' | 'source' | 'longestStatement'>;

/** The predicate that selects what a part reads: partitions, and times where eventTime is a timestamp. Undefined for the whole table. */
export function scanSql(
  { query, relation, layout }: Scanned,
  slice: Slice,
  { undated = true }: { readonly undated?: boolean } = {},
): string | undefined {
  const { window } = query;
  const isCutByTime = layout.days === undefined && slice.days !== undefined;
  const time =
    relation.time &&
    timeSql(relation.time, isCutByTime ? within(window, slice.days) : window, {
      // Of parts that are cut by time, only the first has the records without one.
      undated: undated && (!isCutByTime || slice.days.first <= eventDays(window).first),
    });
  const terms = [predicateSql(layout, slice), time].filter((term) => term !== undefined);
  return terms.length === 0 ? undefined : terms.join(' AND ');
}

/** The part of the window that lies in these days. */
function within({ since, until }: Window, { first, last }: DaySpan): Window {
  return {
    since: finite(Math.max(since ?? -Infinity, first)),
    until: finite(Math.min(until ?? Infinity, last + DAY)),
  };
}

/**
 * The statement of a part, over the columns of `plan.relation`. Throws a HuntError if it is longer than the engine accepts.
 */
export function partSql(
  { query, relation, layout }: Scanned,
  { from, source, longestStatement }: Source,
  { slice, isOnly, twice = false }: StatementPart,
): string {
  const where = scanSql({ query, relation, layout }, slice);
  // Events have their times, so parts that are cut by time share none.
  const isApart = isOnly || (layout.days === undefined && slice.days !== undefined);
  const statement = (comments: boolean): string =>
    huntSql(query, trino, {
      source: {
        kind: 'table',
        relation: relationSql(relation, { from, source, where, wanted: askedSql(query) }),
        twice: twice ? { eventNames: exactEventNames(query) } : undefined,
      },
      part: isApart ? undefined : { since: slice.days && finite(slice.days.first) },
      comments,
    });
  const commented = statement(true);
  if (Buffer.byteLength(commented) <= longestStatement) return commented;
  // The comments of all rules of the pack are a seventh of the statement.
  const sql = statement(false);
  const bytes = Buffer.byteLength(sql);
  if (bytes > longestStatement)
    throw new HuntError(
      'RULE',
      `too large for one query: ${bytes} bytes of SQL, and the engine accepts ${longestStatement}. Hunt with fewer rules at once, or shorten their lists.`,
    );
  return sql;
}

/** Records that a narrow statement found: some of these events, at some of these times, in some of these files. */
export interface Wanted {
  readonly eventIDs: readonly string[];
  /** As the relation gives them. Undefined where a record has none. */
  readonly times: readonly string[] | undefined;
  /** Undefined where the engine knows no files. */
  readonly files: readonly string[] | undefined;
}

/**
 * The statement that gives the matching records of a part with all their columns. Undefined if it is longer than the engine
 * accepts.
 */
export function wantedSql(
  plan: Scanned,
  { from, source, longestStatement }: Source,
  { slice, wanted }: { readonly slice: Slice; readonly wanted: Wanted },
): string | undefined {
  const id = plainColumn(plan.relation, 'eventid');
  if (id === undefined) return undefined;
  const scan = scanSql(plan, slice);
  const time = wanted.times && timesSql(plan.relation, wanted.times);
  const byID = [scan, time, oneOfSql(id, wanted.eventIDs)].filter((term) => term !== undefined);
  // With their files named, the engine opens no other.
  const byFile = source && wanted.files && [...byID, oneOfSql(source, wanted.files)];
  return [byFile, byID]
    .filter((terms) => terms !== undefined && terms !== '')
    .map((terms) => {
      const relation = relationSql(plan.relation, { from, source, where: terms.join(' AND ') });
      return matchesSql(plan.query, trino, { kind: 'selected', relation });
    })
    .find((sql) => Buffer.byteLength(sql) <= longestStatement);
}

/** In files that are sorted by time, the engine skips all but a few pages. */
function timesSql(relation: Relation, times: readonly string[]): string | undefined {
  const { time } = relation;
  if (time !== undefined) {
    const zone = time.zoned ? ' UTC' : '';
    return `${time.sql} IN (${times.map((text) => `TIMESTAMP ${literal(text + zone)}`).join(', ')})`;
  }
  const own = plainColumn(relation, 'eventtime');
  return own && oneOfSql(own, times);
}

/** The condition on the name of an event by which some rule asks for it; undefined where a rule asks for every event. */
function askedSql(query: Query): string | undefined {
  const { calls } = query;
  const named = selectedRules(query).map((rule) => ({
    ...rule,
    selection: rule.selection.filter(namesEvents),
  }));
  if (calls !== undefined || named.some(({ selection }) => selection.length === 0))
    return undefined;
  const scope: Scope = {
    ...TABLE_SCOPE,
    locate: () => ({ kind: 'text', path: [EVENT_NAME], opensFrom: 1 }),
  };
  const names = named.map(({ selection }) =>
    conditionSql(selectingCondition(selection), trino, scope),
  );
  return [...new Set(names)].join(' OR ');
}

function finite(instant: number): number | undefined {
  return Number.isFinite(instant) ? instant : undefined;
}

/** Plans the hunt of a table: what the rules ask, how the table fits, and which of its partitions must be read. */
import { isAccountId } from '../../../cloudtrail/account.js';
import { partitionDays, type DaySpan } from '../../../cloudtrail/time/day-span.js';
import { DAY, midnight, type Window } from '../../../cloudtrail/time/window.js';
import { buildQuery, type CallCounting } from '../../../query/build.js';
import { WATCHES } from '../../../query/watches.js';
import { columnsOfCounts } from '../../../query/columns-read.js';
import { requiredOfQuery, valuesToRead } from '../../../query/required.js';
import type { Query } from '../../../query/query.js';
import { HuntError } from '../../../errors.js';
import type { RefusedRule } from '../../../report/report.js';
import type { BoundRule } from '../../../rule/bind.js';
import type { Condition } from '../../../rule/condition/condition.js';
import type { Relation } from '../../../table/columns/fit.js';
import { narrowRelation, plainColumn, unreadPart } from '../../../table/columns/narrow.js';
import type { NeededCoverage } from '../../../table/partitions/gaps/gap.js';
import { dayKeys, type Layout, type PartitionKey } from '../../../table/partitions/layout.js';
import { layoutOf } from '../../../table/partitions/recognise.js';
import type { Slice } from '../../../table/partitions/slice.js';
import { areKeysKnown, relationOf, tableLayout, type HuntedTable } from './hunted-table.js';
import { answerable, answerableFilters, furtherLacked, neededRelation } from './needs.js';

/** What a hunt asks, whatever the table. */
export interface PlanRequest {
  readonly rules: readonly BoundRule[];
  readonly window: Window;
  /** How long after an event its file may still arrive, in milliseconds. */
  readonly late: number;
  readonly exclusions: boolean;
  readonly filters: readonly Condition[];
  readonly calls?: CallCounting | undefined;
  /** False: not for events that tell about the logs. */
  readonly watch?: boolean | undefined;
  /** Read only partitions of accounts and regions that the rules ask for. */
  readonly trustPaths?: boolean | undefined;
  /** Milliseconds since 1970. */
  readonly now: number;
}

export interface TablePlan {
  readonly query: Query;
  /** The rules that are left out. */
  readonly refused: readonly RefusedRule[];
  readonly relation: Relation;
  /** Fields that the filters test, and the table lacks. */
  readonly lacked: readonly string[];
  /** The relation with only the columns that counts and tests need; undefined where reading fewer would save little. */
  readonly narrow: Relation | undefined;
  readonly layout: Layout;
  /** What was not understood of the partitions, each with the mapping in hunt.yml that would help. */
  readonly notes: readonly string[];
  /** All partitions that may hold events of the window: also those of the day before it, and of `late` after it. */
  readonly whole: Slice;
  /** What the table must cover: anything that it does not cover is lost evidence. */
  readonly needed: NeededCoverage;
}

/**
 * Throws a HuntError if the table does not fit, if every rule tests a field that it lacks, so that no rule is left, or if
 * partitions are to be trusted (`trustPaths`) and no partition key has the account or the region.
 */
export function planTable(table: HuntedTable, request: PlanRequest): TablePlan {
  const { rules, window, late, exclusions, calls, now } = request;
  const whole = relationOf(table);
  const filters = answerableFilters(request.filters, whole);
  const watches = rules.length === 0 || request.watch === false ? undefined : WATCHES;
  const asked = buildQuery(rules, window, { exclusions, filters, calls, watches });
  const { query, refused } = answerable(asked, whole);
  const relation = neededRelation(query, whole);
  const layout = tableLayout(table, now);
  const accounts = requiredOfQuery(query, 'recipientAccountId') ?? [];
  const regions = requiredOfQuery(query, 'awsRegion') ?? [];
  if (request.trustPaths === true && areKeysKnown(table)) requireKeys(table, layout);
  const keyValues = (key: PartitionKey | undefined, field: string) => {
    const isNamed = key?.values.kind === 'injected' || request.trustPaths === true;
    return key !== undefined && isNamed ? valuesToRead(query, field) : undefined;
  };
  return {
    query,
    refused,
    relation,
    lacked: furtherLacked(request.filters, whole),
    narrow: narrowOf(table, query, relation),
    layout,
    notes: [...layout.notes, ...viewNotes(table, relation, request)],
    whole: {
      days: layout.days && bounded(partitionDays(window, late), layout.days.range, now),
      accounts: keyValues(layout.account, 'recipientAccountId'),
      regions: keyValues(layout.region, 'awsRegion'),
    },
    needed: {
      days: neededDays(window, late, now),
      // Other values are not account IDs, so no logs of them can be missing.
      accounts: accounts.filter(isAccountId),
      regions,
    },
  };
}

/** The least part of the bytes for which findings are worth a query of their own. */
const LEAST_UNREAD = 0.25;

/** Undefined for files of whole rows, such as JSON and CSV: there, every query reads every byte. */
function narrowOf(
  { description }: HuntedTable,
  query: Query,
  relation: Relation,
): Relation | undefined {
  if (description.storage?.columnar !== true) return undefined;
  // By its ID a record is found again.
  if (plainColumn(relation, 'eventid') === undefined) return undefined;
  const narrow = narrowRelation(relation, columnsOfCounts(query));
  return unreadPart(relation, narrow) < LEAST_UNREAD ? undefined : narrow;
}

/** A note where columns look like the partition keys of a table behind a view: as keys they would save reading every day. */
function viewNotes(
  { description, roles }: HuntedTable,
  { time }: Relation,
  { window: { since, until }, now }: PlanRequest,
): readonly string[] {
  const isUnbounded = since === undefined && until === undefined;
  const isByTime = time !== undefined && description.storage?.iceberg === true;
  if (isUnbounded || isByTime || roles.size > 0 || description.partitionKeys.length > 0) return [];
  const { days } = layoutOf({ ...description, partitionKeys: description.columns }, { roles }, now);
  if (days === undefined) return [];
  const names = days.kind === 'parts' ? ['year', 'month', 'day'] : ['date'];
  const mapping = dayKeys(days).map(({ column }, index) => `${names[index]}: ${column}`);
  return [
    'the engine knows no partition keys of the table, so every day is read; if it is a view of a partitioned table, ' +
      `set partitions: { ${mapping.join(', ')} } in hunt.yml`,
  ];
}

function requireKeys({ name }: HuntedTable, { account, region }: Layout): void {
  if (account !== undefined || region !== undefined) return;
  throw new HuntError(
    'USAGE',
    `--trust-paths needs a partition key for the account or the region, and ${name} has none; ` +
      'if one of its keys is it, set partitions: {account: …} in hunt.yml',
  );
}

/** The days, with an end where they are open and the projection has a start: only a bounded span can be cut into parts. */
function bounded(days: DaySpan, range: DaySpan, now: number): DaySpan {
  const first = days.first === -Infinity ? range.first : days.first;
  const last = days.last === Infinity && first !== -Infinity ? midnight(now + DAY) : days.last;
  return { first, last };
}

/** From the first day of the window to the last day on which a file of it may have arrived, at the latest today. */
function neededDays({ since, until }: Window, late: number, now: number): DaySpan {
  return {
    first: since === undefined ? -Infinity : midnight(since),
    last: midnight(Math.min(now, (until ?? Infinity) - 1 + late)),
  };
}

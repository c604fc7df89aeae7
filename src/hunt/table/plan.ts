/** What a hunt asks of a table elsewhere: which of its partitions, in which parts, and with which statements. */
import { DAY, midnight, partitionDays, type Window } from '../../cloudtrail/window.js';
import { HuntError } from '../../errors.js';
import type { BoundRule } from '../../rule/bind.js';
import type { Condition } from '../../rule/condition.js';
import { accountSql } from '../../sql/statement/account.js';
import { trino } from '../../sql/dialect/trino.js';
import type { TableDescription } from '../../table/description.js';
import { dayKeys, type Layout } from '../../table/partitions/layout.js';
import { predicateSql } from '../../table/partitions/sql/predicate.js';
import { layoutOf, type PartitionRoles } from '../../table/partitions/recognise.js';
import { cutSlice, type Slice } from '../../table/partitions/slice.js';
import type { NeededCoverage } from '../../table/partitions/gaps.js';
import { plan, valuesOfQuery } from '../../query/plan.js';
import type { Query } from '../../query/query.js';
import { fitTable, relationSql, type ColumnNames, type Relation } from '../../table/columns/fit.js';
import { checkFields } from './needs.js';

/** A table on an engine elsewhere. */
export interface HuntedTable {
  readonly engine: 'athena' | 'trino';
  /** As it was given. */
  readonly name: string;
  /** As it stands in FROM, and its table of registered partitions. */
  readonly from: string;
  readonly partitionsFrom: string;
  /** The expression for the file that a record was in; undefined where the engine knows none. */
  readonly source: string | undefined;
  readonly description: TableDescription;
  readonly columns: ColumnNames;
  readonly roles: PartitionRoles;
  /** Of a statement, in bytes. */
  readonly longest: number;
}

export interface PlanRequest {
  readonly rules: readonly BoundRule[];
  readonly window: Window;
  /** How long after an event its file may still arrive, in milliseconds. */
  readonly late: number;
  readonly exclusions: boolean;
  readonly filters: readonly Condition[];
  /** Milliseconds since 1970 UTC. */
  readonly now: number;
}

export interface TablePlan {
  readonly query: Query;
  readonly relation: Relation;
  readonly layout: Layout;
  /** What was not understood of the partitions, each with the mapping in hunt.yml that would help. */
  readonly notes: readonly string[];
  /** All partitions that the window may need; a day before and `late` after it among them. */
  readonly whole: Slice;
  /** What is lost evidence where the table does not see it. */
  readonly needed: NeededCoverage;
}

/** Days in a part, of a large company's logs what a minute or two reads; but of many years not hundreds of parts. */
const PART_DAYS = 10;
const MOST_PARTS = 24;

/** Throws a HuntError where the table does not fit, or a rule tests what it does not have. */
export function planTable(table: HuntedTable, ask: PlanRequest): TablePlan {
  const { rules, window, late, now } = ask;
  const query = plan(rules, window, ask);
  const relation = relationOf(table);
  checkFields(query, relation);
  const layout = layoutOf(keyedDescription(table), table.roles, now);
  const accounts = valuesOfQuery(query, 'recipientAccountId') ?? [];
  const regions = valuesOfQuery(query, 'awsRegion') ?? [];
  return {
    query,
    relation,
    layout,
    notes: [...layout.notes, ...hidden(table, window, now)],
    whole: {
      days: layout.days && clipped(partitionDays(window, late), layout.days.range, now),
      accounts: injected(layout.account, accounts),
      regions: injected(layout.region, regions),
    },
    needed: { days: neededDays(window, late, now), accounts: accounts.filter(isAccount), regions },
  };
}

/** The table's columns. Throws a HuntError that names the table where they do not fit. */
export function relationOf({ name, description, columns }: HuntedTable): Relation {
  try {
    return fitTable(description, columns);
  } catch (error) {
    if (!(error instanceof HuntError)) throw error;
    throw new HuntError(error.code, `${name}: ${error.message}`, { cause: error });
  }
}

/** The parts that run side by side. `first` is the first day that there is, where that is known. */
export function partsOf({ whole }: TablePlan, first: number): readonly Slice[] {
  const days = whole.days && { ...whole.days, first: Math.max(whole.days.first, first) };
  const length = days === undefined ? 0 : (days.last - days.first) / DAY + 1;
  return cutSlice({ ...whole, days }, Math.max(PART_DAYS, Math.ceil(length / MOST_PARTS)));
}

/** The statement for a part. `alone`: there is no other. Throws a HuntError where the engine takes none that long. */
export function partSql(
  { query, relation, layout }: TablePlan,
  table: Pick<HuntedTable, 'from' | 'source' | 'longest'>,
  slice: Slice,
  alone: boolean,
): string {
  const { from, source, longest } = table;
  const where = predicateSql(layout, slice);
  const sql = accountSql(
    query,
    trino,
    {
      name: 'events',
      source: undefined,
      extra: undefined,
      relation: relationSql(relation, { from, source, where }),
    },
    alone ? undefined : { since: slice.days && finite(slice.days.first) },
  );
  const bytes = Buffer.byteLength(sql);
  if (bytes > longest)
    throw new HuntError(
      'RULE',
      `too large for one query: ${bytes} bytes of SQL, and the engine takes ${longest}. Hunt with fewer rules at once, or shorten their lists.`,
    );
  return sql;
}

/** A note where a window could be read alone if columns that look like partition keys were such. */
function hidden(
  { description, roles }: HuntedTable,
  { since, until }: Window,
  now: number,
): readonly string[] {
  const isWhole = since === undefined && until === undefined;
  if (isWhole || roles.size > 0 || description.partitionKeys.length > 0) return [];
  const { days } = layoutOf({ ...description, partitionKeys: description.columns }, roles, now);
  if (days === undefined) return [];
  const names = days.kind === 'parts' ? ['year', 'month', 'day'] : ['date'];
  const mapping = dayKeys(days).map(({ column }, index) => `${names[index]}: ${column}`);
  return [
    'the engine knows no partition keys of the table, so every day is read; if it is a view of a partitioned one, ' +
      `say partitions: { ${mapping.join(', ')} } in hunt.yml`,
  ];
}

/** Columns that hunt.yml names as partition keys are such, whatever the engine thinks of them. */
export function keyedDescription({ description, roles }: HuntedTable): TableDescription {
  const named = new Set(
    [...roles].flatMap(([role, column]) => (role === 'format' ? [] : column.toLowerCase())),
  );
  const plain = description.columns.filter(({ name }) => named.has(name.toLowerCase()));
  return { ...description, partitionKeys: [...description.partitionKeys, ...plain] };
}

function injected(
  key: Layout['account'],
  values: readonly string[],
): readonly string[] | undefined {
  return key?.values.kind === 'injected' && values.length > 0 ? values : undefined;
}

/** What is no account ID has no logs that could be missing. */
const isAccount = (value: string): boolean => /^\d{12}$/.test(value);

/** Open ends are closed where the projection has nothing beyond: so that a long time can be cut. */
function clipped(
  days: { readonly first: number; readonly last: number },
  range: { readonly first: number; readonly last: number },
  now: number,
) {
  const first = days.first === -Infinity ? range.first : days.first;
  const last = days.last === Infinity && first !== -Infinity ? midnight(now + DAY) : days.last;
  return { first, last };
}

/** From the first day of the window to the last on which a file of it may have come, today at the latest. */
function neededDays({ since, until }: Window, late: number, now: number) {
  return {
    first: since === undefined ? -Infinity : midnight(since),
    last: midnight(Math.min(now, (until ?? Infinity) - 1 + late)),
  };
}

function finite(instant: number): number | undefined {
  return Number.isFinite(instant) ? instant : undefined;
}

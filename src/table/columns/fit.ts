/** Fits a table into the columns that AWS documents for CloudTrail: which column of the table holds which field. */
import { COLUMNS, type Column } from '../../cloudtrail/field/columns.js';
import { CALLER_FIELDS, FURTHER_COLUMN } from '../../cloudtrail/field/further-fields.js';
import { HuntError } from '../../errors.js';
import { quoted } from '../../sql/literal.js';
import type { TableDescription } from '../description.js';
import { timeColumn, type TimeColumn } from './event-time.js';
import { columnFinder, type ColumnNames } from './find-column.js';
import { furtherSql, furtherValues, type FurtherValue } from './further.js';
import { Layers, type LayerColumn } from './json/layers.js';
import type { SqlType } from './sql-type.js';
import { fitColumn, type TypedSql } from './value.js';
import { cellInEvent, eventMap, type CellInEvent } from './json/whole-event.js';

/** The documented columns as expressions over a table. */
export interface Relation {
  /** In the documented order. */
  readonly columns: readonly { readonly name: string; readonly sql: string }[];
  /** Fields that the table does not have, by their documented names. */
  readonly missing: readonly string[];
  /** The documented JSON columns whose type in the table limits the keys that may occur. */
  readonly typed: readonly { readonly name: string; readonly type: SqlType }[];
  /** For the columns that may hold something else than their documented type: a condition in SQL that is TRUE where one does. */
  readonly odd: readonly { readonly name: string; readonly sql: string }[];
  /** Values that the columns above read, from the lowest layer on. */
  readonly layers: readonly (readonly LayerColumn[])[];
  /** The first layer that may read the name of the event. */
  readonly nameLayer: number;
  /** The further fields that the table has. */
  readonly further: readonly FurtherValue[];
  /** Those of them that say who is behind a credential, for `extra`. */
  readonly caller: readonly FurtherValue[];
  /** The text of `managementEvent`, in SQL; undefined where the table does not have it. */
  readonly management: string | undefined;
  /** The column for eventTime, where it is a timestamp. */
  readonly time: TimeColumn | undefined;
}

/** Without these fields nothing can be hunted. */
const REQUIRED = ['eventTime', 'eventName'];

/**
 * Fits a table. A column is found by `names`, else by its own name, without regard to case and underscores: `event_time`,
 * `useridentity_arn`. Throws a HuntError if `names` has an unknown name, or where the table cannot hold CloudTrail events.
 */
export function fitTable(table: TableDescription, names: ColumnNames): Relation {
  const { find, named, event } = columnFinder(table, names);
  const layers = new Layers();
  const map = event && eventMap(event, layers);
  const inEvent = (column: Column): CellInEvent | undefined =>
    map === undefined || event === undefined || named.has(column.column)
      ? undefined
      : cellInEvent(
          column,
          { map, wins: event.wins, own: find([column.column], undefined) },
          layers,
        );
  const fitted = COLUMNS.map((column) => {
    const { column: name } = column;
    const whole = inEvent(column);
    if (whole !== undefined && event?.wins === true) return { name, ...whole, missing: [] };
    const own = fitColumn(column, { path: [name], prefix: '', parent: undefined, find, layers });
    if (whole === undefined) return { name, ...own };
    const isMissing = own.missing.includes(column.name);
    const sql = isMissing ? whole.sql : `COALESCE(${whole.sql}, ${own.sql})`;
    return { name, sql, missing: [], odd: whole.odd };
  });
  const missing = fitted.flatMap((column) => column.missing);
  const lacking = REQUIRED.filter((name) => missing.includes(name));
  if (lacking.length > 0) throw notCloudTrail(table, lacking);
  const [isNameInEvent, isTimeInEvent] = ['eventname', 'eventtime'].map((name) =>
    COLUMNS.some((field) => field.column === name && inEvent(field) !== undefined),
  );
  const time = isTimeInEvent ? undefined : find(['eventtime'], undefined);
  checkTime(time);
  const typed = COLUMNS.flatMap(({ name, column, type }) => {
    const isOwn = type.kind === 'json' && map === undefined;
    const own = isOwn ? find([column], undefined)?.type : undefined;
    return own === undefined || own.kind === 'text' ? [] : [{ name, type: own }];
  });
  const columns = fitted.map(({ name, sql }) => ({ name, sql }));
  const odd = fitted.flatMap(({ name, odd: parts }) =>
    parts.length === 0 ? [] : [{ name, sql: parts.map((part) => `(${part})`).join(' OR ') }],
  );
  const further = furtherValues({ find, event: map }, layers);
  const caller = further.filter(({ name }) => CALLER_FIELDS.has(name));
  return {
    columns,
    missing: [...missing, ...missingOfCaller(missing, caller)],
    typed,
    odd,
    layers: layers.columns(),
    nameLayer: isNameInEvent ? (map?.layer ?? 0) : 0,
    further,
    caller,
    management: managementSql(further),
    time: timeColumn(time),
  };
}

function managementSql(further: readonly FurtherValue[]): string | undefined {
  const value = further.find(({ name }) => name === 'managementEvent');
  return value && `json_extract_scalar(${value.sql}, '$')`;
}

/** The fields that say who is behind a credential and that the table lacks, but for those inside of a field that it lacks. */
function missingOfCaller(
  missing: readonly string[],
  caller: readonly FurtherValue[],
): readonly string[] {
  return [...CALLER_FIELDS].filter(
    (field) =>
      caller.every(({ name }) => name !== field) &&
      missing.every((whole) => !field.startsWith(`${whole}.`)),
  );
}

/** Without a readable time no event is in any window, and a zero would look like a result. */
function checkTime(time: TypedSql | undefined): void {
  if (time === undefined || ['text', 'instant', 'json'].includes(time.type.kind)) return;
  throw new HuntError(
    'CONFIG',
    `the column for eventTime, ${time.sql}, is neither text nor a timestamp. ` +
      'If another column holds the time, set columns: { eventTime: <column> } in hunt.yml',
  );
}

function notCloudTrail(table: TableDescription, lacking: readonly string[]): HuntError {
  const has = table.columns.map(({ name }) => name).join(', ') || 'none';
  const mapping = lacking.map((name) => `${name}: <column>`).join(', ');
  return new HuntError(
    'CONFIG',
    `the table has no column for ${lacking.join(' and ')}; it has ${has}. ` +
      `If one of them holds it, set columns: { ${mapping} } in hunt.yml. ` +
      'If one of them holds the whole event as JSON, set columns: { event: <column> }',
  );
}

/** How a relation is read; all of it SQL. */
export interface RelationSource {
  /** The table as it stands in FROM. */
  readonly from: string;
  /** The expression for the file of a record; undefined if the engine has none. */
  readonly source: string | undefined;
  /** The predicate that selects partitions and times; undefined for the whole table. */
  readonly where: string | undefined;
  /**
   * The condition by which a rule asks for a record, on the text `EVENT_NAME`. Values that take time are NULL in other
   * records; undefined where every record is asked for.
   */
  readonly wanted?: string | undefined;
}

/** The column with the name of the event, for `wanted`. */
export const EVENT_NAME = 'hunt_name';

/**
 * The SELECT statement that gives the documented columns of a table, `source`, `extra`, `is_odd` and `is_management`, and the further
 * fields if there are any.
 */
export function relationSql(
  relation: Relation,
  { from, source, where, wanted }: RelationSource,
): string {
  const { columns, odd, further, caller, management } = relation;
  const layers = wanted === undefined ? relation.layers : guarded(relation, wanted);
  const none = 'CAST(NULL AS varchar)';
  const table = [`  FROM ${from}`, ...(where === undefined ? [] : [`  WHERE ${where}`])];
  const isLayered = layers.length > 0;
  const all = [
    ...columns,
    // The file of a record is a hidden column, which no SELECT above the first one sees.
    { name: 'source', sql: isLayered ? SOURCE : (source ?? none) },
    { name: 'extra', sql: caller.length === 0 ? none : `NULLIF(${furtherSql(caller)}, '{}')` },
    { name: 'is_odd', sql: isOddSql(odd) },
    { name: 'is_management', sql: management ?? none },
    ...(further.length === 0 ? [] : [{ name: FURTHER_COLUMN.column, sql: furtherSql(further) }]),
  ];
  if (!isLayered) return selectSql(all, table).join('\n');
  const [first = [], ...others] = layers;
  const lowest = [...first, { name: SOURCE, sql: source ?? none }];
  return selectSql(all, layered([lowest, ...others], table)).join('\n');
}

/** The layers, in which nothing above the name of the event is computed for records that no rule asks for. */
function guarded({ columns, layers, nameLayer }: Relation, wanted: string): Relation['layers'] {
  const above = layers.slice(nameLayer);
  const name = columns.find((column) => column.name === 'eventname');
  if (above.length === 0 || name === undefined) return layers;
  return [
    ...layers.slice(0, nameLayer),
    [{ name: EVENT_NAME, sql: name.sql }],
    // The condition may be long, so it stands in the statement once.
    [{ name: WANTED, sql: wanted }],
    ...above.map((layer) =>
      layer.map((column) => ({ ...column, sql: `CASE WHEN ${WANTED} THEN ${column.sql} END` })),
    ),
  ];
}

const WANTED = 'hunt_wanted';

/** Whether a record has a field in a form that cannot be read. */
function isOddSql(odd: Relation['odd']): string {
  return odd.length === 0 ? 'FALSE' : `COALESCE(${odd.map(({ sql }) => sql).join(' OR ')}, FALSE)`;
}

const SOURCE = 'hunt_source';

/** The table with the columns of each layer, one SELECT inside the next. */
function layered(layers: Relation['layers'], table: readonly string[]): readonly string[] {
  return layers.reduce((below, columns) => {
    const select = selectSql([{ name: '*', sql: '*' }, ...columns], below);
    return ['  FROM (', ...select.map((line) => `  ${line}`), '  )'];
  }, table);
}

function selectSql(columns: readonly LayerColumn[], from: readonly string[]): readonly string[] {
  const list = columns.map(({ name, sql }) => {
    const isOwn = sql === quoted(name) || sql === name;
    return `    ${isOwn ? name : `${sql} AS ${name}`}`;
  });
  return ['  SELECT', list.join(',\n'), ...from];
}

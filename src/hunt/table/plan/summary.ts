/** How hunt understands a table, for people: which column holds which field, and what each partition key gives. */
import { COLUMNS } from '../../../cloudtrail/field/columns.js';
import { fieldNotation } from '../../../rule/condition/notation.js';
import { quoted } from '../../../sql/literal.js';
import type { TimeColumn } from '../../../table/columns/event-time.js';
import type { DayKeys, DayRange, Layout, PartitionKey } from '../../../table/partitions/layout.js';
import { areKeysKnown, relationOf, tableLayout, type HuntedTable } from './hunted-table.js';
import { keyNotes } from './key-notes.js';

/**
 * Lines of text. `now` is in milliseconds since 1970, for ranges that end with NOW. Throws a HuntError if the table
 * cannot hold CloudTrail events.
 */
export function tableSummary(table: HuntedTable, now: number): string {
  const { columns, missing, time } = relationOf(table);
  const layout = tableLayout(table, now);
  const documented = new Map(COLUMNS.map(({ column, name }) => [column, name]));
  const fieldOf = (column: string): string => documented.get(column) ?? column;
  const present = columns.filter(({ name }) => !missing.includes(fieldOf(name)));
  const different = present.filter(({ name, sql }) => sql !== quoted(name));
  return [
    `${table.engine} ${table.name}`,
    `columns: ${present.length} of AWS's ${columns.length}`,
    ...different.map(({ name, sql }) => `  ${fieldNotation([fieldOf(name)])} is ${shortened(sql)}`),
    ...(missing.length === 0 ? [] : [`not in the table: ${missing.join(', ')}`]),
    ...layoutLines(layout, time, areKeysKnown(table)),
    ...keyNotes(table, layout.notes).map((note) => `note: ${note}`),
    '',
  ].join('\n');
}

function shortened(sql: string): string {
  return sql.length > 200 ? `${sql.slice(0, 199)}…` : sql;
}

function layoutLines(
  { days, account, region, others, projected }: Layout,
  time: TimeColumn | undefined,
  areKnown: boolean,
): readonly string[] {
  const whole = time === undefined ? 'every hunt reads the whole table' : 'see eventTime';
  const byTime =
    time === undefined
      ? []
      : [
          `eventTime: ${time.sql} is a timestamp, so the engine skips files of other times if it can`,
        ];
  const keys = [
    ...(days === undefined ? [] : [`  day: ${daysText(days)}${rangeText(days.range)}`]),
    ...(account ? [`  account: ${keyText(account)}`] : []),
    ...(region ? [`  region: ${keyText(region)}`] : []),
    ...others.map((key) => `  ${areKnown ? 'not used' : 'other'}: ${keyText(key)}`),
  ];
  if (keys.length === 0) return [`partitions: none; ${whole}`, ...byTime];
  return [
    `partitions: ${projected ? 'projected' : 'must be registered'}`,
    ...keys,
    ...(days === undefined && areKnown ? [`  day: no partition key; ${whole}`] : []),
    ...byTime,
  ];
}

function daysText(days: DayKeys): string {
  switch (days.kind) {
    case 'parts':
      return [days.year, days.month, days.day].map(({ column }) => quoted(column)).join(', ');
    case 'text':
      return `${quoted(days.key.column)} as ${days.format}`;
    default:
      return days satisfies never;
  }
}

function rangeText({ property }: DayRange): string {
  return property === undefined ? '' : `, ${property}`;
}

function keyText({ column, values }: PartitionKey): string {
  switch (values.kind) {
    case 'any':
      return quoted(column);
    case 'injected':
      return `${quoted(column)}, injected: a hunt must name its values`;
    case 'named':
      return `${quoted(column)}, ${values.values.join(', ')} by hunt.yml`;
    case 'listed':
      return `${quoted(column)}, one of ${values.values.join(', ')}`;
    default:
      return values satisfies never;
  }
}

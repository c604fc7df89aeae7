/** A slice as a predicate over the partition keys: exactly its partitions, so that the engine reads no other. */
import { DAY } from '../../../cloudtrail/window.js';
import { HuntError } from '../../../errors.js';
import { calendarPieces, type CalendarPiece } from '../days/calendar.js';
import { formatOf, nextDate, writeDate } from '../days/date-format.js';
import type { DaySpan } from '../days/day-span.js';
import { keySql, oneOfSql, valueSql } from './key-sql.js';
import { dayKeys, type DayKeys, type Layout, type PartitionKey } from '../layout.js';
import type { Slice } from '../slice.js';

/** The years that four digits write; beyond them a span is open. */
const EARLIEST = Date.parse('0001-01-01');
const LATEST = Date.parse('9999-12-30');

/**
 * The predicate, in UTC, for Athena, Trino and DuckDB; it can stand beside AND. Undefined: nothing to constrain.
 * Throws a HuntError where an injected key needs values that the slice does not have.
 */
export function predicateSql(layout: Layout, slice: Slice): string | undefined {
  const terms = [
    valuesSql(
      layout.account,
      slice.accounts,
      'accounts',
      '--account, or with the accounts of a rule',
    ),
    valuesSql(layout.region, slice.regions, 'regions', '--region'),
    layout.days && daysSql(layout.days, slice.days),
  ].filter((term) => term !== undefined);
  const unknown = layout.others.find(isInjected);
  if (unknown)
    throw new HuntError(
      'USAGE',
      `the table gives no rows before a query names values of its injected partition key "${unknown.column}", ` +
        `which is not understood: say in hunt.yml what it is, for example partitions: {account: ${unknown.column}}`,
    );
  return terms.length === 0 ? undefined : terms.join(' AND ');
}

function valuesSql(
  key: PartitionKey | undefined,
  values: readonly string[] | undefined,
  what: string,
  option: string,
): string | undefined {
  if (key === undefined) return undefined;
  if (values !== undefined && values.length > 0) return oneOfSql(key, values);
  if (isInjected(key)) throw unnamed(key, what, option);
  return values && oneOfSql(key, values);
}

function daysSql(keys: DayKeys, days: DaySpan | undefined): string | undefined {
  const span = {
    first: days === undefined || days.first < EARLIEST ? -Infinity : days.first,
    last: days === undefined || days.last > LATEST ? Infinity : days.last,
  };
  const injected = dayKeys(keys).find(isInjected);
  if (injected && !(Number.isFinite(span.first) && Number.isFinite(span.last)))
    throw unnamed(injected, 'days', '--since and --until');
  if (span.first === -Infinity && span.last === Infinity) return undefined;
  switch (keys.kind) {
    case 'parts': {
      const pieces = calendarPieces(span, injected !== undefined).map((piece) =>
        pieceSql(keys, piece),
      );
      if (pieces.length === 0) return 'FALSE';
      return pieces.length === 1
        ? pieces.join('')
        : `(${pieces.map((p) => `(${p})`).join(' OR ')})`;
    }
    case 'text':
      return injected ? listedSql(keys, span) : betweenSql(keys, span);
    default:
      return keys satisfies never;
  }
}

function pieceSql(
  { year, month, day, digits }: Extract<DayKeys, { kind: 'parts' }>,
  { years, months, days }: CalendarPiece,
): string {
  const written = (values: readonly number[]) => values.flatMap((value) => WRITTEN[digits](value));
  return [
    yearsSql(year, years),
    ...(months ? [oneOfSql(month, written(months))] : []),
    ...(days ? [oneOfSql(day, written(days))] : []),
  ].join(' AND ');
}

const two = (value: number): string => String(value).padStart(2, '0');
const WRITTEN = {
  two: (value: number) => [two(value)],
  plain: (value: number) => [String(value)],
  either: (value: number) => [two(value), String(value)],
} as const;

function yearsSql(key: PartitionKey, { first, last }: CalendarPiece['years']): string {
  const year = (value: number) => valueSql(key, String(value).padStart(4, '0'));
  if (first === last) return `${keySql(key)} = ${year(first)}`;
  if (first === -Infinity) return `${keySql(key)} <= ${year(last)}`;
  if (last === Infinity) return `${keySql(key)} >= ${year(first)}`;
  return `${keySql(key)} BETWEEN ${year(first)} AND ${year(last)}`;
}

type TextKey = Extract<DayKeys, { kind: 'text' }>;

function betweenSql({ key, format }: TextKey, { first, last }: DaySpan): string {
  const bound = (sign: string, day: number) =>
    `${keySql(key)} ${sign} ${valueSql(key, writeDate(formatOf(format), day))}`;
  return [
    ...(first === -Infinity ? [] : [bound('>=', first)]),
    ...(last === Infinity ? [] : [bound('<', last + DAY)]),
  ].join(' AND ');
}

function listedSql({ key, format }: TextKey, { first, last }: DaySpan): string {
  const read = formatOf(format);
  const values: string[] = [];
  for (let at = first; at < last + DAY; at = nextDate(read, at)) values.push(writeDate(read, at));
  return oneOfSql(key, values);
}

function isInjected({ values }: PartitionKey): boolean {
  return values.kind === 'injected';
}

function unnamed({ column }: PartitionKey, what: string, option: string): HuntError {
  return new HuntError(
    'USAGE',
    `the table gives no rows before a query names its ${what} (partition key "${column}" is injected): name them with ${option}`,
  );
}

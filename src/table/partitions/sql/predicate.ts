/** The partitions of a slice as a predicate over the partition keys, so that the engine reads no others. */
import type { DaySpan } from '../../../cloudtrail/time/day-span.js';
import { DAY } from '../../../cloudtrail/time/window.js';
import { HuntError } from '../../../errors.js';
import { calendarPieces, type CalendarPiece } from '../days/calendar.js';
import { formatOf, nextDate, writeDate } from '../days/date-format.js';
import { readDaySql } from './day-sql.js';
import { keySql, namedSql, oneOfSql, valueSql } from './key-sql.js';
import { dayKeys, type DayKeys, type Layout, type PartitionKey } from '../layout.js';
import type { Slice } from '../slice.js';

/** The days whose years have four digits. A span that reaches beyond them is treated as open. */
const EARLIEST = Date.parse('0001-01-01');
const LATEST = Date.parse('9999-12-30');

/**
 * The predicate, in SQL for Athena, Trino and DuckDB; AND may follow it. Days are UTC days. Undefined if the slice is the
 * whole table. Throws a HuntError if an injected key needs values and the slice lists none.
 */
export function predicateSql(layout: Layout, slice: Slice): string | undefined {
  const terms = [
    valuesSql(layout.account, slice.accounts, ACCOUNTS),
    valuesSql(layout.region, slice.regions, REGIONS),
    layout.days &&
      (slice.undated === true
        ? `${readDaySql(layout.days)} IS NULL`
        : daysSql(layout.days, slice.days)),
    ...namedSql(layout),
  ].filter((term) => term !== undefined);
  const unknown = layout.others.find(isInjected);
  if (unknown)
    throw new HuntError(
      'USAGE',
      `partition key "${unknown.column}" is injected, so the table gives no rows until a query names its values; ` +
        `set them in hunt.yml: partitions: { ${unknown.column}: { injected: [VALUE, …] } }, ` +
        `or say what the key is: partitions: { account: ${unknown.column} }`,
    );
  return terms.length === 0 ? undefined : terms.join(' AND ');
}

function valuesSql(
  key: PartitionKey | undefined,
  values: readonly string[] | undefined,
  missing: MissingValues,
): string | undefined {
  if (key === undefined) return undefined;
  if (values !== undefined && values.length > 0) return oneOfSql(key, values);
  if (isInjected(key)) throw missingValues(key, missing);
  return values && oneOfSql(key, values);
}

function daysSql(keys: DayKeys, days: DaySpan | undefined): string | undefined {
  const span = {
    first: days === undefined || days.first < EARLIEST ? -Infinity : days.first,
    last: days === undefined || days.last > LATEST ? Infinity : days.last,
  };
  const injected = dayKeys(keys).find(isInjected);
  if (injected && !(Number.isFinite(span.first) && Number.isFinite(span.last)))
    throw missingValues(injected, DAYS);
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
  const texts = (values: readonly number[]) => values.flatMap((value) => SPELLINGS[digits](value));
  return [
    yearsSql(year, years),
    ...(months ? [oneOfSql(month, texts(months))] : []),
    ...(days ? [oneOfSql(day, texts(days))] : []),
  ].join(' AND ');
}

const two = (value: number): string => String(value).padStart(2, '0');
/** How the texts of a key write a month or a day of the month. */
const SPELLINGS = {
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

/** The values that an injected key needs, and how a person names them. */
interface MissingValues {
  readonly what: string;
  readonly option: string;
}

const ACCOUNTS = { what: 'accounts', option: '--account, or by the accounts of a rule' };
const REGIONS = { what: 'regions', option: '--region' };
const DAYS = { what: 'days', option: '--since and --until' };

function missingValues({ column }: PartitionKey, { what, option }: MissingValues): HuntError {
  return new HuntError(
    'USAGE',
    `partition key "${column}" is injected, so the table gives no rows until a query names its ${what}: name them with ${option}`,
  );
}

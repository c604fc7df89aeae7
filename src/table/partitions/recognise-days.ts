/** Which partition keys name the day: year, month and day, or one date whose text sorts as its time. */
import { DAY } from '../../cloudtrail/window.js';
import { HuntError } from '../../errors.js';
import { formatOf, namesDays, readFormat } from './days/date-format.js';
import { readInterval } from './days/date-range.js';
import { knownRange } from './days/known-range.js';
import type { DayKeys, PartitionKey } from './layout.js';
import { projectedType, type Projection } from './projection.js';
import { keysNamed, type KeyRole } from './roles.js';

interface Asked {
  /** The keys that nothing has taken. */
  readonly keys: readonly PartitionKey[];
  readonly named: ReadonlyMap<KeyRole, PartitionKey>;
  /** As hunt.yml says it. */
  readonly format: string | undefined;
  readonly projection: Projection;
  readonly now: number;
}

interface Recognised {
  readonly days: DayKeys | undefined;
  /** The keys that were looked at, understood or not. */
  readonly keys: readonly PartitionKey[];
  readonly notes: readonly string[];
}

/** Throws a HuntError where the roles of hunt.yml make no date. */
export function recogniseDays(asked: Asked): Recognised {
  const { keys, named, projection } = asked;
  const date = named.get('date');
  if (date) return dateKey(date, asked);
  const part = (role: 'year' | 'month' | 'day') => named.get(role) ?? keysNamed(role, keys)[0];
  const [year, month, day] = [part('year'), part('month'), part('day')];
  const parts = [year, month, day].filter((key) => key !== undefined);
  if (year && month && day && ![year, month, day].some(({ type }) => type === 'date'))
    return dayParts(year, month, day, asked);
  if (named.has('year') || named.has('month') || named.has('day'))
    throw new HuntError(
      'CONFIG',
      'partitions: year, month and day name a day together; say all three, or date',
    );
  const candidates = [
    ...keys.filter(({ column }) => projectedType(column, projection) === 'date'),
    ...keys.filter(({ type }) => type === 'date'),
    ...keysNamed('date', keys),
  ];
  const tried = [...new Set(candidates)].map((key) => dateKey(key, asked));
  const found = tried.find(({ days }) => days) ?? tried[0] ?? partOfDate(parts);
  return { ...found, keys: [...found.keys, ...parts] };
}

function partOfDate(parts: readonly PartitionKey[]): Recognised {
  const names = parts.map(({ column }) => `"${column}"`).join(' and ');
  const note =
    `partitioned by ${names}, which names no day, so every day is read; ` +
    'if another key has the rest, say partitions: {year: …, month: …, day: …} in hunt.yml';
  return { days: undefined, keys: [], notes: parts.length === 0 ? [] : [note] };
}

function dateKey(key: PartitionKey, asked: Asked): Recognised {
  const { column } = key;
  const { projection, now, named } = asked;
  const projected = projection(column, 'format');
  const text = key.type === 'date' ? 'yyyy-MM-dd' : (asked.format ?? projected);
  const problem = problemWith(key, text, projection);
  if (text === undefined || problem !== undefined) {
    if (named.has('date') || asked.format !== undefined)
      throw new HuntError('CONFIG', `partitions: date "${column}": ${problem}`);
    return {
      days: undefined,
      keys: [key],
      notes: [`partition key "${column}" cannot be used, so every day is read: ${problem}`],
    };
  }
  const written = (projected === undefined ? undefined : readFormat(projected)) ?? formatOf(text);
  const { range, notes } = knownRange(key, written, projection, now);
  return { days: { kind: 'text', key, format: text, range }, keys: [key], notes };
}

/** Why no range of such texts holds exactly the partitions of some days. */
function problemWith(
  { column, type }: PartitionKey,
  text: string | undefined,
  projection: Projection,
): string | undefined {
  const other = 'if another key is the date, say partitions: {date: …} in hunt.yml';
  if (text === undefined)
    return `its format is not known; say partitions: {date: ${column}, format: yyyy-MM-dd} in hunt.yml, with its format`;
  const format = readFormat(text);
  if (format === undefined)
    return `what the format ${text} writes does not sort by time, or is not known; ${other}`;
  if (!namesDays(format)) return `the format ${text} names no day; ${other}`;
  if (type === 'number' && !format.pieces.every(({ kind }) => kind === 'field'))
    return `it holds numbers, and the format ${text} writes none; ${other}`;
  const length = readInterval(projection(column, 'interval'), projection(column, 'interval.unit'));
  if (length !== undefined && !(length <= DAY))
    return `a partition has more than a day, by projection.${column}.interval; ${other}`;
  return undefined;
}

function dayParts(
  year: PartitionKey,
  month: PartitionKey,
  day: PartitionKey,
  { format, projection, now }: Asked,
): Recognised {
  if (format !== undefined)
    throw new HuntError(
      'CONFIG',
      `partitions: format is for one date; the day is in "${year.column}", "${month.column}" and "${day.column}"`,
    );
  const { range, notes } = knownRange(year, formatOf('yyyy'), projection, now);
  const keys = [year, month, day];
  return {
    days: { kind: 'parts', year, month, day, digits: digitsOf([month, day]), range },
    keys,
    notes,
  };
}

/** How the keys that are text write what is below ten, by the values that their projections list. */
function digitsOf(keys: readonly PartitionKey[]): 'two' | 'plain' | 'either' {
  const lengths = new Set<number>();
  for (const { type, values } of keys) {
    if (type !== 'text') continue;
    if (values.kind !== 'listed') return 'either';
    for (const value of values.values) if (Number(value) < 10) lengths.add(value.length);
  }
  if (lengths.size === 0) return keys.every(({ type }) => type !== 'text') ? 'plain' : 'either';
  if (lengths.size > 1) return 'either';
  return lengths.has(1) ? 'plain' : lengths.has(2) ? 'two' : 'either';
}

/** Finds the partition keys that give the day: a year, a month and a day, or one date whose texts sort by time. */
import { DAY } from '../../cloudtrail/time/window.js';
import { HuntError } from '../../errors.js';
import { formatOf, namesDays, readFormat } from './days/date-format.js';
import { readInterval } from './days/date-range.js';
import { knownRange } from './days/known-range.js';
import type { DayKeys, PartitionKey } from './layout.js';
import { projectedType, type Projection } from './projection.js';
import { keysNamed, type KeyRole } from './roles.js';

interface DayKeysRequest {
  /** The keys that have no other role. */
  readonly keys: readonly PartitionKey[];
  /** The keys that have a role by hunt.yml. */
  readonly named: ReadonlyMap<KeyRole, PartitionKey>;
  /** The format of the date by hunt.yml. */
  readonly format: string | undefined;
  readonly projection: Projection;
  /** Milliseconds since 1970. */
  readonly now: number;
}

interface RecognisedDays {
  readonly days: DayKeys | undefined;
  /** The keys that were considered, whether they can be used or not. */
  readonly keys: readonly PartitionKey[];
  readonly notes: readonly string[];
}

/** Throws a HuntError if the roles of hunt.yml give no date. */
export function recogniseDays(request: DayKeysRequest): RecognisedDays {
  const { keys, named, projection } = request;
  const date = named.get('date');
  if (date) return dateKey(date, request);
  const part = (role: 'year' | 'month' | 'day') => named.get(role) ?? keysNamed(role, keys)[0];
  const [year, month, day] = [part('year'), part('month'), part('day')];
  const parts = [year, month, day].filter((key) => key !== undefined);
  if (year && month && day && ![year, month, day].some(({ type }) => type === 'date'))
    return dayParts({ year, month, day }, request);
  if (named.has('year') || named.has('month') || named.has('day'))
    throw new HuntError(
      'CONFIG',
      'partitions: year, month and day give a day together: name all three, or date',
    );
  const candidates = [
    ...keys.filter(({ column }) => projectedType(column, projection) === 'date'),
    ...keys.filter(({ type }) => type === 'date'),
    ...keysNamed('date', keys),
  ];
  const tried = [...new Set(candidates)].map((key) => dateKey(key, request));
  const found = tried.find(({ days }) => days) ?? tried[0] ?? partOfDate(parts);
  return { ...found, keys: [...found.keys, ...parts] };
}

function partOfDate(parts: readonly PartitionKey[]): RecognisedDays {
  const names = parts.map(({ column }) => `"${column}"`).join(' and ');
  const note =
    `partitioned by ${names}, which gives no day, so every day is read; ` +
    'if another key has the rest, set partitions: {year: …, month: …, day: …} in hunt.yml';
  return { days: undefined, keys: [], notes: parts.length === 0 ? [] : [note] };
}

function dateKey(key: PartitionKey, request: DayKeysRequest): RecognisedDays {
  const { column } = key;
  const { projection, now, named } = request;
  const projected = projection(column, 'format');
  const text = key.type === 'date' ? 'yyyy-MM-dd' : (request.format ?? projected);
  const problem = problemWith(key, text, projection);
  if (text === undefined || problem !== undefined) {
    if (named.has('date') || request.format !== undefined)
      throw new HuntError('CONFIG', `partitions: date "${column}": ${problem}`);
    return {
      days: undefined,
      keys: [key],
      notes: [`partition key "${column}" cannot be used, so every day is read: ${problem}`],
    };
  }
  // The projection writes its range in its own format, which may differ from that of hunt.yml.
  const format = (projected === undefined ? undefined : readFormat(projected)) ?? formatOf(text);
  const { range, notes } = knownRange({ key, format, projection, now });
  return { days: { kind: 'text', key, format: text, range }, keys: [key], notes };
}

/** Why a comparison of such texts cannot select exactly the partitions of some days; undefined if it can. */
function problemWith(
  { column, type }: PartitionKey,
  text: string | undefined,
  projection: Projection,
): string | undefined {
  const other = 'if another key is the date, set partitions: {date: …} in hunt.yml';
  if (text === undefined)
    return `its format is not known; set partitions: {date: ${column}, format: yyyy-MM-dd} in hunt.yml, with its own format`;
  const format = readFormat(text);
  if (format === undefined)
    return `texts in the format ${text} do not sort by time, or the format is not known; ${other}`;
  if (!namesDays(format)) return `the format ${text} names no day; ${other}`;
  if (type === 'number' && !format.pieces.every(({ kind }) => kind === 'field'))
    return `its values are numbers, and texts in the format ${text} are not numbers; ${other}`;
  const length = readInterval(projection(column, 'interval'), projection(column, 'interval.unit'));
  if (length !== undefined && !(length <= DAY))
    return `a partition holds more than one day (projection.${column}.interval); ${other}`;
  return undefined;
}

function dayParts(
  { year, month, day }: Readonly<Record<'year' | 'month' | 'day', PartitionKey>>,
  { format, projection, now }: DayKeysRequest,
): RecognisedDays {
  if (format !== undefined)
    throw new HuntError(
      'CONFIG',
      `partitions: format needs one date; the day is in "${year.column}", "${month.column}" and "${day.column}"`,
    );
  const { range, notes } = knownRange({
    key: year,
    format: formatOf('yyyy'),
    projection,
    now,
  });
  const keys = [year, month, day];
  return {
    days: { kind: 'parts', year, month, day, digits: digitsOf([month, day]), range },
    keys,
    notes,
  };
}

/** How the text keys write numbers below ten, by the values that their projections list. */
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

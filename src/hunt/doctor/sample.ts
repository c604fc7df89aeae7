/**
 * A few records of a few days of the window. They show whether the engine may read the files, whether the table understands
 * them, and whether whole days have no record.
 */
import { dayName } from '../../cloudtrail/time/day-span.js';
import { readInstant } from '../../cloudtrail/time/time.js';
import { DAY, midnight } from '../../cloudtrail/time/window.js';
import type { Row } from '../../engine/engine.js';
import { HuntError } from '../../errors.js';
import { literal } from '../../sql/literal.js';
import { relationSql } from '../../table/columns/fit.js';
import type { Slice } from '../../table/partitions/slice.js';
import type { HuntedTable } from '../table/plan/hunted-table.js';
import { besideEventsHint, formatHint } from '../table/coverage/lost-rows.js';
import type { TablePlan } from '../table/plan/plan.js';
import { mayCutByTime, scanSql } from '../table/plan/statement.js';
import type { Found } from './checks.js';

/** How many days are looked at, and how many records of each. */
const MOST_DAYS = 5;
const RECORDS = 20;
/** The window that is looked at where the hunt has none, in milliseconds. */
const RECENT = 30 * DAY;

/** Single days, spread over the window; the whole slice if the engine would read the whole table for each of them. */
export function sampleSlices(table: HuntedTable, plan: TablePlan, now: number): readonly Slice[] {
  const { whole, query } = plan;
  if (whole.days === undefined && !mayCutByTime(table, plan)) return [whole];
  const { since, until = now } = query.window;
  // Files of the last hours may not have arrived: the last day is looked at only if it is the only one.
  const last = midnight(Math.min(until, now) - 1);
  const first = midnight(since ?? Math.max(whole.days?.first ?? -Infinity, last - RECENT));
  const count = Math.max(1, Math.round((last - first) / DAY));
  const steps = Math.min(MOST_DAYS, count);
  const days = Array.from(
    { length: steps },
    (_, step) => first + (steps === 1 ? 0 : Math.round((step * (count - 1)) / (steps - 1))) * DAY,
  );
  return days.map((day) => ({ ...whole, days: { first: day, last: day } }));
}

/** The statement. Each row is a record: its day as `part`, `eventtime` and `eventname`. */
export function sampleSql(
  plan: TablePlan,
  { from }: HuntedTable,
  slices: readonly Slice[],
): string {
  const parts = slices.map((slice) => {
    const where = scanSql(plan, slice);
    const records = relationSql(plan.relation, { from, source: undefined, where });
    return `(SELECT ${literal(label(slice))} AS part, eventtime, eventname\nFROM (\n${records}\n) LIMIT ${RECORDS})`;
  });
  return parts.join('\nUNION ALL\n');
}

/** What the rows show. Throws a HuntError if a hunt would find nothing in such records. */
export function judgeSample(
  { description }: Pick<HuntedTable, 'description'>,
  rows: readonly Row[],
  slices: readonly Slice[],
): Found {
  const names = slices.map(label);
  if (rows.length === 0)
    throw new HuntError(
      'ENGINE',
      `no record in ${names.join(', ')}: a hunt would read nothing there. ${LIKELY}`,
    );
  const named = rows.filter(({ eventname }) => Boolean(eventname)).length;
  const timed = rows.filter(({ eventtime }) => readInstant(eventtime ?? null) !== undefined).length;
  const seen = names.filter((name) => rows.some(({ part }) => part === name));
  const looked = `records of ${seen.join(', ')}`;
  if (named === 0 && timed === 0)
    throw new HuntError(
      'ENGINE',
      `read ${looked}, and none of them has an event name or a time, so nothing of them can be read: ${formatHint(description)}`,
    );
  if (named === 0 || timed === 0)
    throw new HuntError(
      'ENGINE',
      `read ${looked}, and none of them has a readable ${named === 0 ? 'event name' : 'time'}: does another column hold it? ` +
        'hunt schema shows which columns are used',
    );
  const empty = names.filter((name) => !seen.includes(name));
  const nulls = rows.filter(({ eventname, eventtime }) => !eventname && !eventtime).length;
  const unreadable = rows.length - Math.min(named, timed) - nulls;
  const notes = [
    ...(empty.length === 0 ? [] : [`no record in ${empty.join(', ')}. ${LIKELY}`]),
    ...(nulls === 0
      ? []
      : [
          `${nulls} of ${rows.length} records have neither an event name nor a time, so a hunt may exit with 3: ${besideEventsHint(description)}`,
        ]),
    ...(unreadable === 0
      ? []
      : [`${unreadable} of ${rows.length} records have no readable time or event name`]),
  ];
  return {
    status: notes.length === 0 ? 'ok' : 'note',
    message: [`read ${looked}`, ...notes].join('; '),
  };
}

const LIKELY =
  'Look at the location of the table or of its partitions, whether the trail was on, and whether the objects are in ' +
  'Glacier, which Athena skips without an error';

/** The day; `the table` where no partition key gives the day. */
function label({ days }: Slice): string {
  return days === undefined ? 'the table' : dayName(days.first);
}

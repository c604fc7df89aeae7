/**
 * Whole days of the window on which a table has no record at all. Athena gives no rows, and no error, for objects in Glacier, and a
 * wrong location or template looks the same: without a warning, a hunt that read two days of sixty would look complete.
 */
import { dayCount, spanName, type DaySpan } from '../../../cloudtrail/time/day-span.js';
import { gapsIn, type HourSpan } from '../../../cloudtrail/time/hour-span.js';
import { DAY, midnight, type Window } from '../../../cloudtrail/time/window.js';
import type { Warning } from '../../../report/report.js';
import { hoursAskedFor } from '../../assemble/coverage/coverage.js';
import { warn } from '../../../report/warn.js';

export interface EmptyDaysRequest {
  readonly window: Window;
  /** All hours in the window that have a record. */
  readonly hours: readonly HourSpan[];
  /** Files with events from this instant on may still arrive. */
  readonly stillFilling: number;
  /** Days that the report already names as lost. */
  readonly named: readonly DaySpan[];
}

export interface EmptyDays {
  /** How many whole days there are, whether they have a record or not. */
  readonly days: number;
  /** Those without a record that the report does not name as lost. */
  readonly empty: readonly DaySpan[];
  /** The silences of the whole table that have such a day, or a day that is named as lost, to the hour. */
  readonly silences: readonly HourSpan[];
}

/** None where the window has no record at all: for that there is another warning. An open window begins or ends with the records. */
export function emptyDays({ window, hours, stillFilling, named }: EmptyDaysRequest): EmptyDays {
  const whole = hoursAskedFor(hours, window);
  if (hours.length === 0 || whole === undefined) return { days: 0, empty: [], silences: [] };
  const wholeDays = ({ since, until }: HourSpan): DaySpan => ({
    first: midnight(since + DAY - 1),
    last: midnight(Math.min(until, stillFilling)) - DAY,
  });
  const silences = gapsIn(hours, whole).filter((gap) => dayCount(wholeDays(gap)) > 0);
  return {
    days: dayCount(wholeDays(whole)),
    empty: silences.flatMap((silence) => without(wholeDays(silence), named)),
    silences,
  };
}

/** The rest of a span of days. */
function without(span: DaySpan, others: readonly DaySpan[]): readonly DaySpan[] {
  return others.reduce<readonly DaySpan[]>(
    (left, { first, last }) =>
      left
        .flatMap((own) => [
          { first: own.first, last: Math.min(own.last, first - DAY) },
          { first: Math.max(own.first, last + DAY), last: own.last },
        ])
        .filter((own) => dayCount(own) > 0),
    [span],
  );
}

const MOST_NAMED = 10;

/**
 * The warning, where there is an empty day. It names the longest spans, in the order of time. `isPart`: only some accounts or regions
 * of the table were read, and the others may have records.
 */
export function emptyDaysWarnings({ days, empty }: EmptyDays, isPart: boolean): readonly Warning[] {
  if (empty.length === 0) return [];
  const count = empty.reduce((total, span) => total + dayCount(span), 0);
  const byLength = empty.toSorted((a, b) => dayCount(b) - dayCount(a));
  const longest = new Set(byLength.slice(0, MOST_NAMED));
  const named = empty.filter((span) => longest.has(span)).map((span) => spanName(span) ?? '');
  const more = empty.length - named.length;
  const others = more > 0 ? ` and ${more} shorter ${more === 1 ? 'span' : 'spans'}` : '';
  const what = isPart ? 'the accounts and regions that were read have' : 'the table has';
  return [
    warn(
      'DAYS_WITHOUT_RECORDS',
      `${what} no record at all on ${count} of ${days} ${days === 1 ? 'day' : 'days'}: ${named.join(', ')}${others}. ${NO_ROWS_HINT}`,
    ),
  ];
}

/** Why a table gives no rows, most likely. */
export const NO_ROWS_HINT =
  'Are the objects in a Glacier storage class, which Athena skips without an error? ' +
  'Is the location of the table or of its partitions right, or the template of its projection? Was the trail off?';

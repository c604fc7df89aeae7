/** When the events of a row happened: the SQL, and the reader of its result. Only counted calls and uses of instances ask for it. */
import type { Row } from '../../engine/engine.js';
import { mayHide } from '../../query/hiding.js';
import type { Query } from '../../query/query.js';
import type { Dialect } from '../../sql/dialect/dialect.js';
import type { EventsRow } from '../row.js';

/** The columns that spans add to the steps of a statement. */
interface SpanSteps {
  /** Of an event, from its records. */
  readonly event: readonly string[];
  /** Of an event, from rows with the columns of `event`. */
  readonly joined: readonly string[];
  readonly answer: readonly string[];
}

/**
 * The columns for each step of the statement: instants inside of it, texts in its answer. All are empty where nobody asks
 * for them.
 */
export function spanSteps({ calls, rules }: Query, dialect: Dialect): SpanSteps {
  if (calls === undefined && !rules.some(mayHide)) return { event: [], joined: [], answer: [] };
  return {
    event: ['min(instant) AS first_instant', 'max(instant) AS last_instant'],
    joined: ['min(first_instant) AS first_instant', 'max(last_instant) AS last_instant'],
    answer: [
      `${dialect.instantText('min(first_instant)')} AS first_time`,
      `${dialect.instantText('max(last_instant)')} AS last_time`,
    ],
  };
}

/** The first and the last instant of a row of the answer, as texts in the form of reports; null where no event has a time. */
export function readSpan(row: Row): Pick<EventsRow, 'first' | 'last'> {
  return { first: row['first_time'], last: row['last_time'] };
}

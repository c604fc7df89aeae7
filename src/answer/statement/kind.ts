/** The kind of a record of a table (`kind.ts` of `src/cloudtrail`): the SQL, and the reader of its result. */
import {
  CATEGORIES,
  DATA_CALLS,
  LONGEST_SOURCE,
  OLD_VERSIONS,
  SOURCE_ENDING,
  type EventCategory,
  type RecordKind,
} from '../../cloudtrail/kind.js';
import { literal, oneOfSql } from '../../sql/literal.js';

/** Between a category and a source. */
const BETWEEN = ':';

/** A hostile table may have any text for a source, so only names of services are written. */
const SOURCE =
  `CASE WHEN eventsource LIKE ${literal(`%${SOURCE_ENDING}`)} AND length(eventsource) <= ${LONGEST_SOURCE} ` +
  `THEN eventsource ELSE '' END`;

function kindSql(category: EventCategory): string {
  const hasSource = category === 'data' || category === 'network activity';
  return hasSource ? `${literal(`${category}${BETWEEN}`)} || ${SOURCE}` : literal(category);
}

const isDataCall = Object.entries(DATA_CALLS)
  .map(([source, names]) => `eventsource = ${literal(source)} AND ${oneOfSql('eventname', names)}`)
  .join(' OR ');

/** SQL for the kind of an event as text. `is_management` is the text of `managementEvent`. */
export const KIND = [
  'CASE',
  ...Object.entries(CATEGORIES).map(
    ([name, category]) => `WHEN eventcategory = ${literal(name)} THEN ${kindSql(category)}`,
  ),
  `WHEN eventcategory IS NOT NULL THEN ${kindSql('unknown')}`,
  `WHEN is_management = 'true' THEN ${kindSql('management')}`,
  `WHEN is_management = 'false' OR ${isDataCall} THEN ${kindSql('data')}`,
  `WHEN ${oneOfSql('eventversion', OLD_VERSIONS)} THEN ${kindSql('management')}`,
  `ELSE ${kindSql('unknown')} END`,
].join(' ');

/** Reads what `KIND` gives. */
export function readKind(text: string | null): RecordKind | null {
  if (text === null) return null;
  const [name = '', ...rest] = text.split(BETWEEN);
  const category = Object.values(CATEGORIES).find((one) => one === name) ?? 'unknown';
  const source = rest.join(BETWEEN);
  return { category, eventSource: source === '' ? null : source };
}

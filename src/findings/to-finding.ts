/** The finding that a matching record becomes, and what the finding is ordered by. */
import type { MatchingRecord } from '../answer/row.js';
import { canonical, canonicalCell, canonicalIdentity } from '../cloudtrail/canonical.js';
import { COLUMNS } from '../cloudtrail/columns.js';
import { ERROR_COLUMNS, isNoError } from '../cloudtrail/no-error.js';
import { isObject, parseJson, scalarText, type Json, type JsonObject } from '../cloudtrail/json.js';
import { parseKeepingNumbers } from '../cloudtrail/numbers.js';
import { SHOWN_COLUMNS } from '../cloudtrail/shown-columns.js';
import { formatInstant, readInstant } from '../cloudtrail/time.js';
import type { Finding } from '../report/report.js';
import type { Rule } from '../rule/rule.js';
import { toAlert, type Columns } from './alert.js';

/** A matching record of one rule. */
export interface RuleMatch extends Pick<MatchingRecord, 'body' | 'eventTime' | 'extra' | 'source'> {
  /** What the rule changed its severity to; null if it did not. */
  readonly severity: string | null;
}

/** A finding in the parts that it is kept in. What the rule says of the event is apart: it never decides an order. */
export interface FindingParts {
  /** The event's own fields that a report shows, in its order. */
  readonly event: EventFields;
  /** The event's other fields, in canonical form: they decide which of an event's records is shown. */
  readonly rest: Json;
  readonly source: string | null;
  readonly extra: Json;
  readonly alert: Finding['alert'];
}

export type EventFields = Omit<Finding, 'source' | 'extra' | 'alert'>;

/** The finding, with the rule's words for it. Throws SyntaxError if an engine's JSON is not JSON. */
export function toFinding(match: RuleMatch, rule: Rule): FindingParts {
  const columns = columnsIn(match.body);
  const text = (column: string): string | null => scalarText(columns[column]);
  const instant = match.eventTime === null ? undefined : readInstant(match.eventTime);
  const unreadable = instant === undefined && match.eventTime !== null;
  const extra = canonical({
    ...(match.extra === null ? {} : objectIn(match.extra)),
    ...(unreadable ? { eventTime: match.eventTime } : {}),
  });
  return {
    event: {
      eventID: text('eventid'),
      eventTime: instant === undefined ? null : formatInstant(instant),
      eventName: text('eventname'),
      eventSource: text('eventsource'),
      awsRegion: text('awsregion'),
      recipientAccountId: text('recipientaccountid'),
      sourceIPAddress: text('sourceipaddress'),
      userAgent: text('useragent'),
      userIdentity: canonicalIdentity(columns['useridentity']) ?? null,
      requestParameters: canonical(columns['requestparameters']) ?? null,
      responseElements: canonical(columns['responseelements']) ?? null,
    },
    rest: restOf(columns),
    source: match.source,
    extra: extra ?? null,
    alert: toAlert(rule, columns, match),
  };
}

const SHOWN = new Set<string>(['eventtime', ...SHOWN_COLUMNS]);
const REST = COLUMNS.filter(({ column }) => !SHOWN.has(column));

function restOf(columns: Columns): Json {
  return Object.fromEntries(
    REST.flatMap(({ name, column, type }) => {
      const value = canonicalCell(type, columns[column]);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

function objectIn(text: string): JsonObject {
  const value = parseJson(text);
  return isObject(value) ? value : {};
}

const NESTED = COLUMNS.filter(({ type }) => type.kind !== 'text').map(({ column }) => column);

/** A body's columns. A nested column may be JSON text there; text that is not JSON stays text. */
function columnsIn(body: string): Columns {
  const columns = JSON.parse(body) as { [column: string]: Json };
  for (const column of ERROR_COLUMNS) {
    const cell = columns[column];
    if (typeof cell === 'string' && isNoError(cell)) columns[column] = null;
  }
  for (const column of NESTED) {
    const cell = columns[column];
    if (typeof cell === 'string') columns[column] = nested(cell);
  }
  return columns;
}

function nested(text: string): Json {
  try {
    return parseKeepingNumbers(text);
  } catch {
    return text;
  }
}

/** The event that a matching record becomes: what a finding shows of it, and what the finding is ordered by. */
import type { MatchingRecord } from '../answer/row.js';
import { canonical, canonicalCell } from '../cloudtrail/canonical.js';
import { COLUMNS, type ColumnType } from '../cloudtrail/field/columns.js';
import { ERROR_COLUMNS, isNoError } from '../cloudtrail/field/no-error.js';
import { FURTHER_COLUMN, furtherCell } from '../cloudtrail/field/further-fields.js';
import { isObject, parseJson, scalarText, type Json, type JsonObject } from '../cloudtrail/json.js';
import { parseKeepingNumbers } from '../cloudtrail/numbers.js';
import { normalTime } from '../cloudtrail/time/time.js';
import type { EventFields, EventMeaning } from '../report/finding.js';
import { cut } from '../text/cut.js';
import { remembering } from '../text/remembering.js';
import type { Columns } from './alert.js';
import { meaningOf } from './meaning.js';

/** In UTF-16 units of JSON. No field of a CloudTrail event is as long. */
const LONGEST_VALUE = 512 * 1024;

/** A matching record, as findings show it. */
export interface MatchedEvent {
  /** The fields of the event. Their order is the one in which reports show them. */
  readonly event: EventFields;
  readonly meaning: EventMeaning;
  readonly source: string | null;
  readonly extra: Json;
  /** For the alerts of rules: with the time as the log has it, and the further fields. */
  readonly columns: Columns;
}

/** The event of a matching record. Throws SyntaxError if an engine's JSON is not JSON. */
export function toEvent(
  match: Pick<MatchingRecord, 'body' | 'eventTime' | 'extra' | 'source'>,
): MatchedEvent {
  // As conditions of rules see it: both must say the same of a caller.
  const further = furtherCell(match.extra);
  const columns = columnsIn(match.body);
  columns['eventtime'] = match.eventTime;
  columns[FURTHER_COLUMN.column] = further;
  const eventTime = match.eventTime === null ? null : (normalTime(match.eventTime) ?? null);
  const extra =
    eventTime === null && match.eventTime !== null
      ? canonical({ ...objectIn(match.extra ?? '{}'), eventTime: match.eventTime })
      : canonicalExtra(match.extra ?? '{}');
  const json = (column: string): Json => canonicalCell(typeOf(column), columns[column]) ?? null;
  const event = {
    eventID: scalarText(columns['eventid']),
    eventTime,
    eventName: scalarText(columns['eventname']),
    eventSource: scalarText(columns['eventsource']),
    awsRegion: scalarText(columns['awsregion']),
    recipientAccountId: scalarText(columns['recipientaccountid']),
    sourceIPAddress: scalarText(columns['sourceipaddress']),
    userAgent: scalarText(columns['useragent']),
    errorCode: scalarText(columns['errorcode']),
    errorMessage: scalarText(columns['errormessage']),
    userIdentity: json('useridentity'),
    requestParameters: json('requestparameters'),
    responseElements: json('responseelements'),
    additionalEventData: json('additionaleventdata'),
    resources: json('resources'),
    readOnly: scalarText(columns['readonly']),
    eventType: scalarText(columns['eventtype']),
    eventCategory: scalarText(columns['eventcategory']),
    requestID: scalarText(columns['requestid']),
    sharedEventID: scalarText(columns['sharedeventid']),
    vpcEndpointId: scalarText(columns['vpcendpointid']),
    vpcEndpointAccountId: scalarText(columns['vpcendpointaccountid']),
    sessionCredentialFromConsole: scalarText(columns['sessioncredentialfromconsole']),
    tlsDetails: json('tlsdetails'),
    serviceEventDetails: json('serviceeventdetails'),
    addendum: json('addendum'),
    edgeDeviceDetails: json('edgedevicedetails'),
    eventVersion: scalarText(columns['eventversion']),
    apiVersion: scalarText(columns['apiversion']),
  } satisfies EventFields;
  const meaning = meaningOf(event, further);
  const { source } = match;
  const length = match.body.length + (match.extra?.length ?? 0) + (match.eventTime?.length ?? 0);
  if (length <= LONGEST_VALUE) return { event, meaning, source, extra: extra ?? null, columns };
  return {
    event: membersCut(event),
    meaning,
    source,
    extra: isObject(extra) ? valueCut(membersCut(extra)) : null,
    columns: membersCut(columns),
  };
}

function membersCut<T extends object>(object: T): T {
  const members = Object.entries(object).map(([name, value]) => [name, valueCut(value)]);
  return Object.fromEntries(members) as T;
}

/** A value of ordinary length as it is. A longer one would stand in the report once for each rule: of it, a text with its ends. */
function valueCut(value: Json): Json {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > LONGEST_VALUE ? cut(text, LONGEST_VALUE) : value;
}

const TYPES = new Map(COLUMNS.map(({ column, type }) => [column, type]));

function typeOf(column: string): ColumnType {
  return TYPES.get(column) ?? { kind: 'json' };
}

/** The canonical form of the other fields of a record. Most records of a log have the same. */
const canonicalExtra = remembering((extra) => canonical(objectIn(extra)), {
  most: 1000,
  longest: 1000,
});

function objectIn(text: string): JsonObject {
  const value = parseJson(text);
  return isObject(value) ? value : {};
}

const NESTED = COLUMNS.filter(({ type }) => type.kind !== 'text').map(({ column }) => column);

/** A body's columns. A nested column may be JSON text there; text that is not JSON stays text. */
function columnsIn(body: string): Record<string, Json> {
  const columns = JSON.parse(body) as Record<string, Json>;
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

/** The event that a matching record becomes: what a finding shows of it, and what the finding is ordered by. */
import type { MatchingRecord } from '../answer/row.js';
import { canonical, canonicalCell, canonicalWithEmpty } from '../cloudtrail/canonical.js';
import { isEventId } from '../cloudtrail/event-id.js';
import { COLUMNS, type ColumnType } from '../cloudtrail/field/columns.js';
import { ERROR_COLUMNS, isNoError } from '../cloudtrail/field/no-error.js';
import { FURTHER_COLUMN, furtherCell } from '../cloudtrail/field/further-fields.js';
import { isObject, parseJson, scalarText, type Json, type JsonObject } from '../cloudtrail/json.js';
import { parseKeepingNumbers } from '../cloudtrail/numbers.js';
import { normalTime } from '../cloudtrail/time/time.js';
import type { EventFields, EventMeaning } from '../report/finding.js';
import { cut } from '../text/cut.js';
import { remembering } from '../memory/remembering.js';
import type { Columns } from './alert.js';
import { meaningOf } from './meaning.js';

/** In UTF-16 units of JSON. No field of a CloudTrail event is as long. */
const LONGEST_VALUE = 512 * 1024;

/** A matching record, as findings show it. */
export interface MatchedEvent extends ReadEvent {
  readonly meaning: EventMeaning;
}

/** What a record says, without what that means. */
export interface ReadEvent {
  /** The fields of the event. Their order is the one in which reports show them. */
  readonly event: EventFields;
  readonly source: string | null;
  readonly extra: Json;
  /** For the alerts of rules: with the time as the log has it, and the further fields. */
  readonly columns: Columns;
}

type EventRecord = Pick<MatchingRecord, 'body' | 'eventTime' | 'extra' | 'source'>;

/** The event of a matching record. Throws SyntaxError if an engine's JSON is not JSON. */
export function toEvent(record: EventRecord): MatchedEvent {
  const whole = wholeEvent(record);
  // As conditions of rules see it: both must say the same of a caller.
  const meaning = meaningOf(withEmpty(whole, record.body), furtherCell(record.extra));
  return { ...bounded(whole, record), meaning };
}

/** The event with the empty objects of its request, which a finding does not show. Few requests have any. */
function withEmpty({ event, columns }: ReadEvent, body: string): EventFields {
  if (!body.includes('{}')) return event;
  return { ...event, requestParameters: canonicalWithEmpty(columns['requestparameters']) ?? null };
}

/** The event of a record, for whoever does not ask what it means. Throws as `toEvent` does. */
export function readEvent(record: EventRecord): ReadEvent {
  return bounded(wholeEvent(record), record);
}

function wholeEvent(record: EventRecord): ReadEvent {
  const columns = columnsIn(record.body);
  columns['eventtime'] = record.eventTime;
  columns[FURTHER_COLUMN.column] = furtherCell(record.extra);
  const eventTime = record.eventTime === null ? null : (normalTime(record.eventTime) ?? null);
  const extra =
    eventTime === null && record.eventTime !== null
      ? canonical({ ...objectIn(record.extra ?? '{}'), eventTime: record.eventTime })
      : canonicalExtra(record.extra ?? '{}');
  const json = (column: string): Json => canonicalCell(typeOf(column), columns[column]) ?? null;
  const id = scalarText(columns['eventid']);
  const event = {
    eventID: isEventId(id) ? id : null,
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
  return { event, source: record.source, extra: extra ?? null, columns };
}

function bounded(read: ReadEvent, { body, extra, eventTime }: EventRecord): ReadEvent {
  const length = body.length + (extra?.length ?? 0) + (eventTime?.length ?? 0);
  if (length <= LONGEST_VALUE) return read;
  return {
    event: membersCut(read.event),
    source: read.source,
    extra: isObject(read.extra) ? valueCut(membersCut(read.extra)) : null,
    columns: membersCut(read.columns),
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

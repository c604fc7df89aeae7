/** The finding that a matching record becomes. */
import { canonical, canonicalIdentity } from '../cloudtrail/canonical.js';
import { COLUMNS } from '../cloudtrail/columns.js';
import { isObject, parseJson, scalarText, type Json, type JsonObject } from '../cloudtrail/json.js';
import { parseKeepingNumbers } from '../cloudtrail/numbers.js';
import { formatInstant, readInstant } from '../cloudtrail/time.js';
import type { Finding } from '../report/report.js';
import type { Rule } from '../rule/rule.js';
import { toAlert, type Columns } from './alert.js';
import type { Copy } from '../answer/fold.js';

/** The finding, with the rule's words for it. Throws SyntaxError where an engine's JSON is none. */
export function copyFinding(copy: Copy, rule: Rule): Finding {
  const columns = columnsIn(copy.body);
  const text = (column: string): string | null => scalarText(columns[column]);
  const instant = copy.eventtime === null ? undefined : readInstant(copy.eventtime);
  const undated = instant === undefined && copy.eventtime !== null;
  const extra = canonical({
    ...(copy.extra === null ? {} : parsed(copy.extra)),
    ...(undated ? { eventTime: copy.eventtime } : {}),
  });
  return {
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
    source: copy.source,
    extra: extra ?? null,
    alert: toAlert(rule, columns, copy),
  };
}

function parsed(text: string): JsonObject {
  const value = parseJson(text);
  return isObject(value) ? value : {};
}

const NESTED = COLUMNS.filter(({ type }) => type.kind !== 'text').map(({ column }) => column);

/** A body's columns. What has parts of its own may be JSON in text there; text that is none stays text. */
function columnsIn(body: string): Columns {
  const columns = parseJson(body) as { [column: string]: Json };
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

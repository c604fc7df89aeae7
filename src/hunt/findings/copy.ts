/** The finding that a matching record becomes. */
import { canonical, canonicalIdentity } from '../../cloudtrail/canonical.js';
import { isObject, parseJson, type Json, type JsonObject } from '../../cloudtrail/json.js';
import { parseKeepingNumbers } from '../../cloudtrail/numbers.js';
import { formatInstant, readInstant } from '../../cloudtrail/time.js';
import type { Finding } from '../../report/report.js';
import type { Rule } from '../../rule/rule.js';
import { toAlert } from '../alert.js';
import type { Copy } from '../fold.js';

/** The finding, with the rule's words for it. Throws SyntaxError where an engine's JSON is none. */
export function copyFinding(copy: Copy, rule: Rule): Finding {
  const body = parseJson(copy.body) as { readonly [column: string]: string | null };
  const instant = copy.eventtime === null ? undefined : readInstant(copy.eventtime);
  const undated = instant === undefined && copy.eventtime !== null;
  const extra = canonical({
    ...(copy.extra === null ? {} : parsed(copy.extra)),
    ...(undated ? { eventTime: copy.eventtime } : {}),
  });
  return {
    eventID: body['eventid'] ?? null,
    eventTime: instant === undefined ? null : formatInstant(instant),
    eventName: body['eventname'] ?? null,
    eventSource: body['eventsource'] ?? null,
    awsRegion: body['awsregion'] ?? null,
    recipientAccountId: body['recipientaccountid'] ?? null,
    sourceIPAddress: body['sourceipaddress'] ?? null,
    userAgent: body['useragent'] ?? null,
    userIdentity: canonicalIdentity(nested(body['useridentity'])) ?? null,
    requestParameters: canonical(nested(body['requestparameters'])) ?? null,
    responseElements: canonical(nested(body['responseelements'])) ?? null,
    source: copy.source,
    extra: extra ?? null,
    alert: toAlert(rule, { ...body, eventtime: copy.eventtime }, copy.severity),
  };
}

function parsed(text: string): JsonObject {
  const value = parseJson(text);
  return isObject(value) ? value : {};
}

/** The JSON in a column; text that is none stays text. */
function nested(text: string | null | undefined): Json | undefined {
  if (text === null || text === undefined) return undefined;
  try {
    return parseKeepingNumbers(text);
  } catch {
    return text;
  }
}

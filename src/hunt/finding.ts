/** From the matching copies of an event to the one finding that reports show. */
import { byCodePoint, canonical, canonicalIdentity } from '../cloudtrail/canonical.js';
import { isObject, parseJson, type Json, type JsonObject } from '../cloudtrail/json.js';
import { parseKeepingNumbers } from '../cloudtrail/numbers.js';
import { formatInstant, readInstant } from '../cloudtrail/time.js';
import type { Finding } from '../report/report.js';
import type { Rule } from '../rule/rule.js';
import { toAlert } from './alert.js';
import type { Copy } from './fold.js';

/** The findings in the order of reports: instant (none last), eventID, eventName, account, then canonical JSON. */
export function toFindings(found: readonly (readonly Copy[])[], rule: Rule): readonly Finding[] {
  return found
    .flatMap((copies) => first(copies.map((copy) => toFinding(copy, rule))) ?? [])
    .toSorted(
      (a, b) =>
        compare(a.eventTime, b.eventTime) ||
        compare(a.eventID, b.eventID) ||
        compare(a.eventName, b.eventName) ||
        compare(a.recipientAccountId, b.recipientAccountId) ||
        byContent(a, b),
    );
}

function first(copies: readonly Finding[]): Finding | undefined {
  return copies.length < 2 ? copies[0] : copies.toSorted(byContent)[0];
}

function byContent(a: Finding, b: Finding): number {
  return (
    byCodePoint(content(a), content(b)) ||
    byCodePoint(JSON.stringify(a.extra), JSON.stringify(b.extra)) ||
    compare(a.source, b.source)
  );
}

/** Canonical JSON of what both engines show. */
function content({ source: _source, extra: _extra, ...shown }: Finding): string {
  return JSON.stringify(shown);
}

function compare(a: string | null, b: string | null): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return byCodePoint(a, b);
}

function toFinding(copy: Copy, rule: Rule): Finding {
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

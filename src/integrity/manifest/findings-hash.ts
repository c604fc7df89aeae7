/**
 * A hash of the findings of a report that does not depend on its formats, on the order of the findings, or on the folder in
 * which the logs lie: of the events and the rules that they matched.
 */
import { byCodePoint } from '../../cloudtrail/canonical.js';
import type { EventFields, Finding } from '../../report/finding.js';
import { truncate } from '../../text/width.js';
import { sha256Of } from './hash.js';
import { MOST_LISTED, type FindingsHash, type HashedFinding } from './manifest.js';

/** A later version of hunt may show more of an event. What it then shows is not hashed, so that it can prove older reports. */
const FIELDS: readonly (keyof EventFields)[] = [
  'eventID',
  'eventTime',
  'eventName',
  'eventSource',
  'awsRegion',
  'recipientAccountId',
  'sourceIPAddress',
  'userAgent',
  'errorCode',
  'errorMessage',
  'userIdentity',
  'requestParameters',
  'responseElements',
  'additionalEventData',
  'resources',
  'readOnly',
  'eventType',
  'requestID',
  'sharedEventID',
];

/** In columns. An ID of AWS has 36. */
const LONGEST_ID = 100;

type HashableFinding = EventFields & Pick<Finding, 'rules'>;

/** The SHA-256 of the fields of the event and of the IDs of its rules in order, with its event ID, which may be cut. */
export function hashOfFinding(finding: HashableFinding): HashedFinding {
  const rules = finding.rules.map(({ id }) => id).toSorted(byCodePoint);
  const values = FIELDS.map((field) => finding[field] ?? null);
  const { eventID } = finding;
  return {
    sha256: sha256Of(JSON.stringify([rules, ...values])),
    eventID: eventID === null ? null : truncate(eventID, LONGEST_ID),
  };
}

/** The hash of these findings together. */
export function hashOfFindings(hashes: readonly HashedFinding[]): FindingsHash {
  const sorted = hashes.toSorted((a, b) => byCodePoint(a.sha256, b.sha256));
  return {
    count: sorted.length,
    sha256: sha256Of(sorted.map(({ sha256 }) => `${sha256}\n`).join('')),
    list: sorted.length > MOST_LISTED ? null : sorted,
  };
}

/**
 * Events whose fields have other names. Microsoft Sentinel keeps CloudTrail in a table of its own, `AWSCloudTrail`, and
 * Logstash's CloudTrail codec moves the time of an event into `@timestamp`.
 * Source: https://learn.microsoft.com/en-us/azure/azure-monitor/reference/tables/awscloudtrail
 */
import type { JsonObject } from '../json.js';
import { memberOf } from './names.js';

/** Sentinel's columns that have other letters than CloudTrail's fields. */
const SENTINEL: ReadonlyMap<string, string> = new Map([
  ['TimeGenerated', 'eventTime'],
  ['AwsEventId', 'eventID'],
  ['AwsRequestId', 'requestID'],
  ['AwsRequestId_', 'requestID'],
  ['EventTypeName', 'eventType'],
  ['Category', 'eventCategory'],
  ['SessionCreationDate', 'userIdentity.sessionContext.attributes.creationDate'],
  ['SessionMfaAuthenticated', 'userIdentity.sessionContext.attributes.mfaAuthenticated'],
  ['SessionIssuerAccountId', 'userIdentity.sessionContext.sessionIssuer.accountId'],
  ['SessionIssuerArn', 'userIdentity.sessionContext.sessionIssuer.arn'],
  ['SessionIssuerPrincipalId', 'userIdentity.sessionContext.sessionIssuer.principalId'],
  ['SessionIssuerType', 'userIdentity.sessionContext.sessionIssuer.type'],
  ['SessionIssuerUserName', 'userIdentity.sessionContext.sessionIssuer.userName'],
  ['EC2RoleDelivery', 'userIdentity.sessionContext.ec2RoleDelivery'],
  ['TlsVersion', 'tlsDetails.tlsVersion'],
  ['CipherSuite', 'tlsDetails.cipherSuite'],
  ['ClientProvidedHostHeader', 'tlsDetails.clientProvidedHostHeader'],
]);

/** The event with CloudTrail's own names. An event that has an `eventTime` is returned as it is. */
export function renamed(event: JsonObject): JsonObject {
  if (Object.hasOwn(event, 'eventTime') || memberOf(event, 'eventTime') !== undefined) return event;
  if (Object.hasOwn(event, 'TimeGenerated')) {
    // In this table a column without a value has an empty text.
    const given = Object.entries(event).filter(([, value]) => value !== '');
    return Object.fromEntries(given.map(([key, value]) => [SENTINEL.get(key) ?? key, value]));
  }
  const time = event['@timestamp'];
  return time === undefined ? event : { ...event, eventTime: time };
}

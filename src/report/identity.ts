/** The identity of a finding: two findings of different runs with the same identity are the same finding. */
import { shortHash, type ShortHash } from '../text/short-hash.js';
import type { EventFields } from './finding.js';

/**
 * The identity of the event of a finding. It depends on nothing that a later version of hunt may compute in another way. CloudTrail
 * delivers an event more than once; an event without an ID is the same where all its fields are.
 */
export function identityOf(event: EventFields): ShortHash {
  const { eventID, eventName, recipientAccountId, eventTime } = event;
  return shortHash(
    JSON.stringify(
      eventID === null
        ? EVENT_FIELDS.map((field) => event[field])
        : [eventID, eventName, recipientAccountId, eventTime],
    ),
  );
}

/** In an order that never changes. A further field goes to the end. */
const ORDERED = {
  eventID: 1,
  eventTime: 2,
  eventName: 3,
  eventSource: 4,
  awsRegion: 5,
  recipientAccountId: 6,
  sourceIPAddress: 7,
  userAgent: 8,
  errorCode: 9,
  errorMessage: 10,
  userIdentity: 11,
  requestParameters: 12,
  responseElements: 13,
  additionalEventData: 14,
  resources: 15,
  readOnly: 16,
  eventType: 17,
  eventCategory: 18,
  requestID: 19,
  sharedEventID: 20,
  vpcEndpointId: 21,
  vpcEndpointAccountId: 22,
  sessionCredentialFromConsole: 23,
  tlsDetails: 24,
  serviceEventDetails: 25,
  addendum: 26,
  edgeDeviceDetails: 27,
  eventVersion: 28,
  apiVersion: 29,
} satisfies Record<keyof EventFields, number>;

/** The fields of an event that findings have. */
export const EVENT_FIELDS = Object.keys(ORDERED) as readonly (keyof EventFields)[];

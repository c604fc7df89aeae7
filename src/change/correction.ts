/**
 * Records with which CloudTrail corrects an earlier record of an event. They have an ID of their own, and are no second change.
 * Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
 */
import type { Json } from '../cloudtrail/json.js';
import { textMember } from './request/request.js';

/** The ID of the record that a record corrects; undefined where it corrects none. */
export function correctedBy({ addendum }: { readonly addendum: Json }): string | undefined {
  if (textMember(addendum, 'reason') !== 'UPDATED_DATA') return undefined;
  return textMember(addendum, 'originalEventID');
}

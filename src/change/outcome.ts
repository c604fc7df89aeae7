/** Whether what a call asked for happened. */
import { isObject, type Json } from '../cloudtrail/json.js';
import { allFailed, failuresOf } from './request/batch.js';
import { responseOf, text } from './request/ec2-shape.js';
import { memberAt, textMember, textOf } from './request/request.js';

export interface OutcomeEvent {
  readonly eventName: string | null;
  readonly errorCode: string | null;
  readonly errorMessage: string | null;
  readonly requestParameters: Json;
  readonly responseElements: Json;
  readonly serviceEventDetails?: Json;
}

/** Where the answers to requests of Identity Center say how they stand. */
const STATUSES = ['accountAssignmentCreationStatus', 'accountAssignmentDeletionStatus'];

/**
 * A call failed if it has an error. A sign-in has none: its response says how it ended, or its details where the portal of Identity
 * Center signs in. EC2 answers with `_return` or `return`, Identity Center with a status,
 * and calls that take several things with a list of what failed.
 */
export function outcomeOf(event: OutcomeEvent): 'succeeded' | 'failed' {
  const { errorCode, errorMessage, responseElements, eventName } = event;
  if ((errorCode ?? errorMessage) !== null) return 'failed';
  const { serviceEventDetails: details = null } = event;
  if (eventName !== null && textMember(details, eventName) === 'Failure') return 'failed';
  const failures = failuresOf(event);
  if (failures !== undefined && allFailed(failures)) return 'failed';
  if (!isObject(responseElements)) return 'succeeded';
  const response = (name: string): string | undefined => textMember(responseElements, name);
  const failed =
    (eventName !== null && response(eventName) === 'Failure') ||
    text(responseOf(event), '_return', 'return') === 'false' ||
    STATUSES.some((name) => textOf(memberAt(responseElements, name, 'status')) === 'FAILED');
  return failed ? 'failed' : 'succeeded';
}

/** Whether what a call asked for happened. */
import type { Json } from '../cloudtrail/json.js';
import { textMember } from './request.js';

export interface OutcomeEvent {
  readonly eventName: string | null;
  readonly errorCode: string | null;
  readonly errorMessage: string | null;
  readonly responseElements: Json;
}

/**
 * A call failed if it has an error. A sign-in to the console has none: its response says how it ended. EC2's older calls
 * answer with `_return`.
 */
export function outcomeOf(event: OutcomeEvent): 'succeeded' | 'failed' {
  const { errorCode, errorMessage, responseElements, eventName } = event;
  const response = (name: string): string | undefined => textMember(responseElements, name);
  const failed =
    (errorCode ?? errorMessage) !== null ||
    (eventName !== null && response(eventName) === 'Failure') ||
    response('_return') === 'false';
  return failed ? 'failed' : 'succeeded';
}

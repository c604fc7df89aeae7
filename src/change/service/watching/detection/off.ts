/** That a service watches nothing in a region: a state of the account, which outlives a detector and ends with a new one. */
import type { ChangeEvent, State } from '../../../change.js';
import { stateOf, subjectOf, type Subject } from '../../../request/subject.js';

/** The service may name whom it watches: `GuardDuty for account 111122223333`. */
export function offState(event: ChangeEvent, service: string): State {
  return stateOf(accountOf(event), `${service} off in ${event.awsRegion ?? 'a region'}`);
}

export function accountOf({ recipientAccountId }: ChangeEvent): Subject {
  return subjectOf('account', recipientAccountId ?? 'unknown');
}

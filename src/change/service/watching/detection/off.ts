/** That a service watches nothing in a region: a state of the account, which outlives a detector and ends with a new one. */
import type { ChangeEvent, Description, State } from '../../../change.js';
import { stateOf, subjectOf, type Subject } from '../../../request/subject.js';

/** The service may name whom it watches: `GuardDuty for account 111122223333`. */
export function offState(event: ChangeEvent, service: string): State {
  return stateOf(accountOf(event), `${service} off in ${event.awsRegion ?? 'a region'}`);
}

/** The account that received the call, as a subject. */
export function accountOf({ recipientAccountId }: ChangeEvent): Subject {
  return subjectOf('account', recipientAccountId ?? 'unknown');
}

/** A service that is switched on or off as a whole. */
export function wholeService(event: ChangeEvent, service: string, on: boolean): Description {
  const resources = [accountOf(event).resource];
  const states = [offState(event, service)];
  return on
    ? { verb: 'switch on', object: service, resources, ends: states }
    : { verb: 'switch off', object: service, resources, begins: states };
}

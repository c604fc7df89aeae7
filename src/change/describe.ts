/** Describes what an event changed. A service that needs its own sentences has a file here and a line in the list. */
import type { Change, ChangeEvent } from './change.js';
import { namedIn } from './named.js';
import { describeSecurityGroup } from './security-group.js';

/** Each gives undefined for a call that it does not know. The first one that knows the call is used. */
const describers: readonly ((event: ChangeEvent) => Change | undefined)[] = [describeSecurityGroup];

/** What the call requested, whether it succeeded or not; null if the request names nothing. Never throws. */
export function describeChange(event: ChangeEvent): Change | null {
  for (const describe of describers) {
    const change = describe(event);
    if (change !== undefined) return change;
  }
  const sentence = namedIn(event.requestParameters);
  return sentence === '' ? null : { sentence, exposure: null };
}

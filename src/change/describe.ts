/** What an event changed. A service whose calls deserve words of their own gets a file here and a line in the list. */
import type { Change, ChangeEvent } from './change.js';
import { namedIn } from './named.js';
import { describeSecurityGroup } from './security-group.js';

/** Each gives undefined for a call that it does not know; the first answer counts. */
const describers: readonly ((event: ChangeEvent) => Change | undefined)[] = [describeSecurityGroup];

/** What the call asked for, whether it succeeded or not; null where it names nothing. Never throws. */
export function describeChange(event: ChangeEvent): Change | null {
  for (const describe of describers) {
    const change = describe(event);
    if (change !== undefined) return change;
  }
  const sentence = namedIn(event.requestParameters);
  return sentence === '' ? null : { sentence, exposure: null };
}

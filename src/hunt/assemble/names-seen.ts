/** Which calls the rules match whatever their requests ask for, so that the calls that undo a change are among the findings. */
import { eventNamesOf } from '../../query/required.js';
import type { Query, RuleQuery } from '../../query/query.js';
import { fieldsOf } from '../../rule/condition/condition.js';
import { requiredValues } from '../../rule/condition/required-values.js';

/** What a call asks for, and what it gave. */
const CONTENT = /^(?:requestParameters|responseElements|additionalEventData|resources)$/i;

/**
 * Undefined for all names. A rule for images that are *shared* matches `ModifyImageAttribute`, but not the call that stops the
 * sharing. A filter of the user for one resource leaves both; one for an event name does not.
 */
export function namesSeenWhole(query: Query): ReadonlySet<string> | undefined {
  return eventNamesOf({ ...query, rules: query.rules.filter(isAboutCalls), calls: undefined });
}

function isAboutCalls({ conjuncts }: RuleQuery): boolean {
  return conjuncts.every(({ condition, origin }) =>
    origin === 'filter'
      ? requiredValues(condition, 'eventName') === undefined
      : fieldsOf(condition).every(([name]) => !CONTENT.test(name ?? '')),
  );
}

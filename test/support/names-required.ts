/** What rules require of event names. Without Vitest, because the fuzzer runs outside of it. */
import {
  NOTHING_REQUIRED,
  valueRequired,
  type Requirement,
} from '../../src/cloudtrail/requirement.js';

/** What rules require that match these event names; an all-lower-case name matches any case. Undefined: every name. */
export function namesRequired(values: ReadonlySet<string> | undefined): Requirement {
  return values === undefined ? NOTHING_REQUIRED : valueRequired('eventName', values);
}

/** What is doubtful in a rule that is no error: its zero may be no result. */
import { misspeltNames } from '../calls/misspelt-names.js';
import { misspeltServices } from '../calls/misspelt-services.js';
import { neverHolding } from '../condition/never-holds.js';
import type { BoundRule } from '../bind.js';
import { isBuiltIn } from './built-in.js';

/** The doubts as sentences, each the message of a warning `TEST_NEVER_HOLDS`. */
export function doubtsOf({ rule, condition }: BoundRule): readonly string[] {
  // A test makes sure of the calls in the rules that come with hunt. To read the names of all calls would delay each hunt.
  const calls = isBuiltIn(rule.file) ? [] : [misspeltServices, misspeltNames];
  return [...neverHolding(rule.condition, condition), ...calls.flatMap((find) => find(condition))];
}

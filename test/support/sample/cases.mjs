/**
 * The cases of the sample that a hunt must tell apart: one entry a case, with what the seed rule says of it under its
 * default parameters, and why.
 */
import { changes } from './changes.mjs';
import { deliveries } from './delivery.mjs';

/** The rule's own tests as cases, then ours. */
export function cases(ruleTests) {
  const seed = ruleTests.map((test) => ({
    name: `Rule's test: ${test.Name}`,
    finding: test.ExpectedResult,
    why: 'the result that the test in the rule expects',
    events: [test.Log],
  }));
  return [...seed, ...changes, ...deliveries];
}

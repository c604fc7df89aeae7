/** Whether an exclusion is about a call, so that `hunt.yml` can take the call out of it. */
import { globsOverlap, matchesGlob } from '../../text/glob.js';
import { serviceDomain, type Call } from '../condition/calls.js';
import type { Condition, Test } from '../condition/condition.js';

/**
 * Whether the condition can hold for the call, or for one of the calls where it has wildcards, because of its name: it names the
 * service or the call, and it would not hold for a call with another name.
 */
export function coversCall(condition: Condition, call: Call): boolean {
  const names = {
    eventsource: serviceDomain(call.service),
    eventname: call.name,
  };
  return [true, false].some(
    (others) =>
      mayHold(condition, { names, others, positive: true }) &&
      !mayHold(condition, { names: NO_CALL, others, positive: true }),
  );
}

const NO_CALL = { eventsource: '', eventname: '' };

interface Reading {
  readonly names: typeof NO_CALL;
  /** Whether tests of all other fields are taken to help the condition to hold. */
  readonly others: boolean;
  /** False under a negation. */
  readonly positive: boolean;
}

function mayHold(condition: Condition, reading: Reading): boolean {
  switch (condition.kind) {
    case 'all':
      return condition.of.every((part) => mayHold(part, reading));
    case 'any':
      return condition.of.some((part) => mayHold(part, reading));
    case 'not':
      return !mayHold(condition.of, { ...reading, positive: !reading.positive });
    case 'test':
      return testMayHold(condition, reading);
    case 'constant':
      return condition.value;
    case 'exactly':
    case 'element':
    case 'compare':
      return reading.others === reading.positive;
    default:
      return condition satisfies never;
  }
}

function testMayHold(test: Test, { names, others, positive }: Reading): boolean {
  const [field = '', ...inner] = test.field.map((key) => key.toLowerCase());
  const isName = (field === 'eventname' || field === 'eventsource') && inner.length === 0;
  if (!isName || 'parameter' in test.values) return others === positive;
  const isGlob = test.op === 'wildcard';
  if (!isGlob && test.op !== 'in' && test.op !== 'equals') return others === positive;
  // Under a negation the test takes calls out, so it counts only where it takes out all of them.
  return test.values.some((value) =>
    positive ? globsOverlap(names[field], value) : matchesGlob(names[field], value),
  );
}

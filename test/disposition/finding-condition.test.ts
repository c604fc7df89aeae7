/** Whatever the condition and whatever the event, an exception sees in a finding what an engine sees in the event. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { EventRecord } from '../../src/cloudtrail/record.js';
import { findingCondition } from '../../src/disposition/finding-condition.js';
import { toEvent } from '../../src/findings/to-finding.js';
import { testsOf } from '../../src/rule/condition/condition.js';
import { condition } from '../support/arbitrary-condition.js';
import { eventText } from '../support/arbitrary-event.js';
import { recordsOf } from '../support/evaluate-engines.js';
import { evaluate } from '../support/evaluate.js';

/**
 * A finding has no nulls and no empty objects, so it cannot tell them from what is missing, and it has not the names of members
 * that are null, which an event may mention.
 */
const UNTOLD: ReadonlySet<string> = new Set(['isNull', 'isNotNull', 'mentions']);
const told = condition.filter((one) => testsOf(one).every(({ op }) => !UNTOLD.has(op)));

function eventOf(record: EventRecord) {
  const { eventtime } = record;
  const eventTime = typeof eventtime === 'string' ? eventtime : null;
  const { event, extra } = toEvent({
    body: JSON.stringify(record),
    eventTime,
    extra: null,
    source: null,
  });
  return { ...event, eventTime, extra };
}

test('a condition holds for a finding as for its event, or cannot be told', async () => {
  let known = 0;
  let unknown = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(told, { minLength: 5, maxLength: 20 }),
      fc.array(eventText, { minLength: 1, maxLength: 20, size: 'max' }),
      async (conditions, texts) => {
        for (const record of await recordsOf(texts)) {
          const event = eventOf(record);
          for (const one of conditions) {
            const holds = findingCondition(one)(event);
            if (holds === undefined) unknown += 1;
            else known += 1;
            if (holds !== undefined) expect(holds).toBe(evaluate(one, record));
          }
        }
      },
    ),
    { numRuns: 25 },
  );
  expect(known).toBeGreaterThan(3 * unknown);
});

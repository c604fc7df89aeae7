/**
 * `queries/classes.yml` says as conditions what `how.class` of a finding says. Each class is a rule here, and a hunt over real and
 * random events must find each event by the rule of its class, and by no other.
 */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { builtInFile } from '../../../src/rule/catalog/built-in.js';
import { readRule } from '../../../src/rule/catalog/read.js';
import { surroundings } from '../../../src/rule/catalog/surroundings.js';
import type { Rule } from '../../../src/rule/rule.js';
import { callEvent } from '../../support/arbitrary-call.js';
import { huntEvents } from '../../support/hunt-events.js';

const CLASSES = {
  'class-console': 'console',
  'class-person': 'command line or SDK by a person',
  'class-infrastructure': 'infrastructure as code by a person',
  'class-automation': 'automation',
  'class-service': 'service',
  'class-unknown': 'unknown',
};

const RULES = Object.keys(CLASSES).map((name): Rule => {
  const text = `RuleID: ${name}\nLogTypes: [AWS.CloudTrail]\nSeverity: Info\nDetection:\n  - Use: ${name}\n`;
  return readRule(text, builtInFile('any-manual-change'), surroundings());
});

/** The events that another rule than that of their class found, or several. */
async function disagreements(events: readonly object[]) {
  const { findings } = await huntEvents(
    events.map((event, index) => ({ ...event, eventID: String(index) })),
    { rules: RULES },
  );
  expect(findings).toHaveLength(events.length);
  return findings.flatMap(({ eventID, how, rules }) => {
    const own = rules.map(({ id }) => (id in CLASSES ? CLASSES[id as keyof typeof CLASSES] : id));
    return own.join() === how.class
      ? []
      : [{ of: how.class, found: own, event: events[Number(eventID)] }];
  });
}

test('a class is the same for a rule and for a finding', async () => {
  const events = fc.sample(callEvent, { numRuns: 600, seed: 7 });
  expect((await disagreements(events)).slice(0, 3)).toEqual([]);
});

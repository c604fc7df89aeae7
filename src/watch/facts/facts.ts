/** Reads from a call what it says of the logs. */
import { bucketFacts } from './buckets.js';
import type { Fact, FactEvent } from './fact.js';
import { keyFacts, secretFacts } from './causes.js';
import { organizationFacts, trailFacts } from './trails.js';

const BY_SOURCE: ReadonlyMap<string, (event: FactEvent) => readonly Fact[]> = new Map([
  ['cloudtrail.amazonaws.com', trailFacts],
  ['organizations.amazonaws.com', organizationFacts],
  ['s3.amazonaws.com', bucketFacts],
  ['kms.amazonaws.com', keyFacts],
  ['secretsmanager.amazonaws.com', secretFacts],
]);

/** Empty for a call that says nothing of logs. Never throws: a request may have any form. */
export function factsOf(event: FactEvent): readonly Fact[] {
  return BY_SOURCE.get(event.eventSource ?? '')?.(event) ?? [];
}

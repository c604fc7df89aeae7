import { expect, it } from 'vitest';
import { changeOf, ec2Call } from '../support/change.js';

it.each([
  [1000, undefined],
  [1001, true],
])('says of a change of %i resources whether its lists are cut', (count, isCut) => {
  const items = Array.from({ length: count }, (_, i) => ({ instanceId: `i-${i}` }));
  const change = changeOf(ec2Call('TerminateInstances', { instancesSet: { items } }));
  expect(change.resources).toHaveLength(1000);
  expect(change.isCut).toBe(isCut);
});

/** The groups of addresses from which people may use their WorkSpaces. */
import { expect, it } from 'vitest';
import type { Json } from '../../../../src/cloudtrail/json.js';
import { callOf, changeOf, lastingAfter } from '../../../support/change.js';

const change = (name: string, requestParameters: Json, responseElements: Json = null) =>
  changeOf(callOf('workspaces', name, { requestParameters, responseElements }));
const rules = (...ranges: readonly string[]) => ranges.map((ipRule) => ({ ipRule, ruleDesc: 'x' }));
const EVERYONE = { peer: 'everyone', direction: 'ingress' };

it('says that a group of addresses lets everyone in, until that is undone', () => {
  const made = change(
    'CreateIpGroup',
    { groupName: 'office', userRules: rules('0.0.0.0/0') },
    { groupId: 'wsipg-1' },
  );
  expect(made.sentence).toContain('open to everyone (0.0.0.0/0)');
  expect(made.exposure).toEqual(EVERYONE);

  const opened = change('AuthorizeIpRules', {
    groupId: 'wsipg-1',
    userRules: rules('0.0.0.0/0', '203.0.113.0/24'),
  });
  expect(opened.sentence).toBe('opened IP group wsipg-1 to everyone (0.0.0.0/0), 203.0.113.0/24');
  expect(opened.exposure).toEqual(EVERYONE);
  expect(lastingAfter(opened)).toEqual(['open to 0.0.0.0/0', 'open to 203.0.113.0/24']);

  const closed = change('RevokeIpRules', { groupId: 'wsipg-1', userRules: ['0.0.0.0/0'] });
  expect(closed.exposure).toBeNull();
  expect(lastingAfter(made, closed)).toEqual(['exists']);

  const replaced = change('UpdateRulesOfIpGroup', {
    groupId: 'wsipg-1',
    userRules: rules('203.0.113.0/24'),
  });
  expect(replaced.exposure).toBeNull();
  expect(lastingAfter(made, opened, replaced)).toEqual(['exists', 'open to 203.0.113.0/24']);

  const deleted = change('DeleteIpGroup', { groupId: 'wsipg-1' });
  expect(lastingAfter(made, opened, deleted)).toEqual([]);
});

it('tells a large part of the internet from a network', () => {
  const half = change('UpdateRulesOfIpGroup', { groupId: 'g', userRules: rules('0.0.0.0/1') });
  expect(half.exposure).toEqual({ peer: 'much of the internet', direction: 'ingress' });
  const own = change('AuthorizeIpRules', { groupId: 'g', userRules: rules('203.0.113.0/24') });
  expect(own.exposure).toBeNull();
});

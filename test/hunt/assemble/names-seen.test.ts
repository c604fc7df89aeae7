/** Whether the rules look for the end of a change is asked in the service of the change. */
import { expect, test } from 'vitest';
import { findRule } from '../../../src/rule/catalog/find.js';
import { huntEvents, openedGroup } from '../../support/hunt-events.js';

const listed = openedGroup({
  eventSource: 'guardduty.amazonaws.com',
  eventName: 'CreateIPSet',
  requestParameters: { detectorId: 'd', name: 'trusted', activate: true },
  responseElements: { ipSetId: 'list' },
});

test('a rule for a call of the same name in another service does not look for it', async () => {
  const rules = ['AWS.GuardDuty.ManualDetectorChange', 'AWS.WAF.ManualWebAclChange'].map(findRule);
  const endsBy = async (all: typeof rules) => {
    const { findings } = await huntEvents([listed], {
      rules: all,
      set: { PROD_ACCOUNT_IDS: 'any' },
    });
    return findings.map(({ states }) => states.map(({ end }) => end));
  };
  expect(await endsBy(rules)).toEqual([['not looked for']]);
  expect(await endsBy([...rules, findRule('AWS.Any.ManualChange')])).toEqual([['not seen']]);
});

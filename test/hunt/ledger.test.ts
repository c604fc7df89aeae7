/** Who an exclusion hid, where names are longer than any that CloudTrail writes. */
import { expect, test } from 'vitest';
import { huntEvents, onlySection, openedGroup } from '../support/hunt-events.js';

test('names that are too long are told by their first 2,048 characters', async () => {
  const name = '😀'.repeat(3000);
  const events = ['a', 'b'].map((end, index) =>
    openedGroup({
      eventID: end,
      errorCode: 'Client.DryRunOperation',
      userIdentity: { type: 'AssumedRole', arn: name + end },
      userAgent: index === 0 ? name : 'short',
    }),
  );
  const { exclusions } = onlySection(await huntEvents(events));
  const told = '😀'.repeat(2048);
  expect(exclusions.flatMap(({ by }) => by)).toEqual([
    { principal: told, userAgent: 'short', events: 1 },
    { principal: told, userAgent: told, events: 1 },
  ]);
});

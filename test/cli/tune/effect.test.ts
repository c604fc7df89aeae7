/** Which hidden findings are shown: the most serious ones, in the same order for every command. */
import { expect, test } from 'vitest';
import { EffectTally } from '../../../src/cli/tune/effect.js';
import type { AttentionReason } from '../../../src/report/attention.js';
import type { Finding } from '../../../src/report/finding.js';
import { finding } from '../../support/report-sample.js';

const ruled = (severity: 'Low' | 'High'): Finding['rules'] => [
  { id: 'Rule.One', severity, alert: null },
];
const plain = { change: null, attention: [], rules: ruled('Low') };
const found = (eventID: string, fields: Partial<Finding>): Finding =>
  finding({ ...plain, eventID, ...fields });
const because = (eventID: string, reason: AttentionReason): Finding =>
  found(eventID, { attention: [reason] });

function shown(...findings: readonly Finding[]): readonly (string | null)[] {
  const tally = new EffectTally();
  for (const one of findings) tally.add(one);
  return tally.effect().serious.map(({ eventID }) => eventID);
}

test('the worst reasons for a look come first, and three are shown', () => {
  expect(
    shown(
      found('none', {}),
      because('hidden', 'hidden characters'),
      because('root', 'root user'),
      because('open', 'opened to the world'),
    ),
  ).toEqual(['open', 'root', 'hidden']);
});

test('without such a reason, what a change came to comes first, then the severity, then the time', () => {
  expect(
    shown(
      found('later', { eventTime: '2026-01-13T09:00:00.000Z' }),
      found('high', { rules: ruled('High') }),
      found('failed', {
        eventName: 'CreateUser',
        eventSource: 'iam.amazonaws.com',
        outcome: 'failed',
      }),
      found('user', { eventName: 'CreateUser', eventSource: 'iam.amazonaws.com' }),
    ),
  ).toEqual(['user', 'high', 'failed']);
});

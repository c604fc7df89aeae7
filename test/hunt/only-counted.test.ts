/**
 * Records that no rule can find are counted without their bodies. The report is the same as where every record is read whole:
 * the copies of an event may differ in what decides this.
 */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { withCallers } from '../../src/hunt/who/callers.js';
import { questionAbout } from '../../src/hunt/who/question.js';
import { whoRule } from '../../src/rule/catalog/built-in.js';
import { findRule } from '../../src/rule/catalog/find.js';
import { filterConditions } from '../../src/rule/filters.js';
import { indicatorOf, NOTHING_FOLLOWED } from '../../src/rule/subject.js';
import { huntEvents, openedGroup } from '../support/hunt-events.js';

const KEY = 'AKIAEXAMPLEANN000000';
const ANN = { type: 'IAMUser', arn: 'arn:aws:iam::112233445566:user/ann', accessKeyId: KEY };
const TIMES = ['2026-01-14T09:30:00Z', '2026-01-16T00:00:00Z', 'yesterday'];
const often = <T>(usual: T, ...others: readonly T[]) =>
  fc.oneof({ weight: 4, arbitrary: fc.constant(usual) }, fc.constantFrom(...others));

const event = fc
  .record({
    eventName: often('DescribeInstances', 'AuthorizeSecurityGroupIngress', 'CreateAccessKey'),
    eventTime: often(TIMES[0], ...TIMES.slice(1)),
    eventID: fc.constantFrom('a', 'b', undefined),
    readOnly: often<unknown>(true, false, 'true', null),
    userIdentity: often<unknown>(ANN, { ...ANN, accessKeyId: 'x' }, { ...ANN, arn: 'lou' }, 'ann'),
    errorCode: often(undefined, 'AccessDenied'),
    userAgent: fc.constantFrom('console', 'aws-cli/2.0'),
    responseElements: often(null, { accessKey: { accessKeyId: KEY } }, { x: 'x'.repeat(20_000) }),
  })
  .map((changes) => openedGroup(changes));
const asked = (text: string) =>
  questionAbout(
    [indicatorOf(text)],
    { followed: NOTHING_FOLLOWED, hasInstances: false, instances: [] },
    whoRule(),
  );
const filters = filterConditions({ principal: ['ann'] });
const questions = [
  asked('ann'),
  asked(KEY),
  { rules: [findRule('AWS.EC2.ManualSecurityGroupChange')], filters },
];
const bound = fc.option(fc.constantFrom(...TIMES.slice(0, 2).map(Date.parse)), { nil: undefined });

test('a report is the same where what is only counted is read without its body', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(event, { minLength: 2, maxLength: 16 }),
      fc.constantFrom(...questions),
      fc.record({ since: bound, until: bound }),
      async (events, { rules, filters: own }, window) => {
        const options = { rules, filters: own, window, calls: true };
        const [counted, whole] = await Promise.all(
          [true, false].map((prefilter) => huntEvents(events, { ...options, prefilter })),
        );
        expect(counted && withCallers(counted)).toEqual(whole && withCallers(whole));
      },
    ),
    { numRuns: Number(process.env['RUNS'] ?? 15) },
  );
});

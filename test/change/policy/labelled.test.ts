/** Policies of which one call removes a statement by its label. */
import { describe, expect, it } from 'vitest';
import type { Change } from '../../../src/change/change.js';
import type { Json } from '../../../src/cloudtrail/json.js';
import { callOf, changeOf, endsAfter, lastingAfter } from '../../support/change.js';

const other = '222222222222';
const topic = 'arn:aws:sns:eu-central-1:111111111111:t';
const queue = 'https://sqs.eu-central-1.amazonaws.com/111111111111/q';
const call = (service: string, name: string, requestParameters: Json) =>
  changeOf(callOf(service, name, { requestParameters }));

describe.each<
  [service: string, set: (policy: string) => Change, remove: (label: string) => Change]
>([
  [
    'sqs',
    (Policy) => call('sqs', 'SetQueueAttributes', { queueUrl: queue, attributes: { Policy } }),
    (label) => call('sqs', 'RemovePermission', { queueUrl: queue, label }),
  ],
  [
    'sns',
    (attributeValue) =>
      call('sns', 'SetTopicAttributes', {
        topicArn: topic,
        attributeName: 'Policy',
        attributeValue,
      }),
    (label) => call('sns', 'RemovePermission', { topicArn: topic, label }),
  ],
  [
    'events',
    (document) => call('events', 'PutPermission', { eventBusName: 'b', policy: document }),
    (statementId) => call('events', 'RemovePermission', { eventBusName: 'b', statementId }),
  ],
])('a whole policy of %s', (_, set, remove) => {
  const statement = (Sid: string, principal: string): Json => ({
    Sid,
    Effect: 'Allow',
    Principal: { AWS: principal },
    Action: 'x:y',
    Resource: '*',
  });
  const of = (...Statement: readonly Json[]) => set(JSON.stringify({ Statement: [...Statement] }));
  const open = of(statement('a', '*'), statement('own', '111111111111'));

  it('is open to everyone until the one statement is removed that does it', () => {
    expect(lastingAfter(open)).toEqual(['open to everyone by its policy (a)']);
    expect(lastingAfter(open, remove('own'))).toHaveLength(1);
    expect(lastingAfter(open, remove('a'))).toEqual([]);
  });

  it('ends with a policy that lets in nobody', () =>
    expect(lastingAfter(open, of(statement('a', '111111111111')))).toEqual(['has a policy']));

  it('ends with a policy that lets in another account', () =>
    expect(lastingAfter(open, of(statement('a', other)))).toEqual([
      `open to account ${other} by its policy`,
    ]));

  it('stays open where another statement lets in everyone too', () => {
    const both = of(statement('a', '*'), statement('b', '*'));
    expect(lastingAfter(both, remove('a'))).toEqual(['open to everyone by its policy']);
    expect(lastingAfter(open, both, remove('a'))).toEqual(['open to everyone by its policy']);
  });

  it('ends with a policy in which another statement lets in everyone', () => {
    const next = of(statement('b', '*'));
    expect(lastingAfter(open, next)).toEqual(['open to everyone by its policy (b)']);
    expect(lastingAfter(open, next, remove('b'))).toEqual([]);
    const both = of(statement('a', '*'), statement('b', '*'));
    expect(lastingAfter(both, next)).toEqual(['open to everyone by its policy (b)']);
    expect(lastingAfter(open, both, next, remove('b'))).toEqual([]);
  });

  it('lasts where a policy cannot be read', () =>
    expect(lastingAfter(open, set('{'))).toContain('open to everyone by its policy (a)'));

  it('goes on in an equal policy', () => {
    expect(lastingAfter(open, open)).toEqual(['open to everyone by its policy (a)']);
    expect(endsAfter(open, open)[0]).toBeNull();
  });
});

/** AWS WAF says what an action is by the key of an empty object, so these tests hunt whole events. */
import { expect, it } from 'vitest';
import type { Json } from '../../../src/cloudtrail/json.js';
import { huntEvents } from '../../support/hunt-events.js';
import { ruleWith } from '../../support/rules.js';

const id = 'ebbcb976-8d59-4d20-8ca8-4ab2f6b7c07b';
const arn = `arn:aws:wafv2:us-east-1:111122223333:regional/webacl/foo/${id}`;

async function found(what: string, requestParameters: Json, responseElements: Json = null) {
  const [service = '', eventName] = what.split(' ');
  const { findings } = await huntEvents(
    [
      {
        eventVersion: '1.09',
        eventID: '1',
        eventTime: '2026-01-05T10:01:00Z',
        eventSource: `${service}.amazonaws.com`,
        eventName,
        awsRegion: 'us-east-1',
        recipientAccountId: '111122223333',
        userIdentity: { type: 'IAMUser', arn: 'arn:aws:iam::111122223333:user/ann' },
        readOnly: false,
        requestParameters,
        responseElements,
      },
    ],
    { rules: [ruleWith('  - { KeyPath: eventName, Condition: Exists }')] },
  );
  const [finding] = findings;
  return { finding, change: finding?.change };
}

const rule = (name: string, action: Json) => ({ name, priority: 1, action });

it.each<[sentence: string, call: string, request: Json]>([
  [
    'changed web ACL foo: lets in what no rule matches, no rules',
    'wafv2 UpdateWebACL',
    { name: 'foo', id, defaultAction: { allow: {} }, rules: [] },
  ],
  [
    'changed web ACL foo: blocks what no rule matches, rules a (count), b (block)',
    'wafv2 UpdateWebACL',
    {
      name: 'foo',
      id,
      defaultAction: { block: {} },
      rules: [rule('a', { count: {} }), rule('b', { block: {} })],
    },
  ],
  [
    'changed web ACL foo: lets in what no rule matches, rules managed, quiet (count)',
    'wafv2 UpdateWebACL',
    {
      name: 'foo',
      id,
      defaultAction: { allow: { customRequestHandling: { insertHeaders: [{ name: 'a' }] } } },
      rules: [
        { name: 'managed', overrideAction: { none: {} } },
        { name: 'quiet', overrideAction: { count: {} } },
      ],
    },
  ],
  ['changed web ACL foo', 'wafv2 UpdateWebACL', { name: 'foo', id, defaultAction: {} }],
  [
    'changed web ACL w: lets in what no rule matches',
    'waf-regional UpdateWebACL',
    { webACLId: 'w', defaultAction: { type: 'ALLOW' }, updates: [] },
  ],
  [
    'changed web ACL w: adds r1 (count), removes r2',
    'waf UpdateWebACL',
    {
      webACLId: 'w',
      updates: [
        { action: 'INSERT', activatedRule: { ruleId: 'r1', action: { type: 'COUNT' } } },
        { action: 'DELETE', activatedRule: { ruleId: 'r2' } },
      ],
    },
  ],
  ['changed rule group g: no rules', 'wafv2 UpdateRuleGroup', { name: 'g', id, rules: [] }],
  [
    'changed IP set i: adds 203.0.113.0/24',
    'waf UpdateIPSet',
    {
      iPSetId: 'i',
      updates: [{ action: 'INSERT', iPSetDescriptor: { type: 'IPV4', value: '203.0.113.0/24' } }],
    },
  ],
  [
    'changed rule r: limit 2000, adds d1',
    'waf UpdateRateBasedRule',
    {
      ruleId: 'r',
      rateLimit: 2000,
      updates: [{ action: 'INSERT', predicate: { negated: false, type: 'IPMatch', dataId: 'd1' } }],
    },
  ],
  [
    'changed set of patterns p: no pattern',
    'wafv2 UpdateRegexPatternSet',
    { name: 'p', id, regularExpressionList: [] },
  ],
])('%s', async (sentence, call, request) => {
  const { change } = await found(call, request);
  expect(change?.sentence).toBe(sentence);
});

it.each<[call: string, request: Json, response?: Json]>([
  ['CreateWebACL', { name: 'foo' }, { summary: { name: 'foo', id, aRN: arn } }],
  ['UpdateWebACL', { name: 'foo', id }],
  ['DeleteWebACL', { name: 'foo', id }],
  ['PutLoggingConfiguration', { loggingConfiguration: { resourceArn: arn } }],
  ['DeleteLoggingConfiguration', { resourceArn: arn }],
  ['AssociateWebACL', { webACLArn: arn, resourceArn: 'x' }],
  ['DeleteFirewallManagerRuleGroups', { webACLArn: arn }],
])('%s names the web ACL by its ID', async (name, request, response) => {
  const { change } = await found(`wafv2 ${name}`, request, response);
  expect(change?.resources).toContainEqual({ type: 'web ACL', id, name: 'foo' });
});

it('a bucket without notifications any more', async () => {
  const request = { bucketName: 'b', NotificationConfiguration: {} };
  const { change } = await found('s3 PutBucketNotification', request);
  expect(change?.sentence).toBe('set notifications of bucket b: none');
});

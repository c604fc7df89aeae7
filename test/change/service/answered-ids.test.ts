import { expect, it } from 'vitest';
import type { JsonObject } from '../../../src/cloudtrail/json.js';
import { callOf, changeOf, endsAfter, lastingAfter } from '../../support/change.js';

const change = (
  service: string,
  name: string,
  requestParameters: JsonObject,
  responseElements: JsonObject = {},
) => changeOf(callOf(service, name, { requestParameters, responseElements }));

const detector = { detectorId: '12abc34d567e8fa901bc2d34e56789f0' };
const id = '0cb0141ab9fbde177613ab9436212e90';
const arn = (service: string, rest: string) =>
  `arn:aws:${service}:eu-central-1:111111111111:${rest}`;
const subscription = arn('sns', `alerts:${id}`);

it.each<
  [
    service: string,
    made: [name: string, request: JsonObject, response: JsonObject],
    deleted: [name: string, request: JsonObject],
  ]
>([
  [
    'guardduty',
    ['CreateIPSet', { ...detector, name: 'office' }, { ipSetId: id }],
    ['DeleteIPSet', { ...detector, ipSetId: id }],
  ],
  [
    'guardduty',
    ['CreateThreatIntelSet', { ...detector, name: 'bad' }, { threatIntelSetId: id }],
    ['DeleteThreatIntelSet', { ...detector, threatIntelSetId: id }],
  ],
  [
    'guardduty',
    ['CreateFilter', { ...detector, name: 'quiet' }, { name: 'quiet' }],
    ['DeleteFilter', { ...detector, filterName: 'quiet' }],
  ],
  [
    'guardduty',
    ['CreatePublishingDestination', detector, { destinationId: id }],
    ['DeletePublishingDestination', { ...detector, destinationId: id }],
  ],
  [
    'macie2',
    ['CreateFindingsFilter', { name: 'quiet', action: 'ARCHIVE' }, { id }],
    ['DeleteFindingsFilter', { id }],
  ],
  ['macie2', ['CreateAllowList', { name: 'ours' }, { id }], ['DeleteAllowList', { id }]],
  [
    'securityhub',
    [
      'CreateAutomationRule',
      { RuleName: 'quiet' },
      { RuleArn: arn('securityhub', `automation-rule/${id}`) },
    ],
    [
      'BatchDeleteAutomationRules',
      { AutomationRulesArns: [arn('securityhub', `automation-rule/${id}`)] },
    ],
  ],
  [
    'wafv2',
    ['CreateIPSet', { name: 'office' }, { summary: { id, name: 'office' } }],
    ['DeleteIPSet', { name: 'office', id }],
  ],
  [
    'waf',
    ['CreateWebACL', { name: 'web' }, { webACL: { webACLId: id, name: 'web' } }],
    ['DeleteWebACL', { webACLId: id }],
  ],
  [
    'waf-regional',
    ['CreateIPSet', { name: 'office' }, { iPSet: { iPSetId: id, name: 'office' } }],
    ['DeleteIPSet', { iPSetId: id }],
  ],
  [
    'route53',
    ['CreateQueryLoggingConfig', { hostedZoneId: 'Z1' }, { queryLoggingConfig: { id } }],
    ['DeleteQueryLoggingConfig', { id }],
  ],
  [
    'route53',
    ['CreateTrafficPolicyInstance', { name: 'w.example.com' }, { trafficPolicyInstance: { id } }],
    ['DeleteTrafficPolicyInstance', { id }],
  ],
  [
    'route53resolver',
    ['CreateResolverQueryLogConfig', { name: 'dns' }, { resolverQueryLogConfig: { id } }],
    ['DeleteResolverQueryLogConfig', { resolverQueryLogConfigId: id }],
  ],
  [
    'sso',
    [
      'CreateTrustedTokenIssuer',
      { name: 'idp' },
      { trustedTokenIssuerArn: arn('sso', `trustedTokenIssuer/ssoins-1/tti-${id}`) },
    ],
    [
      'DeleteTrustedTokenIssuer',
      { trustedTokenIssuerArn: arn('sso', `trustedTokenIssuer/ssoins-1/tti-${id}`) },
    ],
  ],
  [
    'cloudtrail',
    ['CreateChannel', { name: 'in' }, { channelArn: arn('cloudtrail', `channel/${id}`) }],
    ['DeleteChannel', { channel: arn('cloudtrail', `channel/${id}`) }],
  ],
  [
    'ssm',
    ['CreateAssociation', { name: 'deploy' }, { associationDescription: { associationId: id } }],
    ['DeleteAssociation', { associationId: id }],
  ],
  [
    'cognito-idp',
    ['CreateUserPoolClient', { userPoolId: 'p_1' }, { userPoolClient: { clientId: id } }],
    ['DeleteUserPoolClient', { userPoolId: 'p_1', clientId: id }],
  ],
  [
    'sns',
    [
      'Subscribe',
      { topicArn: arn('sns', 'alerts'), protocol: 'email', endpoint: 'dana@example.com' },
      { subscriptionArn: subscription },
    ],
    ['Unsubscribe', { subscriptionArn: subscription }],
  ],
])('%s: %j ends with %j', (service, [name, request, response], [opposite, named]) => {
  const made = change(service, name, request, response);
  expect(lastingAfter(made)).not.toEqual([]);
  expect(lastingAfter(made, change(service, opposite, named))).toEqual([]);
  const other = Object.fromEntries(Object.entries(named).map(([key]) => [key, 'another']));
  expect(lastingAfter(made, change(service, opposite, { ...other, name: 'another' }))).toEqual(
    lastingAfter(made),
  );
});

it('names what was made by its ID and its name', () => {
  const { resources, sentence } = change(
    'guardduty',
    'CreateIPSet',
    { ...detector, name: 'office' },
    { ipSetId: id },
  );
  expect(sentence).toBe('created trusted IP list office');
  expect(resources).toEqual([{ type: 'trusted IP list', id, name: 'office' }]);
});

const answers = (name: string, request: JsonObject, answer: (id: string) => JsonObject) => ({
  name,
  request,
  answer,
});

it.each<
  [
    service: string,
    made: ReturnType<typeof answers>,
    deleted: [name: string, request: (id: string) => JsonObject],
  ]
>([
  [
    'guardduty',
    answers('CreateIPSet', { ...detector, name: 'office' }, (ipSetId) => ({ ipSetId })),
    ['DeleteIPSet', (ipSetId) => ({ ...detector, ipSetId })],
  ],
  [
    'route53resolver',
    answers('CreateResolverQueryLogConfig', { name: 'dns' }, (own) => ({
      resolverQueryLogConfig: { id: own },
    })),
    ['DeleteResolverQueryLogConfig', (own) => ({ resolverQueryLogConfigId: own })],
  ],
  [
    'wafv2',
    answers('CreateIPSet', { name: 'office' }, (own) => ({ summary: { id: own } })),
    ['DeleteIPSet', (own) => ({ name: 'office', id: own })],
  ],
  [
    'sns',
    answers(
      'Subscribe',
      {
        topicArn: arn('sns', 'alerts'),
        protocol: 'sqs',
        endpoint: 'HIDDEN_DUE_TO_SECURITY_REASONS',
      },
      (own) => ({ subscriptionArn: arn('sns', `alerts:${own}`) }),
    ),
    ['Unsubscribe', (own) => ({ subscriptionArn: arn('sns', `alerts:${own}`) })],
  ],
])('%s: of two with one name, ends the one that is deleted', (service, made, [opposite, of]) => {
  const make = (own: string) => change(service, made.name, made.request, made.answer(own));
  const calls = [make('aaaa'), make('bbbb'), change(service, opposite, of('bbbb'))];
  expect(endsAfter(...calls)).toEqual([null, 2]);
  expect(endsAfter(...calls, change(service, opposite, of('aaaa')))).toEqual([3, 2]);
});

it('ends by its name what was made without an answer that is known', () => {
  const made = change('wafv2', 'CreateIPSet', { name: 'office' });
  const gone = change('wafv2', 'DeleteIPSet', { name: 'office', id });
  expect(endsAfter(made, gone)).toEqual([1]);
  expect(gone.sentence).toBe('deleted IP set office');
  expect(gone.resources).toEqual([{ type: 'IP set', id, name: 'office' }]);
});

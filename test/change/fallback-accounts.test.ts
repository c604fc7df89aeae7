/** Calls without a describer that let in another account by naming it. */
import { describe, expect, it } from 'vitest';
import type { Json } from '../../src/cloudtrail/json.js';
import { callOf, changeOf, lastingAfter } from '../support/change.js';

type Call = readonly [name: string, request: Json, response?: Json];
const change = (service: string, [name, requestParameters, responseElements = null]: Call) =>
  changeOf(callOf(service, name, { requestParameters, responseElements }));
const other = '222222222222';
const attachment = `arn:aws:globalaccelerator::111111111111:attachment/a`;
const link = 'arn:aws:oam:eu-west-1:111111111111:link/l';
const answered = { crossAccountAttachment: { attachmentArn: attachment, name: 'a' } };

describe('an account that a call names', () => {
  it.each<[service: string, opened: Call, closed: Call]>([
    [
      'es',
      ['AuthorizeVpcEndpointAccess', { domainName: 'd', account: other }],
      ['RevokeVpcEndpointAccess', { domainName: 'd', account: other }],
    ],
    [
      'es',
      ['AuthorizeVpcEndpointAccess', { domainName: 'd', account: other }],
      ['DeleteDomain', { domainName: 'd' }],
    ],
    [
      'ds',
      ['ShareDirectory', { directoryId: 'd-1', shareTarget: { id: other, type: 'ACCOUNT' } }],
      ['UnshareDirectory', { directoryId: 'd-1', unshareTarget: { id: other, type: 'ACCOUNT' } }],
    ],
    [
      'ds',
      ['ShareDirectory', { directoryId: 'd-1', shareTarget: { id: other, type: 'ACCOUNT' } }],
      ['DeleteDirectory', { directoryId: 'd-1' }],
    ],
    [
      'oam',
      ['CreateLink', { sinkIdentifier: `arn:aws:oam:eu-west-1:${other}:sink/s` }, { arn: link }],
      ['DeleteLink', { identifier: link }],
    ],
    [
      'securitylake',
      [
        'CreateSubscriber',
        { subscriberName: 's', subscriberIdentity: { principal: other, externalId: 'x' } },
        { subscriber: { subscriberId: 's-1', subscriberName: 's' } },
      ],
      ['DeleteSubscriber', { subscriberId: 's-1' }],
    ],
    [
      'securitylake',
      ['UpdateSubscriber', { subscriberId: 's-1', subscriberIdentity: { principal: other } }],
      [
        'UpdateSubscriber',
        { subscriberId: 's-1', subscriberIdentity: { principal: '111111111111' } },
      ],
    ],
    [
      'ec2',
      [
        'CreateNetworkInterfacePermission',
        {
          CreateNetworkInterfacePermissionRequest: {
            NetworkInterfaceId: 'eni-1',
            AwsAccountId: other,
            Permission: 'INSTANCE-ATTACH',
          },
        },
        {
          CreateNetworkInterfacePermissionResponse: {
            interfacePermission: { networkInterfacePermissionId: 'eni-perm-1' },
          },
        },
      ],
      [
        'DeleteNetworkInterfacePermission',
        {
          DeleteNetworkInterfacePermissionRequest: { NetworkInterfacePermissionId: 'eni-perm-1' },
        },
      ],
    ],
    [
      'globalaccelerator',
      ['CreateCrossAccountAttachment', { name: 'a', principals: [other] }, answered],
      ['UpdateCrossAccountAttachment', { attachmentArn: attachment, removePrincipals: [other] }],
    ],
    [
      'globalaccelerator',
      ['UpdateCrossAccountAttachment', { attachmentArn: attachment, addPrincipals: [other] }],
      ['DeleteCrossAccountAttachment', { attachmentArn: attachment }],
    ],
    [
      'lightsail',
      ['UpdateBucket', { bucketName: 'b', readonlyAccessAccounts: [other] }],
      ['UpdateBucket', { bucketName: 'b', readonlyAccessAccounts: [] }],
    ],
    [
      'logs',
      [
        'CreateDelivery',
        {
          deliverySourceName: 's',
          deliveryDestinationArn: `arn:aws:logs:eu-west-1:${other}:delivery-destination:d`,
        },
        { delivery: { id: 'abc' } },
      ],
      ['DeleteDelivery', { id: 'abc' }],
    ],
    [
      'mediaconnect',
      [
        'GrantFlowEntitlements',
        { flowArn: 'f', entitlements: [{ name: 'e', subscribers: [other] }] },
        { entitlements: [{ entitlementArn: 'arn:e' }] },
      ],
      ['RevokeFlowEntitlement', { flowArn: 'f', entitlementArn: 'arn:e' }],
    ],
    [
      's3',
      [
        'CreateAccessGrant',
        {
          CreateAccessGrantRequest: {
            Grantee: { GranteeType: 'IAM', GranteeIdentifier: `arn:aws:iam::${other}:role/r` },
          },
        },
        { accessGrantId: 'g-1' },
      ],
      ['DeleteAccessGrant', { accessGrantId: 'g-1' }],
    ],
    [
      'workspaces',
      [
        'UpdateConnectionAliasPermission',
        {
          aliasId: 'wsca-1',
          connectionAliasPermission: { sharedAccountId: other, allowAssociation: true },
        },
      ],
      [
        'UpdateConnectionAliasPermission',
        {
          aliasId: 'wsca-1',
          connectionAliasPermission: { sharedAccountId: other, allowAssociation: false },
        },
      ],
    ],
    [
      'dataexchange',
      ['CreateDataGrant', { name: 'g', receiverPrincipal: other }, { id: 'dg-1', name: 'g' }],
      ['DeleteDataGrant', { dataGrantId: 'dg-1' }],
    ],
  ])('is let in until the opposite call: %s %j %j', (service, opened, closed) => {
    const begun = change(service, opened);
    expect(begun.grantees).toEqual([other]);
    expect(lastingAfter(begun)).toContain(`open to account ${other}`);
    const ended = change(service, closed);
    expect(ended.grantees).toEqual([]);
    expect(lastingAfter(begun, ended)).not.toContain(`open to account ${other}`);
  });

  it.each<[service: string, call: Call]>([
    ['es', ['AuthorizeVpcEndpointAccess', { domainName: 'd', account: '111111111111' }]],
    ['oam', ['CreateLink', { sinkIdentifier: 'arn:aws:oam:eu-west-1:111111111111:sink/s' }]],
    ['securitylake', ['UpdateSubscriber', { subscriberId: 's-1', subscriberName: other }]],
  ])('is none where the call of %s names the own account, or none: %j', (service, call) =>
    expect(change(service, call)).toMatchObject({ grantees: [], begins: [] }),
  );

  it('stays let in when another one is closed', () =>
    expect(
      lastingAfter(
        change('es', ['AuthorizeVpcEndpointAccess', { domainName: 'd', account: other }]),
        change('es', ['RevokeVpcEndpointAccess', { domainName: 'd', account: '333333333333' }]),
        change('es', ['RevokeVpcEndpointAccess', { domainName: 'e', account: other }]),
        change('es', ['UpdateDomainConfig', { domainName: 'd' }]),
      ),
    ).toEqual([`open to account ${other}`]));
});

describe('a filter of all log groups of an account', () => {
  const goal = `arn:aws:logs:eu-west-1:${other}:destination:d`;
  const policy = (policyType: string, document: string): Call => [
    'PutAccountPolicy',
    { policyName: 'p', policyType, policyDocument: document, scope: 'ALL' },
  ];
  const put = policy(
    'SUBSCRIPTION_FILTER_POLICY',
    JSON.stringify({ DestinationArn: goal, FilterPattern: '' }),
  );

  it('lets in the account that gets their events', () => {
    const begun = change('logs', put);
    expect(begun).toMatchObject({
      sentence: `set account subscription filter policy p: events of all log groups go to ${goal}`,
      grantees: [other],
    });
    const remove = (policyType: string) =>
      change('logs', ['DeleteAccountPolicy', { policyName: 'p', policyType }]);
    expect(lastingAfter(begun, remove('DATA_PROTECTION_POLICY'))).toEqual(['exists']);
    expect(lastingAfter(begun, remove('SUBSCRIPTION_FILTER_POLICY'))).toEqual([]);
  });

  it.each(['{', '[]', '{"DestinationArn":7}'])('is read whatever it is: %s', (document) =>
    expect(change('logs', policy('SUBSCRIPTION_FILTER_POLICY', document)).grantees).toEqual([]),
  );
});

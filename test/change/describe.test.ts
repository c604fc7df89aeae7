import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ChangeEvent, Exposure } from '../../src/change/change.js';
import { describeChange } from '../../src/change/describe.js';
import type { Json } from '../../src/cloudtrail/json.js';

function ec2(
  fields: Pick<ChangeEvent, 'eventName' | 'requestParameters' | 'responseElements'>,
): ChangeEvent {
  return {
    eventSource: 'ec2.amazonaws.com',
    recipientAccountId: '111111111111',
    awsRegion: 'eu-central-1',
    userIdentity: null,
    resources: null,
    ...fields,
  };
}

function described(
  requestParameters: Json,
  eventName: string | null = 'AuthorizeSecurityGroupIngress',
  responseElements: Json = null,
): string {
  return (
    describeChange(ec2({ eventName, requestParameters, responseElements }), 'succeeded')
      ?.sentence ?? ''
  );
}

function exposed(requestParameters: Json, eventName = 'AuthorizeSecurityGroupIngress') {
  const event = ec2({ eventName, requestParameters, responseElements: null });
  const change = describeChange(event, 'succeeded');
  return change?.exposure ?? null;
}

const permission = (fields: { readonly [name: string]: Json }): Json => ({
  groupId: 'sg-1',
  ipPermissions: { items: [{ ipProtocol: 'tcp', fromPort: 22, toPort: 22, ...fields }] },
});

describe('describeChange', () => {
  it.each<[string, Json]>([
    ['sg-1: tcp 22 from 0.0.0.0/0', permission({ ipRanges: { items: [{ cidrIp: '0.0.0.0/0' }] } })],
    [
      'sg-1: tcp 22-23 from ::/0',
      permission({ toPort: '23', ipv6Ranges: { items: [{ cidrIpv6: '::/0' }] } }),
    ],
    [
      'sg-1: tcp 22 from pl-1',
      permission({ prefixListIds: { items: [{ prefixListId: 'pl-1' }] } }),
    ],
    [
      'sg-1: tcp 22 from sg-2',
      permission({ groups: { items: [{ userId: '1', groupId: 'sg-2' }] } }),
    ],
    [
      'sg-1: all traffic from 10.0.0.0/8',
      permission({ ipProtocol: '-1', ipRanges: [{ cidrIp: '10.0.0.0/8' }] }),
    ],
    [
      'sg-1: all traffic from 10.0.0.0/8',
      permission({ ipProtocol: -1, ipRanges: { items: { cidrIp: '10.0.0.0/8' } } }),
    ],
    ['sg-1: icmp type 8', permission({ ipProtocol: 'icmp', fromPort: 8, toPort: -1 })],
    ['sg-1: tcp', permission({ fromPort: '-1', toPort: '-1', ipRanges: {} })],
    [
      'sg-2: tcp 0-65535 from 1.2.3.4/32',
      { groupId: 'sg-2', cidrIp: '1.2.3.4/32', fromPort: 0, toPort: 65535, ipProtocol: 'tcp' },
    ],
    [
      'sg-3: udp 53 from ::/0',
      { groupId: 'sg-3', cidrIpv6: '::/0', fromPort: 53, toPort: 53, ipProtocol: 17 },
    ],
    ['web: all traffic from other', { groupName: 'web', sourceSecurityGroupName: 'other' }],
  ])('%s', (line, request) => expect(described(request)).toBe(line));

  it('says to for egress, and puts what is open to everyone first', () => {
    const ranges = [
      ...Array.from({ length: 9 }, (_, i) => ({ cidrIp: `10.0.0.${i}/32` })),
      { cidrIp: '0.0.0.0/0' },
    ];
    const line = described(
      permission({ ipRanges: { items: ranges } }),
      'AuthorizeSecurityGroupEgress',
    );
    expect(line).toMatch(/^sg-1: tcp 22 to 0\.0\.0\.0\/0, 10\.0\.0\.0\/32, .*, and 4 more$/);
  });

  it('hides nothing behind a long list of permissions or a long name', () => {
    const items = [...Array.from({ length: 9 }, () => '10.0.0.0/8'), '0.0.0.0/0'].map((cidrIp) => ({
      ipProtocol: 'tcp',
      fromPort: 443,
      ipRanges: { items: [{ cidrIp }] },
    }));
    const line = described({ groupName: 'x'.repeat(255), ipPermissions: { items } });
    expect(line).toMatch(/^x{40}…: tcp 443 from 0\.0\.0\.0\/0; .*; and 4 more$/);
  });

  it('hides neither of two permissions given in different shapes', () => {
    const quiet = { ipProtocol: 'tcp', fromPort: 443, toPort: 443, ipRanges: ['10.0.0.0/8'] };
    const flat = { cidrIp: '0.0.0.0/0', ipProtocol: '6', fromPort: 22, toPort: 22 };
    expect(described({ groupId: 'sg-1', ...flat, ipPermissions: { items: [quiet] } })).toBe(
      'sg-1: tcp 22 from 0.0.0.0/0; tcp 443 from 10.0.0.0/8',
    );
  });

  it('keeps what comes after an overlong peer', () => {
    const ranges = [{ cidrIp: 'x'.repeat(5000) }, { cidrIp: '10.0.0.0/8' }];
    expect(described(permission({ ipRanges: { items: ranges } }))).toMatch(/x…, 10\.0\.0\.0\/8$/);
  });

  it('tells what a created group is', () => {
    const request = { groupName: 'jump', groupDescription: 'x', vpcId: 'vpc-1' };
    expect(described(request, 'CreateSecurityGroup', { groupId: 'sg-9' })).toBe(
      'sg-9 "jump" in vpc-1',
    );
    expect(described(request, 'CreateSecurityGroup')).toBe('"jump" in vpc-1');
  });

  it('names what an unknown call names', () => {
    expect(
      described({ a: { roleName: 'r' }, policyArn: 'arn:x', count: 3 }, 'AttachRolePolicy'),
    ).toBe('policyArn arn:x, roleName r');
    expect(described({ securityGroupIds: ['sg-1', 'sg-2'] }, 'X')).toBe(
      'securityGroupIds sg-1 sg-2',
    );
    expect(described({ roleName: 'x'.repeat(200_000) }, 'X').length).toBeLessThan(200);
    expect(described(null)).toBe('');
  });

  it('marks what is open to everyone, in and out', () => {
    const range = (cidrIp: string): Json => permission({ ipRanges: { items: [{ cidrIp }] } });
    const ingress: Exposure = { peer: 'everyone', direction: 'ingress' };
    for (const cidr of [
      '0.0.0.0/0',
      '1.2.3.4/0',
      '0.0.0.0/00',
      '::/0',
      '::0/0',
      '0:0:0:0:0:0:0:0/0',
      ' 0.0.0.0/0 ',
    ])
      expect(exposed(range(cidr))).toEqual(ingress);
    expect(exposed(permission({ ipv6Ranges: [{ cidrIpv6: '2001:db8::/0' }] }))).toEqual(ingress);
    expect(exposed({ groupId: 'sg-1', cidrIp: '9.9.9.9/0' })).toEqual(ingress);
    expect(exposed(range('0.0.0.0/0'), 'AuthorizeSecurityGroupEgress')).toEqual({
      peer: 'everyone',
      direction: 'egress',
    });
    for (const cidr of ['10.0.0.0/8', '0.0.0.0/1', '0.0.0.0', '/0', 'x/0', '0.0.0.0/0/0', '::/01'])
      expect(exposed(range(cidr))).toBeNull();
  });

  it('takes no name for a range', () => {
    expect(exposed({ groupName: 'no 0.0.0.0/0 here', cidrIp: '10.0.0.0/8' })).toBeNull();
    expect(exposed({ groupName: '0.0.0.0/0', sourceSecurityGroupName: '0.0.0.0/0' })).toBeNull();
    expect(exposed(permission({ groups: [{ groupName: '::/0' }] }))).toBeNull();
    expect(exposed(permission({ prefixListIds: [{ prefixListId: '::/0' }] }))).toBeNull();
    expect(exposed({ roleName: '0.0.0.0/0' }, 'CreateRole')).toBeNull();
  });

  it('marks no call that opens nothing', () => {
    const request = permission({ ipRanges: [{ cidrIp: '0.0.0.0/0' }] });
    for (const name of [
      'RevokeSecurityGroupIngress',
      'RevokeSecurityGroupEgress',
      'UpdateSecurityGroupRuleDescriptionsIngress',
    ])
      expect(exposed(request, name)).toBeNull();
  });

  it('never throws, and stays short', () => {
    let deep: Json = 'x';
    for (let i = 0; i < 50_000; i++) deep = { ipPermissions: [deep] };
    expect(described(deep).length).toBeLessThan(200);
    const names = fc.constantFrom(
      'groupId',
      'ipPermissions',
      'items',
      'ipRanges',
      'cidrIp',
      '__proto__',
      'toString',
    );
    const tree = fc.letrec((tie) => ({
      any: fc.oneof(fc.jsonValue(), fc.dictionary(names, tie('any')), fc.array(tie('any'))),
    })).any as fc.Arbitrary<Json>;
    fc.assert(
      fc.property(tree, tree, fc.constantFrom('CreateSecurityGroup', 'X', null), (a, b, name) => {
        expect(typeof described(a, name, b)).toBe('string');
      }),
    );
  });
});

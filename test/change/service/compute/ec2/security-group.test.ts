import { describe, expect, it } from 'vitest';
import type { Json } from '../../../../../src/cloudtrail/json.js';
import { describeChange } from '../../../../../src/change/describe.js';
import { changeOf, ec2Call, type Said } from '../../../../support/change.js';

const IN = 'AuthorizeSecurityGroupIngress';
const OUT = 'AuthorizeSecurityGroupEgress';
const ingress = { peer: 'everyone', direction: 'ingress' };

const permission = (fields: { readonly [name: string]: Json }): Json => ({
  groupId: 'sg-1',
  ipPermissions: { items: [{ ipProtocol: 'tcp', fromPort: 22, toPort: 22, ...fields }] },
});
const ranges = (...cidrs: readonly string[]): Json =>
  permission({ ipRanges: { items: cidrs.map((cidrIp) => ({ cidrIp })) } });
const modification = (rule: Json): Json => ({
  ModifySecurityGroupRulesRequest: {
    GroupId: 'sg-1',
    SecurityGroupRule: { tag: 1, SecurityGroupRuleId: 'sgr-1', SecurityGroupRule: rule },
  },
});
const answer = (name: string, ...rules: readonly Json[]): Json => ({
  _return: true,
  [name]: { items: rules },
});

/** What EC2 answers if the group does not have the rules that are to be revoked. */
const unknown = (...cidrs: readonly string[]): Json => ({
  _return: true,
  unknownIpPermissionSet: {
    items: [
      {
        ipProtocol: 'tcp',
        fromPort: 22,
        toPort: 22,
        ipRanges: { items: cidrs.map((cidrIp) => ({ cidrIp })) },
      },
    ],
  },
});

describe('a sentence about security groups', () => {
  it.each<Said>([
    ['opened tcp 22 to everyone (0.0.0.0/0) on sg-1', IN, ranges('0.0.0.0/0')],
    [
      'opened tcp 22-23 to everyone (::/0) on sg-1',
      IN,
      permission({ toPort: '23', ipv6Ranges: { items: [{ cidrIpv6: '::/0' }] } }),
    ],
    [
      'opened tcp 22 to everyone (0.0.0.0/1, 128.0.0.0/1) on sg-1',
      IN,
      ranges('0.0.0.0/1', '128.0.0.0/1'),
    ],
    [
      'opened tcp 22 to pl-1 on sg-1',
      IN,
      permission({ prefixListIds: { items: [{ prefixListId: 'pl-1' }] } }),
    ],
    [
      'opened tcp 22 to sg-2, sg-3 of 999988887777 on sg-1',
      IN,
      permission({
        groups: {
          items: [
            { userId: '111111111111', groupId: 'sg-2' },
            { userId: '999988887777', groupId: 'sg-3' },
          ],
        },
      }),
    ],
    [
      'opened all traffic to 10.0.0.0/8 on sg-1',
      IN,
      permission({ ipProtocol: -1, ipRanges: { items: { cidrIp: '10.1.2.3/8' } } }),
    ],
    ['opened icmp type 8 on sg-1', IN, permission({ ipProtocol: '1', fromPort: 8, toPort: -1 })],
    ['opened tcp on sg-1', IN, permission({ fromPort: '-1', toPort: '-1', ipRanges: {} })],
    [
      'opened tcp 0-65535 to 1.2.3.4/32 on sg-2',
      IN,
      { groupId: 'sg-2', cidrIp: '1.2.3.4/32', fromPort: 0, toPort: 65535, ipProtocol: 'tcp' },
    ],
    [
      'opened all traffic to other of 999988887777 on "web"',
      IN,
      {
        groupName: 'web',
        sourceSecurityGroupName: 'other',
        sourceSecurityGroupOwnerId: '999988887777',
      },
    ],
    [
      'opened tcp 22 to 10.0.0.0/8 on sg-7 "web"',
      IN,
      { groupName: 'web', ipProtocol: 'tcp', fromPort: 22, toPort: 22, cidrIp: '10.0.0.0/8' },
      answer('securityGroupRuleSet', {
        groupId: 'sg-7',
        securityGroupRuleId: 'sgr-7',
        isEgress: false,
        ipProtocol: 'tcp',
        fromPort: 22,
        toPort: 22,
        cidrIpv4: '10.0.0.0/8',
      }),
    ],
    [
      'opened all outbound traffic to everyone (0.0.0.0/0) on sg-1: "updates"',
      OUT,
      permission({
        ipProtocol: '-1',
        ipRanges: { items: [{ cidrIp: '0.0.0.0/0', description: 'updates' }] },
      }),
    ],
    ['opened outbound tcp 22 to 10.0.0.0/8 on sg-1', OUT, ranges('10.0.0.0/8')],
    [
      'closed tcp 22 to everyone (0.0.0.0/0) on sg-1',
      'RevokeSecurityGroupIngress',
      {
        groupId: 'sg-1',
        ipPermissions: {},
        ipProtocol: 'tcp',
        fromPort: 22,
        toPort: 22,
        cidrIp: '0.0.0.0/0',
      },
    ],
    [
      'closed rules sgr-1, sgr-2 on sg-1',
      'RevokeSecurityGroupIngress',
      {
        groupId: 'sg-1',
        ipPermissions: {},
        securityGroupRuleIds: {
          items: [{ securityGroupRuleId: 'sgr-1' }, { securityGroupRuleId: 'sgr-2' }],
        },
      },
    ],
    [
      'closed outbound udp 53 to pl-1 on sg-1',
      'RevokeSecurityGroupEgress',
      {
        groupId: 'sg-1',
        ipPermissions: {},
        securityGroupRuleIds: { items: [{ securityGroupRuleId: 'sgr-1' }] },
      },
      answer('revokedSecurityGroupRuleSet', {
        securityGroupRuleId: 'sgr-1',
        groupId: 'sg-1',
        isEgress: true,
        ipProtocol: 'udp',
        fromPort: 53,
        toPort: 53,
        prefixListId: 'pl-1',
      }),
    ],
    [
      'changed rule sgr-1 of sg-1, now open: tcp 22 to everyone (::/0): "vpn"',
      'ModifySecurityGroupRules',
      modification({
        IpProtocol: 'tcp',
        FromPort: 22,
        ToPort: 22,
        CidrIpv6: '::/0',
        Description: 'vpn',
      }),
    ],
    [
      'changed rule sgr-1 of sg-1: "vpn"',
      'ModifySecurityGroupRules',
      modification({ Description: 'vpn' }),
    ],
    ['opened protocol 50 (ESP) on sg-1', IN, permission({ ipProtocol: '50', fromPort: -1 })],
    [
      'closed tcp 22 to 10.0.0.0/8 on sg-1 (1 of 2 failed)',
      'RevokeSecurityGroupIngress',
      ranges('10.0.0.0/8', '0.0.0.0/0'),
      unknown('0.0.0.0/0'),
    ],
    [
      'changed the description of tcp 22 to 10.0.0.0/8 on sg-1: "office"',
      'UpdateSecurityGroupRuleDescriptionsIngress',
      permission({ ipRanges: { items: [{ cidrIp: '10.0.0.0/8', description: 'office' }] } }),
    ],
    [
      'changed the description of outbound rule sgr-1 on sg-1: "office"',
      'UpdateSecurityGroupRuleDescriptionsEgress',
      {
        groupId: 'sg-1',
        securityGroupRuleDescriptions: {
          items: [{ securityGroupRuleId: 'sgr-1', description: 'office' }],
        },
      },
    ],
    [
      'created security group sg-9 "jump" in vpc-1: "for the migration"',
      'CreateSecurityGroup',
      { groupName: 'jump', groupDescription: 'for the migration', vpcId: 'vpc-1' },
      { groupId: 'sg-9' },
    ],
    [
      'created security group "jump" in vpc-1',
      'CreateSecurityGroup',
      { groupName: 'jump', vpcId: 'vpc-1' },
    ],
    ['deleted security group sg-9', 'DeleteSecurityGroup', { groupId: 'sg-9' }],
  ])('%s', (sentence, name, request, response) =>
    expect(changeOf(ec2Call(name, request, response)).sentence).toBe(sentence),
  );

  it('says of a failed call what was tried', () => {
    const event = ec2Call(IN, ranges('0.0.0.0/0'));
    expect(describeChange(event, 'failed')?.sentence).toBe(
      'tried to open tcp 22 to everyone (0.0.0.0/0) on sg-1',
    );
  });

  it('hides nothing behind a long list or a long name', () => {
    const many = Array.from({ length: 9 }, (_, i) => `10.0.0.${i}/32`);
    const one = changeOf(ec2Call(OUT, ranges(...many, '0.0.0.0/0')));
    expect(one.sentence).toMatch(/^opened outbound tcp 22 to everyone \(0\.0\.0\.0\/0\), 10\.0/);
    expect(one.sentence).toMatch(/, and 5 more on sg-1$/);
    const items = [...many, '0.0.0.0/0'].map((cidrIp, port) => ({
      ipProtocol: 'tcp',
      fromPort: port,
      ipRanges: { items: [{ cidrIp }] },
    }));
    const other = changeOf(ec2Call(IN, { groupName: 'x'.repeat(255), ipPermissions: { items } }));
    expect(other.sentence).toMatch(/^opened tcp 9 to everyone .*; and 6 more on "x{64}…"$/);
    const peers = changeOf(ec2Call(IN, ranges('x'.repeat(5000), '10.0.0.0/8')));
    expect(peers.sentence).toMatch(/x…, 10\.0\.0\.0\/8 on sg-1$/);
  });

  it('hides neither of two permissions given in different shapes', () => {
    const quiet = { ipProtocol: 'tcp', fromPort: 443, toPort: 443, ipRanges: ['10.0.0.0/8'] };
    const flat = { cidrIp: '0.0.0.0/0', ipProtocol: '6', fromPort: 22, toPort: 22 };
    const call = ec2Call(IN, { groupId: 'sg-1', ...flat, ipPermissions: { items: [quiet] } });
    expect(changeOf(call).sentence).toBe(
      'opened tcp 22 to everyone (0.0.0.0/0); tcp 443 to 10.0.0.0/8 on sg-1',
    );
  });
});

describe('who is let in', () => {
  it.each<[string, Json]>([
    [IN, ranges('9.9.9.9/0')],
    [IN, { groupId: 'sg-1', cidrIp: ' 0.0.0.0/0 ' }],
    [IN, permission({ ipv6Ranges: [{ cidrIpv6: '2001:db8::/0' }] })],
    [
      IN,
      {
        groupId: 'sg-1',
        ipPermissions: ['0.0.0.0/1', '128.0.0.0/1'].map((cidrIp) => ({
          ipProtocol: 'tcp',
          fromPort: 1,
          toPort: 2,
          ipRanges: [{ cidrIp }],
        })),
      },
    ],
    ['ModifySecurityGroupRules', modification({ IpProtocol: -1, CidrIpv4: '0.0.0.0/0' })],
  ])('%s %j: everyone', (name, request) =>
    expect(changeOf(ec2Call(name, request)).exposure).toEqual(ingress),
  );

  it.each<[string, Json]>([
    [IN, ranges('64.0.0.0/8', 'x/0', '0.0.0.0/0/0')],
    [IN, permission({ ipv6Ranges: [{ cidrIpv6: '8000::/1' }] })],
    [IN, { groupName: 'no 0.0.0.0/0 here', cidrIp: '10.0.0.0/8' }],
    [IN, { groupName: '0.0.0.0/0', sourceSecurityGroupName: '0.0.0.0/0' }],
    [IN, permission({ groups: [{ groupName: '::/0' }] })],
    [IN, permission({ prefixListIds: [{ prefixListId: '::/0' }] })],
    ['RevokeSecurityGroupIngress', ranges('0.0.0.0/0')],
    ['RevokeSecurityGroupEgress', ranges('0.0.0.0/0')],
    ['UpdateSecurityGroupRuleDescriptionsIngress', ranges('0.0.0.0/0')],
  ])('%s %j: not everyone', (name, request) =>
    expect(changeOf(ec2Call(name, request)).exposure).toBeNull(),
  );

  it.each<[string, string, string]>([
    ['0.0.0.0/1', 'half of the internet', 'much of the internet'],
    ['128.0.0.0/1', 'half of the internet', 'much of the internet'],
    ['64.0.0.0/2', 'a quarter of the internet', 'much of the internet'],
    ['32.0.0.0/3', 'an eighth of the internet', 'much of the internet'],
    ['10.0.0.0/7', '1/128 of the internet', 'much of the internet'],
    ['2000::/4', 'half of the IPv6 internet', 'much of the internet'],
    ['2a00::/15', '1/4096 of the IPv6 internet', 'much of the internet'],
    ['::/1', 'everyone', 'everyone'],
  ])('says of %s that it is %s', (range, breadth, peer) => {
    const list = range.includes(':')
      ? permission({ ipv6Ranges: [{ cidrIpv6: '2a00:1::/32' }, { cidrIpv6: range }] })
      : ranges('198.51.100.0/24', range);
    const { sentence, exposure, begins } = changeOf(ec2Call(IN, list));
    expect(sentence).toContain(`opened tcp 22 to ${breadth} (${range}), `);
    expect(exposure).toEqual({ peer, direction: 'ingress' });
    const what = `tcp 22 open to ${range} (${breadth})`;
    expect(begins.at(-1)?.what).toBe(what);
    const closed = changeOf(ec2Call('RevokeSecurityGroupIngress', list));
    expect(closed.ends.at(-1)?.what).toBe(what);
    expect(changeOf(ec2Call(OUT, list)).exposure).toEqual({ peer, direction: 'egress' });
  });

  it('says how much addresses are that nobody on the internet has, and shows the wider permission first', () => {
    const unused = permission({ ipv6Ranges: [{ cidrIpv6: '8000::/1' }] });
    expect(changeOf(ec2Call(IN, unused)).sentence).toBe(
      'opened tcp 22 to half of all IPv6 addresses (8000::/1) on sg-1',
    );
    const several = [80, 443, 22].map((port, nth) => ({
      ipProtocol: 'tcp',
      fromPort: port,
      toPort: port,
      ipRanges: [{ cidrIp: ['10.0.0.0/8', '0.0.0.0/1', '0.0.0.0/0'][nth] ?? '' }],
    }));
    expect(changeOf(ec2Call(IN, { groupId: 'sg-1', ipPermissions: several })).sentence).toBe(
      'opened tcp 22 to everyone (0.0.0.0/0); tcp 443 to half of the internet (0.0.0.0/1); tcp 80 to 10.0.0.0/8 on sg-1',
    );
  });

  it('marks what may reach everyone as outbound', () => {
    const { exposure } = changeOf(ec2Call(OUT, ranges('0.0.0.0/0')));
    expect(exposure).toEqual({ peer: 'everyone', direction: 'egress' });
  });

  it('names the accounts of other groups, and only where they are let in', () => {
    const groups = permission({ groups: { items: [{ userId: 12345678901, groupId: 'sg-2' }] } });
    expect(changeOf(ec2Call(IN, groups)).grantees).toEqual(['012345678901']);
    expect(changeOf(ec2Call(OUT, groups)).grantees).toEqual([]);
    expect(changeOf(ec2Call('RevokeSecurityGroupIngress', groups)).grantees).toEqual([]);
  });
});

describe('the states of a security group', () => {
  const flat: Json = {
    groupId: 'sg-1',
    ipProtocol: '6',
    fromPort: '22',
    toPort: '22',
    cidrIp: '1.2.3.4/0',
  };
  const shapes: readonly Json[] = [
    ranges('0.0.0.0/0'),
    flat,
    {
      groupId: 'sg-1',
      ipPermissions: [{ ipProtocol: 'tcp', fromPort: 22, toPort: 22, ipRanges: ['0.0.0.0/0'] }],
    },
  ];

  it('are the same in every shape of a request', () => {
    for (const shape of shapes) {
      const { begins } = changeOf(ec2Call(IN, shape));
      expect(begins).toEqual([{ resource: 'sg-1', what: 'tcp 22 open to 0.0.0.0/0' }]);
      expect(changeOf(ec2Call('RevokeSecurityGroupIngress', shape)).ends).toEqual(begins);
      expect(changeOf(ec2Call('RevokeSecurityGroupEgress', shape)).ends).not.toEqual(begins);
    }
  });

  it('have a rule, by which later calls end them', () => {
    const rule = {
      groupId: 'sg-1',
      securityGroupRuleId: 'sgr-1',
      ipProtocol: 'tcp',
      fromPort: 22,
      toPort: 22,
      cidrIpv4: '0.0.0.0/0',
    };
    const opened = changeOf(ec2Call(IN, ranges('0.0.0.0/0'), answer('securityGroupRuleSet', rule)));
    expect(opened.begins).toEqual([
      { resource: 'sg-1', what: 'tcp 22 open to 0.0.0.0/0', part: 'sgr-1' },
    ]);
    expect(opened.resources).toEqual([
      { type: 'security group', id: 'sg-1', name: null },
      { type: 'security group rule', id: 'sgr-1', name: null },
    ]);
    const narrowed = changeOf(
      ec2Call(
        'ModifySecurityGroupRules',
        modification({ IpProtocol: 'tcp', CidrIpv4: '10.0.0.0/8' }),
      ),
    );
    expect(narrowed.removes).toEqual(['sgr-1']);
    expect(narrowed.begins).toEqual([
      { resource: 'sg-1', what: 'tcp open to 10.0.0.0/8', part: 'sgr-1' },
    ]);
    const byId = {
      groupId: 'sg-1',
      securityGroupRuleIds: { items: [{ securityGroupRuleId: 'sgr-1' }] },
    };
    expect(changeOf(ec2Call('RevokeSecurityGroupIngress', byId)).removes).toEqual(['sgr-1']);
  });

  it('do not end with a call that revoked nothing', () => {
    const revoke = (response: Json) =>
      ec2Call('RevokeSecurityGroupIngress', ranges('10.0.0.0/8', '0.0.0.0/0'), response);
    const all = revoke(unknown('10.0.0.0/8', '0.0.0.0/0'));
    expect(describeChange(all, 'failed')).toMatchObject({
      sentence: 'tried to close tcp 22 to everyone (0.0.0.0/0), 10.0.0.0/8 on sg-1 (no such rule)',
      ends: [],
    });
    expect(changeOf(revoke(unknown('0.0.0.0/0'))).ends).toEqual([
      { resource: 'sg-1', what: 'tcp 22 open to 10.0.0.0/8' },
    ]);
    const other = ec2Call('RevokeSecurityGroupIngress', ranges('0.0.0.0/0'), unknown('unlike it'));
    expect(describeChange(other, 'failed')).toMatchObject({
      sentence: 'tried to close tcp 22 to everyone (0.0.0.0/0) on sg-1 (no such rule)',
      ends: [],
    });
    // Which of the two it was is not known.
    expect(changeOf(revoke(unknown('unlike the request'))).ends).toEqual([]);
  });

  it('are those of the group of a name, and of nothing else with that name', () => {
    const opened = changeOf(
      ec2Call(IN, { groupName: 'web', ipProtocol: 'tcp', fromPort: 22, cidrIp: '0.0.0.0/0' }),
    );
    expect(opened.begins[0]?.resource).toBe('security group web');
    const deleted = (name: string, request: Json) => changeOf(ec2Call(name, request)).removes;
    expect(deleted('DeleteSecurityGroup', { groupName: 'web' })).toEqual(['security group web']);
    expect(deleted('DeleteKeyPair', { keyName: 'web' })).toEqual(['key pair web']);
  });

  it('end with the group', () => {
    const created = changeOf(
      ec2Call('CreateSecurityGroup', { groupName: 'x' }, { groupId: 'sg-1' }),
    );
    expect(created.begins).toEqual([{ resource: 'sg-1', what: 'exists' }]);
    expect(changeOf(ec2Call('DeleteSecurityGroup', { groupId: 'sg-1' })).removes).toEqual(['sg-1']);
  });
});

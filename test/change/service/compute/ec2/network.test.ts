import { describe, expect, it } from 'vitest';
import type { Json } from '../../../../../src/cloudtrail/json.js';
import { changeOf, ec2Call, type Said } from '../../../../support/change.js';

const named = (name: string): Json => ({
  items: [{ resourceType: 'vpc', tags: [{ key: 'Name', value: name }] }],
});
const OWN = '111111111111';
const OTHER = '999988887777';
const peering: Json = {
  vpcPeeringConnection: {
    vpcPeeringConnectionId: 'pcx-1',
    requesterVpcInfo: { ownerId: OTHER, vpcId: 'vpc-9' },
    accepterVpcInfo: { ownerId: OWN, vpcId: 'vpc-1' },
  },
};
const entry = (fields: { readonly [name: string]: Json }): Json => ({
  networkAclId: 'acl-1',
  ruleNumber: 100,
  egress: false,
  ruleAction: 'allow',
  aclProtocol: '6',
  portRange: { from: 22, to: 22 },
  cidrBlock: '0.0.0.0/0',
  ...fields,
});

describe('a sentence about a network', () => {
  it.each<Said>([
    [
      'created VPC vpc-1 "lab" 10.0.0.0/16',
      'CreateVpc',
      { cidrBlock: '10.0.0.0/16', tagSpecificationSet: named('lab') },
      { vpc: { vpcId: 'vpc-1', ownerId: OWN } },
    ],
    ['created VPC 10.0.0.0/16', 'CreateVpc', { cidrBlock: '10.0.0.0/16' }],
    ['deleted VPC vpc-1', 'DeleteVpc', { vpcId: 'vpc-1' }],
    [
      'created NAT gateway nat-1 "out" in subnet-1 with eipalloc-1',
      'CreateNatGateway',
      {
        CreateNatGatewayRequest: {
          SubnetId: 'subnet-1',
          AllocationId: 'eipalloc-1',
          TagSpecification: { tag: 1, Tag: [{ Key: 'Name', Value: 'out', tag: 1 }] },
        },
      },
      { CreateNatGatewayResponse: { natGateway: { natGatewayId: 'nat-1' } } },
    ],
    [
      'attached internet gateway igw-1 to vpc-1',
      'AttachInternetGateway',
      { internetGatewayId: 'igw-1', vpcId: 'vpc-1' },
    ],
    [
      'created default route 0.0.0.0/0 → igw-1 in rtb-1',
      'CreateRoute',
      { routeTableId: 'rtb-1', destinationCidrBlock: '0.0.0.0/0', gatewayId: 'igw-1' },
    ],
    [
      'created route 2001:db8::/32 → pcx-1 in rtb-1',
      'CreateRoute',
      {
        routeTableId: 'rtb-1',
        destinationIpv6CidrBlock: '2001:db8::/32',
        vpcPeeringConnectionId: 'pcx-1',
      },
    ],
    [
      'deleted default route 0.0.0.0/0 from rtb-1',
      'DeleteRoute',
      { routeTableId: 'rtb-1', destinationCidrBlock: '0.0.0.0/0' },
    ],
    [
      'created route 10.0.0.0/8 → nowhere in tgw-rtb-1',
      'CreateTransitGatewayRoute',
      {
        CreateTransitGatewayRouteRequest: {
          TransitGatewayRouteTableId: 'tgw-rtb-1',
          DestinationCidrBlock: '10.0.0.0/8',
          Blackhole: true,
        },
      },
    ],
    [
      'replaced the route table of association rtbassoc-1 by rtb-2',
      'ReplaceRouteTableAssociation',
      { associationId: 'rtbassoc-1', routeTableId: 'rtb-2' },
    ],
    [
      'allowed tcp 22 from everyone (0.0.0.0/0) in acl-1 (inbound rule 100)',
      'CreateNetworkAclEntry',
      entry({}),
    ],
    [
      'blocked all traffic to 10.0.0.0/8 in acl-1 (outbound rule 100, replaced)',
      'ReplaceNetworkAclEntry',
      entry({ ruleAction: 'deny', egress: true, aclProtocol: -1, cidrBlock: '10.0.0.0/8' }),
    ],
    [
      'deleted inbound rule 100 of acl-1',
      'DeleteNetworkAclEntry',
      { networkAclId: 'acl-1', ruleNumber: 100, egress: false },
    ],
    [
      'created VPC peering pcx-1 of vpc-1 to vpc-9 of account 999988887777',
      'CreateVpcPeeringConnection',
      { vpcId: 'vpc-1', peerVpcId: 'vpc-9', peerOwnerId: OTHER },
      peering,
    ],
    [
      'accepted VPC peering pcx-1 of vpc-9 and vpc-1 with account 999988887777',
      'AcceptVpcPeeringConnection',
      { vpcPeeringConnectionId: 'pcx-1' },
      peering,
    ],
    [
      'created flow logs fl-1 of vpc-1 to arn:aws:s3:::logs for traffic REJECT',
      'CreateFlowLogs',
      {
        CreateFlowLogsRequest: {
          ResourceId: { tag: 1, content: 'vpc-1' },
          LogDestination: 'arn:aws:s3:::logs',
          TrafficType: 'REJECT',
        },
      },
      { CreateFlowLogsResponse: { flowLogIdSet: { item: 'fl-1' } } },
    ],
    [
      'deleted flow logs fl-1, fl-2',
      'DeleteFlowLogs',
      {
        DeleteFlowLogsRequest: {
          FlowLogId: [
            { tag: 1, content: 'fl-1' },
            { tag: 2, content: 'fl-2' },
          ],
        },
      },
    ],
    [
      'allocated address 192.0.2.1 (eipalloc-1) "nat"',
      'AllocateAddress',
      { domain: 'vpc', tagSpecificationSet: named('nat') },
      { publicIp: '192.0.2.1', allocationId: 'eipalloc-1' },
    ],
    [
      'created VPC endpoint vpce-1 to com.amazonaws.eu-central-1.s3 in vpc-1',
      'CreateVpcEndpoint',
      {
        CreateVpcEndpointRequest: {
          VpcId: 'vpc-1',
          ServiceName: 'com.amazonaws.eu-central-1.s3',
        },
      },
      { CreateVpcEndpointResponse: { vpcEndpoint: { vpcEndpointId: 'vpce-1' } } },
    ],
    [
      'changed the policy of vpce-1 to: full access',
      'ModifyVpcEndpoint',
      { ModifyVpcEndpointRequest: { VpcEndpointId: 'vpce-1', ResetPolicy: true } },
    ],
    [
      'changed VPC endpoint vpce-1: AddRouteTableId rtb-1',
      'ModifyVpcEndpoint',
      {
        ModifyVpcEndpointRequest: {
          VpcEndpointId: 'vpce-1',
          AddRouteTableId: { tag: 1, content: 'rtb-1' },
        },
      },
    ],
    [
      'deleted VPC endpoint vpce-1',
      'DeleteVpcEndpoints',
      { DeleteVpcEndpointsRequest: { VpcEndpointId: { tag: 1, content: 'vpce-1' } } },
    ],
    [
      'shared endpoint service vpce-svc-1 with everyone',
      'ModifyVpcEndpointServicePermissions',
      {
        ModifyVpcEndpointServicePermissionsRequest: {
          ServiceId: 'vpce-svc-1',
          AddAllowedPrincipals: { tag: 1, content: '*' },
        },
      },
    ],
  ])('%s', (sentence, name, request, response) =>
    expect(changeOf(ec2Call(name, request, response)).sentence).toBe(sentence),
  );
});

describe('what changes of a network open', () => {
  it('lets others in through ACLs and peerings, and out through default routes', () => {
    const exposureOf = (name: string, request: Json) => changeOf(ec2Call(name, request)).exposure;
    expect(exposureOf('CreateNetworkAclEntry', entry({}))?.direction).toBe('ingress');
    expect(exposureOf('CreateNetworkAclEntry', entry({ egress: true }))?.direction).toBe('egress');
    expect(exposureOf('CreateNetworkAclEntry', entry({ ruleAction: 'deny' }))).toBeNull();
    expect(exposureOf('CreateNetworkAclEntry', entry({ cidrBlock: '10.0.0.0/8' }))).toBeNull();
    const route = { routeTableId: 'rtb-1', destinationCidrBlock: '0.0.0.0/0' };
    expect(exposureOf('CreateRoute', { ...route, gatewayId: 'igw-1' })?.direction).toBe('egress');
    expect(exposureOf('CreateRoute', { ...route, gatewayId: 'vgw-1' })).toBeNull();
    expect(exposureOf('DeleteRoute', { ...route, gatewayId: 'igw-1' })).toBeNull();
  });

  it('names the other account of a peering, and no account of our own', () => {
    const grantees = (peerOwnerId: Json) =>
      changeOf(ec2Call('CreateVpcPeeringConnection', { vpcId: 'vpc-1', peerOwnerId })).grantees;
    expect(grantees(OTHER)).toEqual([OTHER]);
    expect(grantees(12345678901)).toEqual(['012345678901']);
    expect(grantees(OWN)).toEqual([]);
    const accepted = ec2Call(
      'AcceptVpcPeeringConnection',
      { vpcPeeringConnectionId: 'pcx-1' },
      peering,
    );
    expect(changeOf(accepted).grantees).toEqual([OTHER]);
  });
});

describe('a prefix list', () => {
  const entries = {
    AddEntry: { tag: 1, Cidr: '0.0.0.0/0' },
    RemoveEntry: [{ Cidr: '10.0.0.0/8' }],
  };
  const modify = (fields: { readonly [name: string]: Json }) =>
    changeOf(
      ec2Call('ModifyManagedPrefixList', {
        ModifyManagedPrefixListRequest: { PrefixListId: 'pl-1', ...fields },
      }),
    );

  it('lets in what is added to it', () => {
    const changed = modify(entries);
    expect(changed.sentence).toBe(
      'added everyone (0.0.0.0/0) to prefix list pl-1 in place of 10.0.0.0/8',
    );
    expect(changed.exposure?.peer).toBe('everyone');
    expect(modify({ RemoveEntry: { Cidr: '0.0.0.0/0' } }).ends).toEqual(changed.begins);
    expect(modify({ PrefixListName: 'x' }).sentence).toBe(
      'changed prefix list pl-1: PrefixListName x',
    );
  });

  it('is created with entries, under an ID of its own', () => {
    const created = changeOf(
      ec2Call(
        'CreateManagedPrefixList',
        {
          CreateManagedPrefixListRequest: {
            PrefixListName: 'office',
            Entry: { Cidr: '192.0.2.0/24' },
          },
        },
        { CreateManagedPrefixListResponse: { prefixList: { prefixListId: 'pl-1' } } },
      ),
    );
    expect(created.sentence).toBe('created prefix list pl-1 "office" of 192.0.2.0/24');
    expect(created.begins.map(({ resource, what }) => `${resource} ${what}`)).toEqual([
      'pl-1 exists',
      'pl-1 has 192.0.2.0/24',
    ]);
  });
});

describe('opposite calls about a network', () => {
  const route = { routeTableId: 'rtb-1', destinationCidrBlock: '0.0.0.0/0' };
  const gateway = { internetGatewayId: 'igw-1', vpcId: 'vpc-1' };
  it.each<[first: string, Json, Json, second: string, Json]>([
    ['AttachInternetGateway', gateway, null, 'DetachInternetGateway', gateway],
    [
      'EnableVgwRoutePropagation',
      { routeTableId: 'rtb-1', gatewayId: 'vgw-1' },
      null,
      'DisableVgwRoutePropagation',
      { routeTableId: 'rtb-1', gatewayId: 'vgw-1' },
    ],
  ])('%s begins what another call ends', (first, request, response, second, opposite) => {
    const { begins } = changeOf(ec2Call(first, request, response));
    expect(begins).toHaveLength(1);
    expect(changeOf(ec2Call(second, opposite)).ends).toEqual(begins);
  });

  it.each<[made: string, Json, replaced: string, Json, deleted: string, Json]>([
    [
      'route 0.0.0.0/0 → igw-1',
      { ...route, gatewayId: 'igw-1' },
      'route 0.0.0.0/0 → local',
      { ...route, localTarget: true },
      'Route',
      route,
    ],
    [
      'allows tcp 22 from 0.0.0.0/0 (inbound rule 100)',
      entry({}),
      'blocks protocol 47 (GRE) from 0.0.0.0/0 (inbound rule 100)',
      entry({ ruleAction: 'deny', aclProtocol: '47', portRange: {} }),
      'NetworkAclEntry',
      { networkAclId: 'acl-1', ruleNumber: 100, egress: false },
    ],
  ])('%s ends when it is replaced or deleted', (first, request, second, other, noun, deletion) => {
    const made = changeOf(ec2Call(`Create${noun}`, request));
    const replaced = changeOf(ec2Call(`Replace${noun}`, other));
    expect([made, replaced].map(({ begins }) => begins.map(({ what }) => what))).toEqual([
      [first],
      [second],
    ]);
    const parts = made.begins.map(({ part }) => part);
    expect(made.removes).toEqual([]);
    expect(replaced.begins.map(({ part }) => part)).toEqual(parts);
    expect(replaced.removes).toEqual(parts);
    expect(changeOf(ec2Call(`Delete${noun}`, deletion)).removes).toEqual(parts);
  });

  it('do not count what failed', () => {
    const ids = [1, 2].map((tag) => ({ tag, content: `fl-${tag}` }));
    const deleted = changeOf(
      ec2Call(
        'DeleteFlowLogs',
        { DeleteFlowLogsRequest: { FlowLogId: ids } },
        { DeleteFlowLogsResponse: { unsuccessful: { item: [{ resourceId: 'fl-2' }] } } },
      ),
    );
    expect(deleted.sentence).toBe('deleted flow logs fl-1, fl-2 (1 of 2 failed: fl-2)');
    expect(deleted.removes).toEqual(['fl-1']);
    const accepted = changeOf(
      ec2Call(
        'AcceptVpcEndpointConnections',
        { serviceId: 'vpce-svc-1', vpcEndpointIds: ['vpce-1', 'vpce-2'] },
        { unsuccessful: [{ resourceId: 'vpce-1' }] },
      ),
    );
    expect(accepted.begins.map(({ what }) => what)).toEqual(['connected with vpce-2']);
  });

  it('may name an association by its ID alone', () => {
    const association = { associationId: 'rtbassoc-1' };
    const request = { routeTableId: 'rtb-1', subnetId: 'subnet-1' };
    expect(changeOf(ec2Call('AssociateRouteTable', request, association)).begins).toEqual([
      { resource: 'rtb-1', what: 'attached to subnet-1', part: 'rtbassoc-1' },
    ]);
    const replaced = ec2Call('ReplaceRouteTableAssociation', {
      ...association,
      routeTableId: 'rtb-2',
    });
    expect(changeOf(replaced).removes).toEqual(['rtbassoc-1']);
    const ended = changeOf(ec2Call('DisassociateRouteTable', association));
    expect(ended.removes).toEqual(['rtbassoc-1']);
    expect(ended.sentence).toBe('disassociated route table (rtbassoc-1)');
  });

  it('create what others delete', () => {
    const created = changeOf(
      ec2Call('CreateSubnet', { vpcId: 'vpc-1' }, { subnet: { subnetId: 'subnet-1' } }),
    );
    expect(created.begins).toEqual([{ resource: 'subnet-1', what: 'exists' }]);
    expect(changeOf(ec2Call('DeleteSubnet', { subnetId: 'subnet-1' })).removes).toEqual([
      'subnet-1',
    ]);
  });
});

/**
 * The condition that a change concerns a resource. Only the members of a request count that say what a call is about: elsewhere
 * a caller may write any text, as in a description or a tag, or name a resource that only plays a part, as a peer of a rule.
 */
import { OF_OPTIONS, testOf } from '../condition/build.js';
import type { Condition } from '../condition/condition.js';

/** What a member lists, and where an element has the ID. */
type List = readonly [list: string, member?: string];

/** Where a request names what it is about, or what that is in: the members, and the lists of which each element must be allowed. */
interface Places {
  readonly members: readonly string[];
  readonly lists: readonly List[];
}

const MANY_IDS: List = ['resourcesSet.items', 'resourceId'];

/** By the beginning of an ID that AWS makes. */
const OF_ID: Readonly<Record<string, Places>> = {
  acl: ofId('networkAclId'),
  ami: ofId('imageId', ['imagesSet.items', 'imageId']),
  eipalloc: ofId('allocationId'),
  eni: ofId('networkInterfaceId'),
  fl: ofId('flowLogId', ['DeleteFlowLogsRequest.FlowLogId', 'content']),
  fs: ofId('fileSystemId'),
  i: ofId('instanceId', ['instancesSet.items', 'instanceId'], ['instanceIds']),
  igw: ofId('internetGatewayId'),
  lt: ofId('launchTemplateId'),
  nat: ofId('natGatewayId'),
  pl: ofId('prefixListId'),
  rtb: ofId('routeTableId'),
  sg: ofId('groupId ModifySecurityGroupRulesRequest.GroupId'),
  snap: ofId('snapshotId'),
  subnet: ofId('subnetId'),
  tgw: ofId('transitGatewayId'),
  vol: ofId('volumeId'),
  vpc: ofId('vpcId'),
  vpce: ofId('vpcEndpointId', ['DeleteVpcEndpointsRequest.VpcEndpointId', 'content']),
};

const OF_ARN: Places = {
  members:
    words(`arn certificateArn cluster functionName keyId listenerArn loadBalancerArn openIDConnectProviderArn permissionSetArn
    policyArn resource resourceARN resourceArn resourceShareArn ruleArn sAMLProviderArn secretId serialNumber stackName stateMachineArn
    streamARN subscriptionArn targetGroupArn topicArn webACLArn`),
  lists: [['resourceArns'], ['resourceArn']],
};

const OF_NAME: Places = {
  members:
    words(`accessKeyId alarmName aliasName apiId applicationName associationId autoScalingGroupName bucketName
    cacheClusterId clusterIdentifier clusterName cluster configRuleName configurationRecorderName databaseName dBClusterIdentifier
    dBClusterSnapshotIdentifier dBInstanceIdentifier dBParameterGroupName dBSecurityGroupName dBSnapshotIdentifier dBSubnetGroupName
    deliveryStreamName detectorId documentName domainName eventBusName functionName groupId groupName hostedZoneId id instanceProfileName
    jobName keyId launchConfigurationName launchTemplateName layerName loadBalancerName logGroupName name nodegroupName
    pipelineName policyId projectName queueUrl replicationGroupId repositoryName resourceId restApiId roleName rule
    ruleName secretId serverCertificateName serverId service stackName streamName tableName thingName trailName userName userPoolId
    virtualMFADeviceName workGroup`),
  lists: [['alarmNames'], ['secretIdList'], MANY_IDS],
};

function ofId(members: string, ...lists: readonly List[]): Places {
  return { members: [...words(members), 'resourceId'], lists: [...lists, MANY_IDS] };
}

function words(text: string): readonly string[] {
  return text.split(/\s+/);
}

/** A statement in Athena has a longest text, so a value is looked for only where calls have values of its kind. */
function placesOf(value: string): Places {
  if (value.startsWith('arn:')) return OF_ARN;
  const [, kind = ''] = /^([a-z]+)-[0-9a-f]{8,}$/.exec(value) ?? [];
  return (Object.hasOwn(OF_ID, kind) ? OF_ID[kind] : undefined) ?? OF_NAME;
}

/** Whether one of these IDs, names or ARNs is that of a resource which the change concerns. */
export function concerns(values: readonly string[]): Condition {
  const places = values.map(placesOf);
  const members = new Set(places.flatMap((one) => one.members));
  const lists = new Set(places.flatMap((one) => one.lists));
  return {
    kind: 'any',
    of: [
      ...[...members].map((member) => testOf(`requestParameters.${member}`, 'in', values)),
      ...[...lists].map((list) => isEach(list, values)),
      isListed(values),
    ],
    text: `concerns ${values.join(' or ')}`,
  };
}

function isEach([list, ...member]: List, values: readonly string[]): Condition {
  const of = { ...testOf('', 'in', values), field: member.flatMap((one) => one ?? []) };
  const field = `requestParameters.${list}`.split('.');
  const element = { kind: 'element', field, of, at: OF_OPTIONS } as const;
  // All elements of an empty list fit.
  return {
    kind: 'all',
    of: [
      { ...element, quantifier: 'any' },
      { ...element, quantifier: 'all' },
    ],
  };
}

/**
 * Whether AWS lists a resource with this ARN, or with this name behind its type. What follows a slash in an ARN without an account
 * is the key of an object, which anyone may choose.
 */
function isListed(values: readonly string[]): Condition {
  const names = values.filter((value) => !value.startsWith('arn:')).map(literally);
  const arns = [
    ...values.map((value) => `^${literally(value)}$`),
    ...names.flatMap((name) => [
      `^arn:[^:]*:[^:]*:[^:]*:[0-9]+:(?:[A-Za-z-]+[:/])?${name}$`,
      `^arn:[^:]*:[^:]*:[^:]*:[^:]*:${name}$`,
    ]),
  ];
  return {
    kind: 'element',
    quantifier: 'any',
    field: ['resources'],
    of: testOf('arn', 'regex', arns),
    at: OF_OPTIONS,
  };
}

function literally(text: string): string {
  return text.replace(/[\\^$+.*?()|[\]{}]/g, (sign) => `\\${sign}`);
}

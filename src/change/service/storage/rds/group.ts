/** Groups of databases: subnets, parameters, options; and the security groups from before VPCs, which other services have too. */
import type { Json } from '../../../../cloudtrail/json.js';
import { accountOf } from '../../../request/account.js';
import { canonicalRange, exposureTo, rangeState, rangeText } from '../../../request/address.js';
import type { ChangeEvent, Description } from '../../../change.js';
import type { Describers } from '../../../describers.js';
import { details, resource, shortId, shortIds } from '../../compute/ec2/details.js';
import { list, text, texts } from '../../../request/ec2-shape.js';
import { phrase } from '../../../sentence.js';
import { keyOf } from './key.js';

/** By the name that the calls have: the type, and the parameter with the name. */
const GROUPS: Readonly<Record<string, readonly [type: string, name: string]>> = {
  DBSubnetGroup: ['DB subnet group', 'dBSubnetGroupName'],
  DBParameterGroup: ['DB parameter group', 'dBParameterGroupName'],
  DBClusterParameterGroup: ['DB cluster parameter group', 'dBClusterParameterGroupName'],
  OptionGroup: ['option group', 'optionGroupName'],
  DBSecurityGroup: ['DB security group', 'dBSecurityGroupName'],
};

export const databaseGroups: Describers = {
  ...Object.fromEntries(
    Object.entries(GROUPS).flatMap(([noun, [type, name]]) => [
      [`Create${noun}`, (event: ChangeEvent) => describeGroup(event, 'create', [type, name])],
      [`Modify${noun}`, (event: ChangeEvent) => describeGroup(event, 'change', [type, name])],
      [`Delete${noun}`, (event: ChangeEvent) => describeGroup(event, 'delete', [type, name])],
    ]),
  ),
  ...classicGroups('DBSecurityGroup', ['DB security group', 'dBSecurityGroupName']),
};

export const redshiftGroups: Describers = classicGroups('ClusterSecurityGroup', [
  'cluster security group',
  'clusterSecurityGroupName',
]);

export const cacheGroups: Describers = classicGroups('CacheSecurityGroup', [
  'cache security group',
  'cacheSecurityGroupName',
]);

function describeGroup(
  { requestParameters: request }: ChangeEvent,
  verb: 'create' | 'change' | 'delete',
  [type, name]: readonly [type: string, name: string],
): Description | undefined {
  const id = text(request, name);
  if (id === undefined) return undefined;
  const subnets = texts(list(request, 'subnetIds'), 'subnetIdentifier');
  const settings = [
    ...settingsIn(request, 'parameters', ['parameterName', 'parameterValue']),
    ...texts(list(request, 'optionsToInclude'), 'optionName').map((option) => `with ${option}`),
    ...texts(list(request, 'optionsToRemove')).map((option) => `without ${option}`),
  ];
  const state = keyOf(type, id);
  return {
    verb,
    object: phrase(
      type,
      shortId(id),
      details(request, [['of', 'dBParameterGroupFamily', 'engineName']]),
      subnets.length === 0 ? undefined : `of ${shortIds(subnets)}`,
      settings.length === 0 ? undefined : `(${shortIds(settings)})`,
    ),
    resources: [resource(type, id)],
    ...(verb === 'create' && { begins: [{ resource: state, what: 'exists' }] }),
    ...(verb === 'delete' && { removes: [state] }),
  };
}

/** `rds.force_ssl=0`. */
function settingsIn(
  request: Json,
  member: string,
  [name, value]: readonly [name: string, value: string],
): readonly string[] {
  return list(request, member).flatMap((item) => {
    const found = text(item, name);
    return found === undefined ? [] : [`${found}=${text(item, value) ?? ''}`];
  });
}

/** The calls that let a range or a group of EC2 reach a service outside of VPCs. */
function classicGroups(noun: string, kind: readonly [type: string, name: string]): Describers {
  return {
    [`Authorize${noun}Ingress`]: (event) => describeClassic(event, 'open', kind),
    [`Revoke${noun}Ingress`]: (event) => describeClassic(event, 'close', kind),
  };
}

function describeClassic(
  { requestParameters: request, recipientAccountId }: ChangeEvent,
  verb: 'open' | 'close',
  [type, name]: readonly [type: string, name: string],
): Description | undefined {
  const group = text(request, name);
  const range = text(request, 'cIDRIP', 'cidrip', 'cidrIp');
  const network = range === undefined ? undefined : canonicalRange(range);
  const peer =
    network ?? text(request, 'eC2SecurityGroupId', 'eC2SecurityGroupName', 'ec2SecurityGroupName');
  if (group === undefined || peer === undefined) return undefined;
  const owner = accountOf(text(request, 'eC2SecurityGroupOwnerId', 'ec2SecurityGroupOwnerId'));
  const other = owner === recipientAccountId ? undefined : owner;
  const state = network === undefined ? peer : rangeState(network);
  const states = [{ resource: keyOf(type, group), what: `open to ${state}` }];
  return {
    verb,
    object: phrase(
      type,
      shortId(group),
      'to',
      network === undefined ? shortId(peer) : rangeText(network, shortId(peer)),
      other && `of ${other}`,
    ),
    resources: [resource(type, group)],
    ...(verb === 'close'
      ? { ends: states }
      : {
          begins: states,
          grantees: other === undefined ? [] : [other],
          exposure: network === undefined ? null : exposureTo([network]),
        }),
  };
}

/** Instances: launched, started, stopped, terminated. */
import type { ChangeEvent, Description } from '../../../../change.js';
import type { Describers } from '../../../../describers.js';
import { phrase } from '../../../../sentence.js';
import type { Verb } from '../../../../verb.js';
import { details, nameTagOf, quoted, resource, shortId, shortIds } from '../details.js';
import { isSpot, protectionText } from './launch.js';
import {
  field,
  flag,
  list,
  requestOf,
  responseOf,
  text,
  texts,
} from '../../../../request/ec2-shape.js';

const TYPE = 'instance';

export const instances: Describers = {
  RunInstances: describeLaunch,
  StartInstances: (event) => describeInstances(event, 'start'),
  StopInstances: (event) => describeInstances(event, 'stop'),
  RebootInstances: (event) => describeInstances(event, 'reboot'),
  TerminateInstances: (event) => describeInstances(event, 'terminate'),
};

function describeLaunch(event: ChangeEvent): Description {
  const request = requestOf(event);
  const asked = list(request, 'instancesSet')[0];
  const ids = instancesIn(responseOf(event));
  const name = nameTagOf(request);
  const most = text(asked, 'maxCount') ?? text(request, 'maxCount');
  const count = ids.length > 0 ? String(ids.length) : most;
  const type = text(request, 'instanceType') ?? 'instance';
  const template = field(request, 'launchTemplate');
  const profile = text(field(request, 'iamInstanceProfile'), 'name', 'arn');
  const interfaces = list(request, 'networkInterfaceSet', 'networkInterfaces');
  const groups = [request, ...interfaces].flatMap((value) =>
    texts(list(value, 'groupSet', 'securityGroupIds'), 'groupId', 'groupName'),
  );
  const isPublic = interfaces.some((one) => flag(one, 'associatePublicIpAddress') === true);
  const tokens = text(field(request, 'metadataOptions'), 'httpTokens');
  return {
    verb: 'launch',
    object: phrase(
      count === undefined || count === '1' ? undefined : `${shortId(count)} ×`,
      shortId(type),
      quoted(name),
      ids.length === 0 ? undefined : `(${shortIds(ids)})`,
      details(asked, [['from', 'imageId']]) || details(request, [['from', 'imageId']]),
      details(template, [['from template', 'launchTemplateId', 'launchTemplateName']]),
      details(
        [request, ...interfaces].find((value) => text(value, 'subnetId') !== undefined),
        [['in', 'subnetId']],
      ),
      groups.length === 0 ? undefined : `with ${shortIds([...new Set(groups)])}`,
      isPublic ? 'with a public address' : undefined,
      details(asked, [['with key', 'keyName']]) || details(request, [['with key', 'keyName']]),
      profile && `as ${shortId(profile)}`,
      text(request, 'userData') === undefined ? undefined : 'with user data',
      tokens === 'optional' ? 'and IMDSv1' : undefined,
      isSpot(request) ? 'at spot prices' : undefined,
      protectionText(request),
    ),
    resources: ids.map((id) => resource(TYPE, id, name)),
    begins: ids.map((id) => ({ resource: id, what: 'exists' })),
  };
}

function describeInstances(event: ChangeEvent, verb: Verb): Description | undefined {
  const ids = instancesIn(requestOf(event));
  if (ids.length === 0) return undefined;
  const states = ids.map((id) => ({ resource: id, what: 'stopped' }));
  return {
    verb,
    object: `${ids.length === 1 ? TYPE : `${TYPE}s`} ${shortIds(ids)}`,
    resources: ids.map((id) => resource(TYPE, id)),
    ...(verb === 'stop' && { begins: states }),
    ...(verb === 'start' && { ends: states }),
    ...(verb === 'terminate' && { removes: ids }),
  };
}

function instancesIn(value: Parameters<typeof list>[0]): readonly string[] {
  return texts(list(value, 'instancesSet', 'instanceId', 'instanceIds'), 'instanceId');
}

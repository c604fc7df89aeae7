/** ECS: tasks and services, and commands in their containers. */
import type { Json } from '../../../../cloudtrail/json.js';
import type { ChangeEvent, Description } from '../../../change.js';
import type { Describers } from '../../../describers.js';
import { logsIn, logStates } from '../../../fallback/logs-off.js';
import { parametersOf } from '../../../fallback/parameters.js';
import { changing, detail, named, names, resourceName } from '../../../request/call.js';
import {
  firstText,
  flagMember,
  itemsOf,
  memberAt,
  memberOf,
  textMember,
  textOf,
} from '../../../request/request.js';
import {
  about,
  created,
  deleted,
  deletion,
  lastPart,
  subjectOf,
  type Subject,
} from '../../../request/subject.js';
import { otherSettings, settingsText as allSettingsText } from '../../../request/settings.js';

const clusterOf = named('cluster', 'cluster', 'clusterName');
const SAID_OF_SERVICE = [
  'service',
  'cluster',
  'taskDefinition',
  'desiredCount',
  'enableExecuteCommand',
  'forceNewDeployment',
  'networkConfiguration.awsvpcConfiguration.assignPublicIp',
];

export const ecs: Describers = {
  RegisterTaskDefinition: (event) => {
    const { requestParameters: request, responseElements: response } = event;
    const arn = textOf(memberAt(response, 'taskDefinition', 'taskDefinitionArn'));
    const id = arn === undefined ? textMember(request, 'family') : resourceName(arn);
    if (id === undefined) return undefined;
    const definition = subjectOf('task definition', id);
    return {
      ...created(definition, `: ${definitionText(request)}`),
      resources: [definition.resource],
    };
  },
  DeregisterTaskDefinition: deletion(named('task definition', 'taskDefinition')),
  ExecuteCommand: ({ requestParameters: request }) => {
    const task = textMember(request, 'task');
    if (task === undefined) return undefined;
    const container = detail('container ', textMember(request, 'container'), ' of ');
    const subject = subjectOf('task', lastPart(task));
    return {
      verb: 'run',
      object: `${textMember(request, 'command') ?? 'a command'} in ${container}${subject.text}`,
      resources: [subject.resource],
    };
  },
  RunTask: startTask,
  StartTask: startTask,
  CreateService: about(serviceOf, (service, event) =>
    created(service, `${taskText(event)}${settingsText(event)}`),
  ),
  UpdateService: changing(serviceOf, (event) => {
    const others = otherSettings(event, SAID_OF_SERVICE).map((text) => `, ${text}`);
    return `${taskText(event)}${settingsText(event)}${others.join('')}`;
  }),
  DeleteService: about(serviceOf, (service) => deleted(service)),
  CreateTaskSet: changing(serviceOf, (event) => `${taskText(event)}, in a new task set`),
  UpdateServicePrimaryTaskSet: changing(serviceOf, () => ': another task set is live'),
  UpdateCluster: about(clusterOf, (cluster, event) => {
    const logs = logsIn(parametersOf(event.requestParameters));
    return {
      verb: 'change',
      object: `${cluster.text}${allSettingsText(cluster, event)}`,
      ...logStates(logs, cluster.key, event.recipientAccountId),
    };
  }),
  UpdateClusterSettings: changing(clusterOf),
  DeleteCluster: deletion(clusterOf),
  PutAccountSetting: setting,
  PutAccountSettingDefault: setting,
};

function serviceOf({ requestParameters: request }: ChangeEvent): Subject | undefined {
  const name = firstText(request, 'service', 'serviceName');
  if (name === undefined) return undefined;
  const cluster = lastPart(textMember(request, 'cluster') ?? 'default');
  return subjectOf('service', `${cluster}/${lastPart(name)}`);
}

function definitionText(request: Json): string {
  const containers = itemsOf(memberOf(request, 'containerDefinitions'));
  const images = containers.flatMap((container) => textMember(container, 'image') ?? []);
  const role = textMember(request, 'taskRoleArn');
  const folders = itemsOf(memberOf(request, 'volumes')).flatMap(
    (volume) => textOf(memberAt(volume, 'host', 'sourcePath')) ?? [],
  );
  const privileged = containers.some((item) => flagMember(item, 'privileged') === true);
  return [
    images.length === 0 ? 'no image' : names(images),
    ...(role === undefined ? [] : [`role ${names([resourceName(role)])}`]),
    ...(privileged ? ['privileged'] : []),
    ...(textMember(request, 'networkMode') === 'host' ? ['in the network of the host'] : []),
    ...(textMember(request, 'pidMode') === 'host' ? ['among the processes of the host'] : []),
    ...(folders.length === 0 ? [] : [`with ${names(folders)} of the host`]),
  ].join(', ');
}

function startTask({ requestParameters: request }: ChangeEvent): Description | undefined {
  const definition = textMember(request, 'taskDefinition');
  if (definition === undefined) return undefined;
  const role = textOf(memberAt(request, 'overrides', 'taskRoleArn'));
  const overrides = itemsOf(memberAt(request, 'overrides', 'containerOverrides'));
  const command = overrides.some((item) => memberOf(item, 'command') !== undefined);
  const count = textMember(request, 'count');
  const many = count === undefined || count === '1' ? 'a task' : `${count.slice(0, 10)} tasks`;
  const cluster = detail(' in cluster ', textMember(request, 'cluster'));
  const extra = [
    detail(', with role ', role),
    command ? ', with a command of its own' : '',
    hasPublicAddress(request) ? ', with public addresses' : '',
  ].join('');
  return {
    verb: 'start',
    object: `${many} of${detail(' ', resourceName(definition))}${cluster}${extra}`,
  };
}

function taskText({ requestParameters: request }: ChangeEvent): string {
  const definition = textMember(request, 'taskDefinition');
  return definition === undefined ? '' : detail(': runs ', resourceName(definition));
}

function settingsText({ requestParameters: request }: ChangeEvent): string {
  const count = detail(', tasks wanted: ', textMember(request, 'desiredCount'));
  const exec = flagMember(request, 'enableExecuteCommand');
  const address = hasPublicAddress(request) ? ', with public addresses' : '';
  return `${count}${address}${exec === undefined ? '' : `, commands in its containers ${exec ? 'on' : 'off'}`}`;
}

function hasPublicAddress(request: Json): boolean {
  const network = memberAt(request, 'networkConfiguration', 'awsvpcConfiguration') ?? null;
  return textMember(network, 'assignPublicIp') === 'ENABLED';
}

function setting({ requestParameters: request }: ChangeEvent): Description | undefined {
  const name = textMember(request, 'name');
  if (name === undefined) return undefined;
  return {
    verb: 'set',
    object: `account setting${detail(' ', name)}${detail(' to ', textMember(request, 'value'))}`,
  };
}

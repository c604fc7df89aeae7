/** EKS: who may use a cluster, and from where. What changes inside of Kubernetes is not in CloudTrail. */
import type { Json } from '../../../../cloudtrail/json.js';
import { accountsIn } from '../../../request/account.js';
import { exposureTo, rangeText } from '../../../request/address.js';
import type { ChangeEvent, Description, Exposure, State } from '../../../change.js';
import type { Describers } from '../../../describers.js';
import {
  changing,
  detail,
  EVERYONE,
  named,
  names,
  resourceName,
  textsIn,
} from '../../../request/call.js';
import {
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
  deletion,
  lastPart,
  stateOf,
  type Subject,
} from '../../../request/subject.js';
import { otherSettings } from '../../../request/settings.js';

const clusterOf = named('cluster', 'name', 'clusterName');
const PUBLIC = 'open to everyone';
const EVERYWHERE = ['0.0.0.0/0'];
/** What the sentence on a change of settings has. */
const SAID = [
  'name',
  'clusterName',
  'logging',
  'accessConfig.authenticationMode',
  'resourcesVpcConfig.endpointPublicAccess',
  'resourcesVpcConfig.publicAccessCidrs',
];

export const eks: Describers = {
  CreateAccessEntry: about(clusterOf, (cluster, event) => ({
    verb: 'let',
    object: `${principalOf(event)} use ${cluster.text}${groupsText(event)}`,
    grantees: granteesOf(event),
    begins: [stateOf(cluster, `used by ${principalOf(event)}`)],
  })),
  UpdateAccessEntry: changing(
    clusterOf,
    (event) => `: rights of ${principalOf(event)}${groupsText(event)}`,
  ),
  DeleteAccessEntry: about(clusterOf, (cluster, event) => ({
    verb: 'remove',
    object: `${principalOf(event)} from ${cluster.text}`,
    ends: [stateOf(cluster, `used by ${principalOf(event)}`)],
  })),
  AssociateAccessPolicy: about(clusterOf, (cluster, event) => policy(cluster, event, 'give')),
  DisassociateAccessPolicy: about(clusterOf, (cluster, event) => policy(cluster, event, 'remove')),
  CreateCluster: about(clusterOf, createCluster),
  UpdateClusterConfig: about(clusterOf, changeConfig),
  AssociateIdentityProviderConfig: changing(
    clusterOf,
    (event) => `: people of ${providerOf(event)} may sign in`,
  ),
  DisassociateIdentityProviderConfig: changing(
    clusterOf,
    (event) => `: people of ${providerOf(event)} may no longer sign in`,
  ),
  CreatePodIdentityAssociation: changing(clusterOf, (event) => `: gave ${podText(event)}`),
  UpdatePodIdentityAssociation: changing(clusterOf, (event) => `: gave ${podText(event)}`),
  DeletePodIdentityAssociation: changing(clusterOf, () => ': removed a role from pods'),
  RegisterCluster: about(clusterOf, (cluster) => ({ verb: 'register', object: cluster.text })),
  DeleteCluster: deletion(clusterOf),
  AccessKubernetesApi: about(clusterOf, (cluster) => ({
    verb: 'read',
    object: `${cluster.text} in the console`,
  })),
};

function principalOf(event: ChangeEvent): string {
  const arn = principalArn(event) ?? 'a principal';
  const [, kind = '', name = ''] = /:(role|user)\/(.+)$/s.exec(arn) ?? [];
  const text = kind === '' ? names([arn]) : `${kind} ${names([lastPart(name)])}`;
  const [account] = granteesOf(event);
  return account === undefined ? text : `${text} of account ${account}`;
}

function granteesOf(event: ChangeEvent): readonly string[] {
  return accountsIn([principalArn(event) ?? ''], event.recipientAccountId);
}

/** The path of some calls has the ARN encoded for a URL. */
function principalArn({ requestParameters: request }: ChangeEvent): string | undefined {
  return textMember(request, 'principalArn')?.replaceAll(/%3A/gi, ':').replaceAll(/%2F/gi, '/');
}

function groupsText({ requestParameters: request }: ChangeEvent): string {
  const groups = textsIn(request, 'kubernetesGroups');
  return groups.length === 0 ? '' : `, in groups ${names(groups)}`;
}

function policy(
  cluster: Subject,
  event: ChangeEvent,
  verb: 'give' | 'remove',
): Description | undefined {
  const { requestParameters: request } = event;
  const arn = textMember(request, 'policyArn');
  if (arn === undefined) return undefined;
  const name = lastPart(arn.replaceAll(/%2F/gi, '/'));
  const namespaces = textsIn(memberOf(request, 'accessScope') ?? null, 'namespaces');
  const scope = namespaces.length === 0 ? '' : ` in namespaces ${names(namespaces)}`;
  const rights = `${names([name])}${scope} on ${cluster.text}`;
  const states = [stateOf(cluster, `${name} for ${principalOf(event)}`)];
  return verb === 'give'
    ? {
        verb,
        object: `${principalOf(event)} ${rights}`,
        grantees: granteesOf(event),
        begins: states,
      }
    : { verb, object: `${rights} from ${principalOf(event)}`, ends: states };
}

interface Reach {
  readonly text: string | undefined;
  readonly exposure: Exposure | null;
  /** Whether the call takes the address from everyone. */
  readonly isClosed: boolean;
}

function reachOf(open: boolean | undefined, ranges: readonly string[]): Reach {
  if (open === false) return { text: 'no public address', exposure: null, isClosed: true };
  if (ranges.length > 0) {
    const text = `reached from ${names(ranges.map((range) => rangeText(range)))}`;
    const exposure = exposureTo(ranges);
    return { text, exposure, isClosed: exposure === null };
  }
  if (open === undefined) return { text: undefined, exposure: null, isClosed: false };
  // Without ranges the address is for everyone, unless an earlier call set some.
  const text = 'a public address, for everyone unless it was limited before';
  return { text, exposure: EVERYONE, isClosed: false };
}

/** EKS gives a new cluster a public address for everyone where the call does not say otherwise. One on an Outpost has none. */
function createCluster(cluster: Subject, event: ChangeEvent): Description {
  const { requestParameters: request } = event;
  const network = memberOf(request, 'resourcesVpcConfig') ?? null;
  const made = memberAt(event.responseElements, 'cluster', 'resourcesVpcConfig') ?? null;
  const mayBePublic = network !== null && memberOf(request, 'outpostConfig') === undefined;
  const open =
    flagMember(network, 'endpointPublicAccess') ?? flagMember(made, 'endpointPublicAccess');
  const ranges = [network, made]
    .map((one) => textsIn(one, 'publicAccessCidrs'))
    .find((list) => list.length > 0);
  const { text, exposure } = mayBePublic
    ? reachOf(open ?? true, ranges ?? EVERYWHERE)
    : reachOf(undefined, []);
  const role = textMember(request, 'roleArn');
  const version = textMember(request, 'version');
  const parts = [
    ...(text === undefined ? [] : [text]),
    ...(role === undefined ? [] : [`role ${names([resourceName(role)])}`]),
    ...settingsIn(request),
    ...(version === undefined ? [] : [`version ${names([version])}`]),
  ];
  const creation = created(cluster, parts.length === 0 ? '' : `: ${parts.join(', ')}`);
  return {
    ...creation,
    exposure,
    begins: [...(creation.begins ?? []), ...(exposure === null ? [] : [stateOf(cluster, PUBLIC)])],
  };
}

function changeConfig(cluster: Subject, event: ChangeEvent): Description {
  const { requestParameters: request } = event;
  const network = memberOf(request, 'resourcesVpcConfig') ?? null;
  const asked = flagMember(network, 'endpointPublicAccess');
  const answered = flagMember({ value: answerOf(event, 'EndpointPublicAccess') ?? null }, 'value');
  const { text, exposure, isClosed } = reachOf(asked ?? answered, rangesOf(event));
  const logs = logsIn(request);
  const parts = [
    ...(text === undefined ? [] : [text]),
    ...settingsIn(request),
    ...otherSettings(event, SAID),
  ];
  const logStates = (on: boolean): readonly State[] =>
    logs
      .filter((log) => log.on === on)
      .flatMap(({ types }) => types.map((type) => stateOf(cluster, `logs ${type} off`)));
  return {
    verb: 'change',
    object: `${cluster.text}${parts.length === 0 ? '' : `: ${parts.join(', ')}`}`,
    exposure,
    begins: [...(exposure === null ? [] : [stateOf(cluster, PUBLIC)]), ...logStates(false)],
    ends: [...(isClosed ? [stateOf(cluster, PUBLIC)] : []), ...logStates(true)],
  };
}

function settingsIn(request: Json): readonly string[] {
  const mode = textOf(memberAt(request, 'accessConfig', 'authenticationMode'));
  return [
    ...logsIn(request).map(({ types, on }) => `logs ${names(types)} ${on ? 'on' : 'off'}`),
    ...(mode === undefined ? [] : [`sign-in by ${names([mode])}`]),
  ];
}

interface ClusterLogs {
  readonly types: readonly string[];
  readonly on: boolean;
}

function logsIn(request: Json): readonly ClusterLogs[] {
  return itemsOf(memberAt(request, 'logging', 'clusterLogging'))
    .map((item) => ({ types: textsIn(item, 'types'), on: flagMember(item, 'enabled') === true }))
    .filter(({ types }) => types.length > 0);
}

/** The response has those that were set before. */
function rangesOf(event: ChangeEvent): readonly string[] {
  const network = memberOf(event.requestParameters, 'resourcesVpcConfig') ?? null;
  const asked = textsIn(network, 'publicAccessCidrs');
  if (asked.length > 0) return asked;
  return answerOf(event, 'PublicAccessCidrs')?.match(/[0-9a-f.:]{1,45}\/[0-9]{1,3}/gi) ?? [];
}

function answerOf({ responseElements }: ChangeEvent, type: string): string | undefined {
  const answer = itemsOf(memberAt(responseElements, 'update', 'params')).find(
    (item) => textMember(item, 'type') === type,
  );
  return textMember(answer ?? null, 'value');
}

function providerOf({ requestParameters: request }: ChangeEvent): string {
  const name =
    textOf(memberAt(request, 'oidc', 'issuerUrl')) ??
    textOf(memberAt(request, 'identityProviderConfig', 'name'));
  return names([name ?? 'an identity provider']);
}

function podText({ requestParameters: request }: ChangeEvent): string {
  const role = textMember(request, 'roleArn');
  const account = detail(' to service account ', textMember(request, 'serviceAccount'));
  const space = detail(' in namespace ', textMember(request, 'namespace'));
  return `${role === undefined ? 'a role' : `role ${names([resourceName(role)])}`}${account}${space}`;
}

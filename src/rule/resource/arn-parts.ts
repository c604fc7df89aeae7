/**
 * What the calls of a service have in place of an ARN: for `arn:…:stack/web/0a1b…` the stack name `web`. Things of one service may have
 * equal names, as a user and a role, or a service in each of two clusters. So a name counts only where it names such a thing.
 */
import { testOf } from '../condition/build.js';
import type { Condition } from '../condition/condition.js';
import { SECRET_END, type Arn, type ArnParts } from './arn.js';
import { lambdaFunction, object } from './arn-compound.js';
import { membersHave, mentions } from './mentions.js';

type Reading = (arn: Arn) => ArnParts;

/** The names, wherever they stand in a call. */
function anywhere(names: readonly string[], ...further: readonly Condition[]): ArnParts {
  return { names, condition: { kind: 'all', of: [mentions(names), ...further] } };
}

/** A slash belongs to most names, as in /aws/lambda/web. */
const whole: Reading = ({ name }) => anywhere([name]);
const lastPart: Reading = ({ name }) => anywhere([lastOf(name)]);

/** The name in one of these members of a request, and where an answer has it. */
function member(
  members: readonly string[],
  nameOf: (name: string) => string = lastOf,
  answered: readonly string[] = [],
): Reading {
  const paths = [
    ...members.map((one) => `requestParameters.${one}`),
    ...answered.map((one) => `responseElements.${one}`),
  ];
  return ({ name }) => {
    const names = [nameOf(name)];
    return { names, condition: membersHave(paths, names) };
  };
}

/** The name of a thing in another, as `prod/web`: the call names the other too. */
const inParent: Reading = ({ name }) => {
  const [parent = '', own] = name.split('/');
  return own === undefined ? anywhere([name]) : anywhere([own], mentions([parent]));
};

/**
 * Of a thing in another, as `default/ann` or `prod/agent/ann`, calls have each name in a member of its own. Of others the slash belongs
 * to the name.
 */
const wholeOrInParent: Reading = ({ name }) => {
  // Without the type: that of `/profiles/web` stands behind a slash.
  const parts = name.replace(/^\/[^/]+\//, '').split('/');
  const [parent = '', own = parent] = [parts[0], parts.at(-1)];
  if (own === name || own === '' || parent === '') return anywhere([name]);
  return {
    names: [name, own],
    condition: {
      kind: 'any',
      of: [mentions([name]), { kind: 'all', of: [mentions([own]), mentions([parent])] }],
    },
  };
};

/** A call that names no cluster means the one that is called `default`. */
const inCluster: Reading = (arn) => {
  const [parent, own] = arn.name.split('/');
  if (parent !== 'default' || own === undefined) return inParent(arn);
  const none = testOf('requestParameters.cluster', 'isNull', []);
  return anywhere([own], { kind: 'any', of: [mentions([parent]), none] });
};

/** The first part of the name, before an ID that AWS adds, in calls with this word in their names. */
const first =
  (separator: string, word: string): Reading =>
  ({ name }) =>
    anywhere([firstOf(name, separator)], testOf('eventName', 'contains', [word]));

/** `app/front/50dc6c495c0c9188`, and `front` of the first generation. */
const loadBalancer: Reading = ({ name }) =>
  anywhere([name.split('/')[1] ?? name], testOf('eventName', 'contains', ['LoadBalancer']));

/** `/restapis/ID`, and `/restapis/ID/stages/NAME`. */
const restApi: Reading = ({ name }) => {
  const [, , id = '', ...rest] = name.split('/');
  const last = rest.at(-1);
  return last === undefined ? anywhere([id]) : anywhere([last], mentions([id]));
};

const logGroup: Reading = ({ name }) => {
  const [group = '', stream] = name.split(':log-stream:');
  return stream === undefined ? anywhere([group]) : anywhere([stream], mentions([group]));
};

/** `regional/webacl/NAME/ID`, after the first word. */
const firewall: Reading = ({ name }) => {
  const [, own = name, id] = name.split('/');
  return anywhere([own], ...(id === undefined ? [] : [mentions([id])]));
};

/** `libs`, and `libs:3`, of which calls have the version in a member of its own. */
const layer: Reading = (arn) => {
  const [own = '', version] = arn.name.split(':');
  const parts = first(':', 'Layer')(arn);
  if (version === undefined) return parts;
  const isVersion = membersHave(
    ['requestParameters.versionNumber', 'responseElements.version'],
    [version],
  );
  return {
    names: [`${own}:${version}`],
    condition: { kind: 'all', of: [parts.condition, isVersion] },
  };
};

/** A stack that is made again has the name, and another ID. */
const stack: Reading = ({ text, name }) => {
  const names = [firstOf(name, '/')];
  const answered = 'responseElements.stackId';
  return {
    names,
    condition: {
      kind: 'all',
      of: [
        membersHave(['requestParameters.stackName'], names),
        { kind: 'any', of: [testOf(answered, 'isNull', []), testOf(answered, 'in', [text])] },
      ],
    },
  };
};

/** In other calls `policyName` may be the name of a policy within a user or a role. */
const policy: Reading = ({ name }) => {
  const names = [lastOf(name)];
  const isNew = testOf('eventName', 'in', ['CreatePolicy']);
  return {
    names,
    condition: { kind: 'all', of: [isNew, membersHave(['requestParameters.policyName'], names)] },
  };
};

const CREDENTIALS = [
  'accessKey',
  'loginProfile',
  'sSHPublicKey',
  'certificate',
  'serviceSpecificCredential',
];

/** By the service and the type of an ARN; `*` is for all other types. */
const READINGS: Readonly<Record<string, Readonly<Record<string, Reading>>>> = {
  apigateway: { '*': restApi },
  autoscaling: { '*': lastPart },
  cloudformation: {
    stack,
    changeSet: member(['changeSetName'], (name) => firstOf(name, '/')),
    stackset: member(['stackSetName'], (name) => firstOf(name, ':')),
  },
  codedeploy: { deploymentgroup: inParent },
  ecr: { repository: whole },
  ecs: {
    cluster: member(['cluster', 'clusters', 'clusterName']),
    service: inCluster,
    task: lastPart,
    'container-instance': lastPart,
  },
  eks: { nodegroup: inParent, fargateprofile: inParent, addon: inParent },
  elasticbeanstalk: { environment: lastPart, applicationversion: inParent },
  elasticloadbalancing: { loadbalancer: loadBalancer, targetgroup: first('/', 'TargetGroup') },
  events: { rule: (arn) => (arn.name.includes('/') ? inParent(arn) : whole(arn)) },
  glue: { table: inParent },
  iam: {
    user: member(
      ['userName', 'newUserName'],
      lastOf,
      CREDENTIALS.map((one) => `${one}.userName`),
    ),
    group: member(['groupName', 'newGroupName']),
    role: member(['roleName']),
    'instance-profile': member(['instanceProfileName']),
    'server-certificate': member(['serverCertificateName', 'newServerCertificateName']),
    policy,
    mfa: member(['virtualMFADeviceName']),
    '*': lastPart,
  },
  lambda: { function: lambdaFunction, layer },
  logs: { 'log-group': logGroup },
  organizations: { '*': lastPart },
  rds: {
    db: member([
      'dBInstanceIdentifier',
      'newDBInstanceIdentifier',
      'sourceDBInstanceIdentifier',
      'targetDBInstanceIdentifier',
    ]),
    cluster: member(['dBClusterIdentifier', 'newDBClusterIdentifier', 'sourceDBClusterIdentifier']),
    snapshot: member([
      'dBSnapshotIdentifier',
      'sourceDBSnapshotIdentifier',
      'targetDBSnapshotIdentifier',
      'finalDBSnapshotIdentifier',
    ]),
    'cluster-snapshot': member([
      'dBClusterSnapshotIdentifier',
      'sourceDBClusterSnapshotIdentifier',
      'targetDBClusterSnapshotIdentifier',
      'snapshotIdentifier',
      'finalDBSnapshotIdentifier',
    ]),
  },
  // The identifier of a snapshot is unique in its account, and few calls also name the cluster.
  redshift: {
    snapshot: member([
      'snapshotIdentifier',
      'sourceSnapshotIdentifier',
      'targetSnapshotIdentifier',
      'finalClusterSnapshotIdentifier',
      'identifiers.snapshotIdentifier',
    ]),
  },
  s3: { '*': object },
  secretsmanager: { '*': ({ name }) => anywhere([name, name.replace(SECRET_END, '')]) },
  // The name of a parameter begins with the slash that its ARN shares with the type.
  ssm: { parameter: ({ name }) => anywhere([name, `/${name}`]) },
  sso: { '*': lastPart },
  transfer: { user: inParent },
  wafv2: { '*': firewall },
};

/**
 * The names of the resource in the calls of its own service, with the members that must have them. For a service that the
 * table does not have, the whole name, or its first and last parts.
 */
export function arnParts(arn: Arn): ArnParts {
  const readings = Object.hasOwn(READINGS, arn.service) ? READINGS[arn.service] : undefined;
  const own = readings !== undefined && Object.hasOwn(readings, arn.type) ? arn.type : '*';
  return (readings?.[own] ?? wholeOrInParent)(arn);
}

function firstOf(name: string, separator: string): string {
  return name.split(separator)[0] ?? name;
}

function lastOf(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1);
}

/** DB instances and clusters: created, restored, changed, deleted. Who reaches them, and what protects them. */
import type { Json } from '../../../../cloudtrail/json.js';
import type { ChangeEvent, Description, State } from '../../../change.js';
import type { Describers } from '../../../describers.js';
import { details, foreignKey, resource, shortId, shortIds } from '../../compute/ec2/details.js';
import { names, textsIn } from '../../../request/call.js';
import { flag, list, text, texts } from '../../../request/ec2-shape.js';
import { memberOf } from '../../../request/request.js';
import { emptiedTexts, parametersOf, parametersText } from '../../../fallback/parameters.js';
import { phrase, shortened } from '../../../sentence.js';
import type { Verb } from '../../../verb.js';
import { keyOf } from './key.js';

const INSTANCE = {
  type: 'DB instance',
  id: 'dBInstanceIdentifier',
  renamed: 'newDBInstanceIdentifier',
};
const CLUSTER = {
  type: 'DB cluster',
  id: 'dBClusterIdentifier',
  renamed: 'newDBClusterIdentifier',
};
export interface Kind {
  readonly type: string;
  /** The parameter with its name, and the one with a new name. */
  readonly id: string;
  readonly renamed?: string;
}

const LONGEST_SETTINGS = 300;

export const databases: Describers = {
  CreateDBInstance: (event) => describeNew(event, 'create', INSTANCE),
  CreateDBInstanceReadReplica: (event) => describeNew(event, 'create', INSTANCE),
  RestoreDBInstanceFromDBSnapshot: (event) => describeNew(event, 'restore', INSTANCE),
  RestoreDBInstanceFromS3: (event) => describeNew(event, 'restore', INSTANCE),
  RestoreDBInstanceToPointInTime: (event) =>
    describeNew(event, 'restore', { ...INSTANCE, id: 'targetDBInstanceIdentifier' }),
  ModifyDBInstance: (event) => describeModification(event, INSTANCE),
  DeleteDBInstance: (event) => describeDeletion(event, INSTANCE),
  StartDBInstance: (event) => describePower(event, 'start', INSTANCE),
  StopDBInstance: (event) => describePower(event, 'stop', INSTANCE),
  CreateDBCluster: (event) => describeNew(event, 'create', CLUSTER),
  RestoreDBClusterFromSnapshot: (event) => describeNew(event, 'restore', CLUSTER),
  RestoreDBClusterFromS3: (event) => describeNew(event, 'restore', CLUSTER),
  RestoreDBClusterToPointInTime: (event) => describeNew(event, 'restore', CLUSTER),
  ModifyDBCluster: (event) => describeModification(event, CLUSTER),
  DeleteDBCluster: (event) => describeDeletion(event, CLUSTER),
  StartDBCluster: (event) => describePower(event, 'start', CLUSTER),
  StopDBCluster: (event) => describePower(event, 'stop', CLUSTER),
};

/** A database that is made: with `verb`, from nothing, from a snapshot or from another one. Undefined without its ID. */
export function describeNew(event: ChangeEvent, verb: Verb, kind: Kind): Description | undefined {
  const { requestParameters: request, responseElements: response } = event;
  const id = text(request, kind.id);
  if (id === undefined) return undefined;
  const isPublic = flag(response, 'publiclyAccessible') ?? flag(request, 'publiclyAccessible');
  const engine = [
    text(request, 'engine'),
    text(request, 'dBInstanceClass', 'dBClusterInstanceClass', 'nodeType'),
  ];
  const kinds = engine.filter((part) => part !== undefined).map(shortId);
  const key = keyOf(kind.type, id);
  return {
    verb,
    object: phrase(
      kind.type,
      shortId(id),
      kinds.length === 0 ? undefined : `(${kinds.join(', ')})`,
      details(request, [
        [
          'from snapshot',
          'dBSnapshotIdentifier',
          'snapshotIdentifier',
          'dBClusterSnapshotIdentifier',
        ],
        ['from', 'sourceDBInstanceIdentifier', 'sourceDBClusterIdentifier', 's3BucketName'],
        ['in', 'dBSubnetGroupName', 'clusterSubnetGroupName'],
      ]),
      kind === INSTANCE ? details(request, [['in cluster', 'dBClusterIdentifier']]) : undefined,
      isPublic === true ? 'with a public address' : undefined,
      foreignKey(request, event),
    ),
    resources: [resource(kind.type, id)],
    exposure: isPublic === true ? { peer: 'everyone', direction: 'ingress' } : null,
    begins: [
      { resource: key, what: 'exists' },
      ...(isPublic === true ? [{ resource: key, what: PUBLIC }] : []),
    ],
  };
}

const PUBLIC = 'public address';

/** Settings that are states: what begins and what ends with them. */
interface Setting {
  readonly name: string;
  /** What the setting says in the sentence, and the state that begins, if it is on or off. */
  readonly on: readonly [said: string, begins: boolean];
  readonly off: readonly [said: string, begins: boolean];
  readonly what: string;
}

const SETTINGS: readonly Setting[] = [
  {
    name: 'publiclyAccessible',
    on: ['a public address', true],
    off: ['no public address', false],
    what: PUBLIC,
  },
  {
    name: 'deletionProtection',
    on: ['deletion protection on', false],
    off: ['deletion protection off', true],
    what: 'deletion protection off',
  },
];

/** The settings that a call changes, with the states that these begin and end. Undefined without the ID. */
export function describeModification(event: ChangeEvent, kind: Kind): Description | undefined {
  const request = event.requestParameters;
  const id = text(request, kind.id);
  if (id === undefined) return undefined;
  const set = SETTINGS.flatMap((setting) => {
    const on = flag(request, setting.name);
    return on === undefined ? [] : [{ ...setting, isOn: on }];
  });
  const states = (begins: boolean): readonly State[] =>
    set
      .filter(({ isOn, on, off }) => (isOn ? on : off)[1] === begins)
      .map(({ what }) => ({ resource: keyOf(kind.type, id), what }));
  const opens = flag(request, 'publiclyAccessible') === true;
  return {
    verb: 'change',
    object: `${kind.type} ${shortId(id)}: ${[...set.map(({ isOn, on, off }) => (isOn ? on : off)[0]), ...otherSettings(request, kind)].join(', ') || 'nothing'}`,
    resources: [resource(kind.type, id)],
    exposure: opens ? { peer: 'everyone', direction: 'ingress' } : null,
    begins: [...states(true), ...logStates(request, kind, DISABLED)],
    ends: [...states(false), ...logStates(request, kind, ENABLED)],
    ...renamed(kind, id, newNameIn(request, kind)),
  };
}

/** The logs that a database passes on to CloudWatch. */
const DISABLED = 'disableLogTypes';
const ENABLED = 'enableLogTypes';

function logsIn(request: Json, member: string): readonly string[] {
  return textsIn(memberOf(request, 'cloudwatchLogsExportConfiguration') ?? null, member);
}

function logStates(request: Json, kind: Kind, member: string): readonly State[] {
  const key = keyOf(kind.type, text(request, kind.id) ?? '');
  return logsIn(request, member).map((log) => ({ resource: key, what: `logs ${log} off` }));
}

function logsText(request: Json, member: string, word: string): readonly string[] {
  const logs = logsIn(request, member);
  return logs.length === 0 ? [] : [`logs ${names(logs)} ${word}`];
}

function newNameIn(request: Json, { renamed: parameter }: Kind): string | undefined {
  return parameter === undefined ? undefined : text(request, parameter);
}

function renamed(
  { type }: Kind,
  name: string,
  newName: string | undefined,
): Pick<Description, 'renames'> {
  if (newName === undefined || newName === name) return {};
  const [before, after] = [keyOf(type, name), keyOf(type, newName)];
  return { renames: [{ resource: before, name, newResource: after, newName }] };
}

function otherSettings(request: Json, kind: Kind): readonly string[] {
  const password = text(request, 'masterUserPassword') !== undefined;
  const groups = texts(list(request, 'vpcSecurityGroupIds'), 'vpcSecurityGroupId');
  const name = newNameIn(request, kind);
  const backups = text(request, 'backupRetentionPeriod');
  const said = new Set<string | undefined>([
    kind.id,
    kind.renamed,
    'masterUserPassword',
    'vpcSecurityGroupIds',
    'applyImmediately',
    'backupRetentionPeriod',
    'allowMajorVersionUpgrade',
  ]);
  const rest = [...parametersOf(request), ...emptiedTexts(request)].filter(
    ({ path }) =>
      !said.has(path) &&
      !path.startsWith('cloudwatchLogsExportConfiguration.') &&
      !SETTINGS.some((setting) => setting.name === path),
  );
  return [
    ...logsText(request, DISABLED, 'off'),
    ...logsText(request, ENABLED, 'on'),
    ...(password ? ['a new master password'] : []),
    ...(groups.length === 0 ? [] : [`security groups ${shortIds(groups)}`]),
    ...(name === undefined ? [] : [`new name ${shortId(name)}`]),
    ...(backups === undefined
      ? []
      : [backups === '0' ? 'no automatic backups' : `backups kept for ${shortId(backups)} days`]),
    ...(rest.length === 0 ? [] : [shortened(parametersText(rest), LONGEST_SETTINGS)]),
  ];
}

/** A database that is deleted, with the snapshot that is kept of it. Undefined without the ID. */
export function describeDeletion(event: ChangeEvent, kind: Kind): Description | undefined {
  const request = event.requestParameters;
  const id = text(request, kind.id);
  if (id === undefined) return undefined;
  const snapshot = text(request, 'finalDBSnapshotIdentifier', 'finalClusterSnapshotIdentifier');
  const type = kind.type.replace(/\w+$/, (word) =>
    word === 'cluster' ? 'cluster snapshot' : 'snapshot',
  );
  return {
    verb: 'delete',
    object: phrase(
      kind.type,
      shortId(id),
      flag(request, 'deleteAutomatedBackups') === true ? 'and its automated backups' : undefined,
      snapshot && `(final snapshot ${shortId(snapshot)})`,
      (flag(request, 'skipFinalSnapshot') ?? flag(request, 'skipFinalClusterSnapshot')) === true
        ? '(no final snapshot)'
        : undefined,
    ),
    resources: [
      resource(kind.type, id),
      ...(snapshot === undefined ? [] : [resource(type, snapshot)]),
    ],
    begins: snapshot === undefined ? [] : [{ resource: keyOf(type, snapshot), what: 'exists' }],
    removes: [keyOf(kind.type, id)],
  };
}

/** A database that is stopped, or started again, which ends that state. Undefined without the ID. */
export function describePower(
  event: ChangeEvent,
  verb: 'start' | 'stop',
  kind: Kind,
): Description | undefined {
  const id = text(event.requestParameters, kind.id);
  if (id === undefined) return undefined;
  const states = [{ resource: keyOf(kind.type, id), what: 'stopped' }];
  return {
    verb,
    object: `${kind.type} ${shortId(id)}`,
    resources: [resource(kind.type, id)],
    ...(verb === 'stop' ? { begins: states } : { ends: states }),
  };
}

/** Calls that take several things answer without an error, and list those that failed. */
import { isObject, type Json } from '../../cloudtrail/json.js';
import { capitalised } from '../../text/capitalised.js';
import type { ChangeEvent, Description, State } from '../change.js';
import {
  permissionKeys,
  permissionsIn,
  unknownPermissions,
} from '../service/compute/ec2/security-group/permission.js';
import { field, list, requestOf, responseOf, text, texts } from './ec2-shape.js';
import { listed, shortened } from '../sentence.js';
import { memberAt } from './request.js';

export type BatchEvent = Pick<
  ChangeEvent,
  'eventName' | 'requestParameters' | 'responseElements' | 'serviceEventDetails'
>;

export interface Failures {
  readonly failed: number;
  /** How many were asked for; undefined where that is not known. */
  readonly asked: number | undefined;
  /** What failed, where the answer names it. */
  readonly ids: readonly string[];
}

/** Where a call says what it asks for, in its request, or what was done, in its response. */
type Batch = ({ readonly asked: readonly string[] } | { readonly done: string }) & {
  /** Where its response says what failed, if other calls have something else under this name. */
  readonly failed?: string;
};

const endpoints: Batch = { asked: ['vpcEndpointId', 'vpcEndpointIds', 'vpcEndpointIdSet'] };
const accounts: Batch = { asked: ['accountIds'] };
const tasks: Batch = { done: 'tasks' };
const secrets: Batch = { asked: ['secretArnList'] };
const tagged: Batch = { asked: ['resourceARNList'] };
const permissions: Batch = { asked: ['entries'] };
const withErrors = (asked: string): Batch => ({ asked: [asked], failed: 'errors' });

const BATCHES: Readonly<Record<string, Batch>> = {
  AcceptVpcEndpointConnections: endpoints,
  BatchAssociateScramSecret: secrets,
  BatchAssociateUserStack: withErrors('userStackAssociations'),
  BatchCreatePartition: withErrors('partitionInputList'),
  BatchDeleteBuilds: { asked: ['ids'] },
  BatchDeleteConnection: withErrors('connectionNameList'),
  BatchDeleteImage: { done: 'imageIds' },
  BatchDeletePartition: withErrors('partitionsToDelete'),
  BatchDeleteTable: withErrors('tablesToDelete'),
  BatchDeleteTableVersion: withErrors('versionIds'),
  BatchDisassociateScramSecret: secrets,
  BatchDisassociateUserStack: withErrors('userStackAssociations'),
  BatchGrantPermissions: permissions,
  BatchRevokePermissions: permissions,
  BatchStopJobRun: withErrors('jobRunIds'),
  BatchUpdatePartition: withErrors('entries'),
  CancelSpotFleetRequests: { done: 'successfulFleetRequestSet' },
  CreateFlowLogs: { asked: ['resourceId', 'resourceIds', 'resourceIdSet'] },
  CreateMembers: { asked: ['accountDetails'] },
  CreateWorkspaces: { asked: ['workspaces'] },
  DeclineInvitations: accounts,
  DeleteFleets: { done: 'successfulFleetDeletionSet' },
  DeleteFlowLogs: { asked: ['flowLogId', 'flowLogIds', 'flowLogIdSet'] },
  DeleteInvitations: accounts,
  DeleteLaunchTemplateVersions: { done: 'successfullyDeletedLaunchTemplateVersionSet' },
  DeleteMembers: accounts,
  DeleteParameters: { done: 'deletedParameters' },
  DeleteVpcEndpointServiceConfigurations: { asked: ['serviceId', 'serviceIds', 'serviceIdSet'] },
  DeleteVpcEndpoints: endpoints,
  Disable: { done: 'accounts' },
  DisableFastSnapshotRestores: { done: 'successful' },
  DisassociateMembers: accounts,
  Enable: { done: 'accounts' },
  EnableFastSnapshotRestores: { done: 'successful' },
  InviteMembers: accounts,
  PutTargets: { asked: ['targets'] },
  RebootWorkspaces: { asked: ['rebootWorkspaceRequests'] },
  RebuildWorkspaces: { asked: ['rebuildWorkspaceRequests'] },
  RejectVpcEndpointConnections: endpoints,
  RemoveTargets: { asked: ['ids'] },
  RunTask: tasks,
  StartMonitoringMembers: accounts,
  StartTask: tasks,
  StartWorkspaces: { asked: ['startWorkspaceRequests'] },
  StopMonitoringMembers: accounts,
  StopWorkspaces: { asked: ['stopWorkspaceRequests'] },
  TagResources: tagged,
  TerminateWorkspaces: { asked: ['terminateWorkspaceRequests'] },
  UntagResources: tagged,
  UpdateMemberDetectors: accounts,
};

const FAILED_COUNT = 'failedEntryCount';
/** The lists of failures that services document. */
const FAILURES = [
  'unsuccessful',
  'failedEntries',
  'failures',
  'unprocessedAccounts',
  'failedAccounts',
  'invalidParameters',
  'unsuccessfulFleetDeletionSet',
  'unsuccessfulFleetRequestSet',
  'unsuccessfullyDeletedLaunchTemplateVersionSet',
  'failedRequests',
  'unprocessedScramSecrets',
  'buildsNotDeleted',
];
/** The same as an object, by what failed. */
const FAILURES_BY_ID = 'failedResourcesMap';
/** What an answer with failures has. Most answers have none of these. */
const SIGNS: ReadonlySet<string> = new Set(
  [...FAILURES, FAILURES_BY_ID, FAILED_COUNT, 'errors'].flatMap((name) => [
    name,
    capitalised(name),
  ]),
);
/** What is special first: a version of a table is listed with its table, and a run with its job. */
const IDS = [
  'versionId',
  'jobRunId',
  'resourceId',
  'targetId',
  'accountId',
  'arn',
  'workspaceId',
  'secretArn',
  'tableName',
  'id',
];
const MOST_SHOWN = 4;
/** A partition of a table has no ID, only the values of its columns. */
const PARTITION = ['partitionValues', 'partitionValueList'];

/** Undefined if the answer lists no failure. */
export function failuresOf(event: BatchEvent): Failures | undefined {
  const { eventName } = event;
  if (eventName?.startsWith('RevokeSecurityGroup') === true) return unknownRules(event);
  if (eventName === 'BatchCreateUser') return unknownUsers(event);
  const response = responseOf(event);
  if (!isObject(response) || !Object.keys(response).some((name) => SIGNS.has(name)))
    return undefined;
  const { failed: own } = batchOf(event) ?? {};
  const items = [
    ...FAILURES.flatMap((name) => list(response, name)),
    ...keysOf(field(response, FAILURES_BY_ID)),
    ...(own === undefined ? [] : listOrKeys(field(response, own))),
  ];
  const failed = Math.max(items.length, countIn(response));
  if (failed === 0) return undefined;
  return { failed, asked: askedIn(event, failed), ids: items.flatMap(idOf) };
}

function idOf(item: Json): readonly string[] {
  const ids = texts([item], ...IDS);
  if (ids.length > 0) return ids;
  const values = texts(list(item, ...PARTITION));
  return values.length === 0 ? [] : [values.join('/')];
}

/** Whether nothing of what the call was to do was done. False where its request does not say how much that is. */
export function allFailed({ failed, asked }: Failures): boolean {
  return asked !== undefined && failed >= asked;
}

/** The description without the states of what failed, and how much that was. */
export function withoutFailures(description: Description, failures: Failures): Description {
  const { failed, asked, ids } = failures;
  const { failed: leftOut } = description;
  const shown = leftOut ?? ids.map((id) => shortened(id));
  const names = new Set(leftOut === undefined ? ids : []);
  const isDone = (words: string): boolean =>
    !names.has(words) && !words.split(' ').some((word) => names.has(word));
  const isOn = ({ resource, what }: State): boolean => isDone(resource) && isDone(what);
  // Where the answer does not say what failed, nothing counts as ended.
  const known = names.size > 0 || leftOut !== undefined;
  const count = asked === undefined ? String(failed) : `${failed} of ${asked}`;
  const said = shown.length > 0 ? `: ${listed(shown, ', ', MOST_SHOWN)}` : '';
  return {
    ...description,
    object: `${description.object} (${count} failed${said})`,
    begins: (description.begins ?? []).filter(isOn),
    ends: known ? (description.ends ?? []).filter(isOn) : [],
    removes: known ? (description.removes ?? []).filter(isDone) : [],
  };
}

function countIn(response: Json): number {
  const count = Number(text(response, FAILED_COUNT) ?? 0);
  return Number.isSafeInteger(count) && count > 0 ? count : 0;
}

function keysOf(value: Json | undefined): readonly string[] {
  return isObject(value) ? Object.keys(value) : [];
}

function listOrKeys(value: Json | undefined): readonly Json[] {
  return isObject(value) ? keysOf(value) : list(value);
}

function batchOf({ eventName }: BatchEvent): Batch | undefined {
  return eventName !== null && Object.hasOwn(BATCHES, eventName) ? BATCHES[eventName] : undefined;
}

function askedIn(event: BatchEvent, failed: number): number | undefined {
  const batch = batchOf(event);
  if (batch === undefined) return undefined;
  if ('done' in batch) return failed + list(responseOf(event), batch.done).length;
  return countOf(field(requestOf(event), ...batch.asked));
}

/** Undefined where there is no list to count: CloudTrail cuts long requests, and hides or leaves out what is secret. */
function countOf(value: Json | undefined): number | undefined {
  if (!isObject(value) && !Array.isArray(value)) return undefined;
  const { length } = list(value);
  return length === 0 ? undefined : length;
}

/** Revoking a rule that a security group does not have is no error. */
function unknownRules(event: BatchEvent): Failures | undefined {
  const failed = permissionKeys(unknownPermissions(responseOf(event))).length;
  if (failed === 0) return undefined;
  const revoked = field(responseOf(event), 'revokedSecurityGroupRuleSet');
  const asked = permissionKeys(permissionsIn(requestOf(event))).length;
  const isKnown = asked > 0 || revoked !== undefined;
  return {
    failed,
    asked: isKnown ? Math.max(asked, failed + list(revoked).length) : undefined,
    ids: [],
  };
}

/** QuickSight invites those whom it knows, and names the others in the details of its event. */
function unknownUsers({ serviceEventDetails: details = null }: BatchEvent): Failures | undefined {
  const usersIn = (name: string): readonly string[] =>
    texts(list(memberAt(details, 'eventResponseDetails', name)));
  const ids = usersIn('InvalidUsers');
  const failed = ids.length;
  if (failed === 0) return undefined;
  return { failed, asked: failed + usersIn('validUsers').length, ids };
}

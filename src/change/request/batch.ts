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

export type BatchEvent = Pick<ChangeEvent, 'eventName' | 'requestParameters' | 'responseElements'>;

export interface Failures {
  readonly failed: number;
  /** How many were asked for; undefined where that is not known. */
  readonly asked: number | undefined;
  /** What failed, where the answer names it. */
  readonly ids: readonly string[];
  /** Whether the describer of the call leaves out what failed. */
  readonly isLeftOut: boolean;
}

/** Where a call says what it asks for, in its request, or what was done, in its response. */
type Batch = { readonly asked: readonly string[] } | { readonly done: string };

const endpoints: Batch = { asked: ['vpcEndpointId', 'vpcEndpointIds', 'vpcEndpointIdSet'] };
const accounts: Batch = { asked: ['accountIds'] };
const tasks: Batch = { done: 'tasks' };

const BATCHES: Readonly<Record<string, Batch>> = {
  AcceptVpcEndpointConnections: endpoints,
  BatchDeleteImage: { done: 'imageIds' },
  CancelSpotFleetRequests: { done: 'successfulFleetRequestSet' },
  CreateFlowLogs: { asked: ['resourceId', 'resourceIds', 'resourceIdSet'] },
  CreateMembers: { asked: ['accountDetails'] },
  DeclineInvitations: accounts,
  DeleteFleets: { done: 'successfulFleetDeletionSet' },
  DeleteFlowLogs: { asked: ['flowLogId', 'flowLogIds', 'flowLogIdSet'] },
  DeleteInvitations: accounts,
  DeleteLaunchTemplateVersions: { done: 'successfullyDeletedLaunchTemplateVersionSet' },
  DeleteMembers: accounts,
  DeleteParameters: { done: 'deletedParameters' },
  DeleteVpcEndpoints: endpoints,
  DeleteVpcEndpointServiceConfigurations: { asked: ['serviceId', 'serviceIds', 'serviceIdSet'] },
  Disable: { done: 'accounts' },
  DisableFastSnapshotRestores: { done: 'successful' },
  DisassociateMembers: accounts,
  Enable: { done: 'accounts' },
  EnableFastSnapshotRestores: { done: 'successful' },
  InviteMembers: accounts,
  PutTargets: { asked: ['targets'] },
  RejectVpcEndpointConnections: endpoints,
  RemoveTargets: { asked: ['ids'] },
  RunTask: tasks,
  StartMonitoringMembers: accounts,
  StartTask: tasks,
  StopMonitoringMembers: accounts,
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
];
/** What an answer with failures has. Most answers have none of these. */
const SIGNS: ReadonlySet<string> = new Set(
  [...FAILURES, FAILED_COUNT].flatMap((name) => [name, capitalised(name)]),
);
const IDS = ['resourceId', 'targetId', 'accountId', 'arn'];

/** Undefined if the answer lists no failure. */
export function failuresOf(event: BatchEvent): Failures | undefined {
  const { eventName } = event;
  if (eventName?.startsWith('RevokeSecurityGroup') === true) return unknownRules(event);
  const response = responseOf(event);
  if (!isObject(response) || !Object.keys(response).some((name) => SIGNS.has(name)))
    return undefined;
  const items = FAILURES.flatMap((name) => list(response, name));
  const failed = Math.max(items.length, countIn(response));
  if (failed === 0) return undefined;
  return { failed, asked: askedIn(event, failed), ids: texts(items, ...IDS), isLeftOut: false };
}

/** Whether nothing of what the call was to do was done. False where its request does not say how much that is. */
export function allFailed({ failed, asked }: Failures): boolean {
  return asked !== undefined && failed >= asked;
}

/** The description without the states of what failed, and how much that was. */
export function withoutFailures(description: Description, failures: Failures): Description {
  const { failed, asked, ids } = failures;
  const names = new Set(ids);
  const isDone = (words: string): boolean =>
    !names.has(words) && !words.split(' ').some((word) => names.has(word));
  const isOn = ({ resource, what }: State): boolean => isDone(resource) && isDone(what);
  // Where the answer does not say what failed, nothing counts as ended.
  const known = names.size > 0 || failures.isLeftOut;
  const count = asked === undefined ? String(failed) : `${failed} of ${asked}`;
  const said =
    names.size > 0
      ? `: ${listed(
          ids.map((id) => shortened(id)),
          ', ',
          4,
        )}`
      : '';
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

function askedIn(event: BatchEvent, failed: number): number | undefined {
  const { eventName } = event;
  if (eventName === null || !Object.hasOwn(BATCHES, eventName)) return undefined;
  const batch = BATCHES[eventName];
  if (batch === undefined) return undefined;
  if ('asked' in batch) return list(requestOf(event), ...batch.asked).length;
  return failed + list(responseOf(event), batch.done).length;
}

/** Revoking a rule that a security group does not have is no error. */
function unknownRules(event: BatchEvent): Failures | undefined {
  const failed = permissionKeys(unknownPermissions(responseOf(event))).length;
  if (failed === 0) return undefined;
  const revoked = field(responseOf(event), 'revokedSecurityGroupRuleSet');
  const asked = permissionKeys(permissionsIn(requestOf(event))).length;
  return {
    failed,
    asked: Math.max(asked, failed + list(revoked).length),
    ids: [],
    isLeftOut: true,
  };
}

/** Images and snapshots that are shared with other accounts, or with everyone. */
import type { Json } from '../../../../../cloudtrail/json.js';
import { accountOf, accountsIn } from '../../../../request/account.js';
import { textMember } from '../../../../request/request.js';
import type { ChangeEvent, Description, State } from '../../../../change.js';
import type { Describers } from '../../../../describers.js';
import type { Verb } from '../../../../verb.js';
import { resource, shortId, shortIds } from '../details.js';
import { field, list, requestOf, text, texts } from '../../../../request/ec2-shape.js';

const IMAGE = { type: 'AMI', id: 'imageId', permission: 'launchPermission' };
const SNAPSHOT = { type: 'snapshot', id: 'snapshotId', permission: 'createVolumePermission' };
const FPGA_IMAGE = { type: 'FPGA image', id: 'fpgaImageId', permission: 'loadPermission' };
type Shared = typeof IMAGE;

const EVERYONE = 'everyone';

export const sharing: Describers = {
  ModifyImageAttribute: (event) => describeSharing(event, IMAGE),
  ModifySnapshotAttribute: (event) => describeSharing(event, SNAPSHOT),
  ModifyFpgaImageAttribute: (event) => describeSharing(event, FPGA_IMAGE),
  SharedSnapshotVolumeCreated: (event) =>
    describeUse(event, 'create', 'volume from shared snapshot'),
  SharedSnapshotCopyInitiated: (event) => describeUse(event, 'copy', 'shared snapshot'),
  ResetImageAttribute: (event) => describeReset(event, IMAGE),
  ResetSnapshotAttribute: (event) => describeReset(event, SNAPSHOT),
  ResetFpgaImageAttribute: (event) => describeReset(event, FPGA_IMAGE),
};

function describeSharing(event: ChangeEvent, shared: Shared): Description | undefined {
  const request = requestOf(event);
  const id = text(request, shared.id);
  const added = peersIn(request, shared, 'add');
  const removed = peersIn(request, shared, 'remove');
  if (id === undefined || added.length + removed.length === 0) return undefined;
  return sharingOf({ type: shared.type, id }, { added, removed, event });
}

export interface Sharing {
  /** Accounts, ARNs of organizations, or `everyone`. */
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly event: ChangeEvent;
}

export interface SharedThing {
  readonly type: string;
  readonly id: string;
  /** What the states name, if the ID alone may be that of another resource. */
  readonly stateOf?: string;
}

/** `shared AMI ami-1 with 111122223333`, `stopped sharing …`. */
export function sharingOf(
  { type, id, stateOf = id }: SharedThing,
  { added, removed, event }: Sharing,
): Description {
  const states = (peers: readonly string[]): readonly State[] =>
    peers.map((peer) => ({
      resource: stateOf,
      what: `shared with ${peer}`,
      part: sharesOf(stateOf),
    }));
  const stopped = `sharing ${type} ${shortId(id)} with ${shortIds(removed)}`;
  const also = removed.length === 0 ? '' : ` and no longer with ${shortIds(removed)}`;
  return {
    verb: added.length > 0 ? 'share' : 'stop',
    object: added.length > 0 ? `${type} ${shortId(id)} with ${shortIds(added)}${also}` : stopped,
    resources: [resource(type, id)],
    exposure: added.includes(EVERYONE) ? { peer: 'everyone', direction: 'ingress' } : null,
    // The account in the ARN of an organization may be another organization's.
    grantees: accountsIn(added, event.recipientAccountId),
    begins: states(added),
    ends: states(removed),
  };
}

/** `all` is everyone; a number may lack its zeros. */
export function peerName(peer: string): string {
  return peer === 'all' ? EVERYONE : (accountOf(peer) ?? peer);
}

/** Everyone first, so that a long list does not hide it. */
function peersIn(request: Json, { permission }: Shared, what: 'add' | 'remove'): readonly string[] {
  const listed = list(field(request, permission), what);
  const names = ['group', 'userId', 'organizationArn', 'organizationalUnitArn'];
  // The older parameters name the operation apart.
  const flat =
    text(request, 'operationType') === what
      ? [
          ...texts(list(request, 'userGroup', 'userGroups', 'userGroupSet'), 'group', 'userGroup'),
          ...texts(list(request, 'userId', 'userIds', 'userIdSet'), 'userId'),
        ]
      : [];
  const peers = [...new Set([...texts(listed, ...names), ...flat].map(peerName))];
  return peers.toSorted((a, b) => Number(b === EVERYONE) - Number(a === EVERYONE));
}

function describeReset(event: ChangeEvent, { type, id }: Shared): Description | undefined {
  const found = text(requestOf(event), id);
  if (found === undefined) return undefined;
  return {
    verb: 'stop',
    object: `sharing ${type} ${shortId(found)} with anyone`,
    resources: [resource(type, found)],
    removes: [sharesOf(found)],
  };
}

/** All shares of a resource. One call ends them, without saying who they were with. */
function sharesOf(id: string): string {
  return `shares of ${id}`;
}

/** EC2 tells of a shared snapshot that it was used, without saying by whom. */
function describeUse(event: ChangeEvent, verb: Verb, what: string): Description | undefined {
  const id = text(event.serviceEventDetails, 'snapshotId');
  if (id === undefined) return undefined;
  // AWS does not document whose account it is: that of the owner says nothing of who used the snapshot.
  const account = accountOf(textMember(event.userIdentity, 'accountId'));
  const isForeign = account !== undefined && account !== event.recipientAccountId;
  return {
    verb,
    object: `${what} ${shortId(id)}${isForeign ? ` in account ${account}` : ''}`,
    resources: [resource('snapshot', id)],
    grantees: isForeign ? [account] : [],
  };
}

/** AWS Resource Access Manager: resources that other accounts may use. */
import type { ChangeEvent, Description } from '../../../change.js';
import type { Describers } from '../../../describers.js';
import { accountsIn } from '../../../request/account.js';
import { names, textsIn } from '../../../request/call.js';
import { flagMember, memberAt, textMember, textOf } from '../../../request/request.js';
import { created, deleted, lastPart, stateOf, subjectOf } from '../../../request/subject.js';

export const resourceShares: Describers = {
  CreateResourceShare: (event) => describeSharing(event) ?? describeNew(event),
  AssociateResourceShare: (event) => describeSharing(event) ?? describeContent(event, 'add'),
  DisassociateResourceShare: (event) => {
    const { peers, share, shared } = sharing(event);
    if (peers.length === 0) return describeContent(event, 'remove');
    const object = `sharing ${share.text} with ${names(peers)}`;
    return { verb: 'stop', object, resources: [share.resource], ends: shared };
  },
  DeleteResourceShare: (event) => {
    const { share } = sharing(event);
    return { ...deleted(share), resources: [share.resource] };
  },
};

/** Undefined where the call names nobody. */
function describeSharing(event: ChangeEvent): Description | undefined {
  const { requestParameters: request, recipientAccountId: own } = event;
  const { peers, share, what, shared } = sharing(event);
  if (peers.length === 0) return undefined;
  // Else AWS refuses accounts that are not in the organization.
  const isWithin = flagMember(request, 'allowExternalPrincipals') === false;
  const accounts = peers.filter((peer) => !/^arn:[^:]*:organizations:/.test(peer));
  return {
    verb: 'share',
    object: `${what.length === 0 ? share.text : `${names(what)} (${share.text})`} with ${names(peers)}`,
    resources: [share.resource],
    grantees: isWithin ? [] : accountsIn(accounts, own),
    begins: shared,
  };
}

/** A share of nobody yet. */
function describeNew(event: ChangeEvent): Description {
  const { share, what } = sharing(event);
  const of = what.length === 0 ? '' : ` of ${names(what)}`;
  return { ...created(share, of), resources: [share.resource] };
}

/** A call that names only what the share has. It stays shared with whom it was: it may have more than the logs say. */
function describeContent(event: ChangeEvent, verb: 'add' | 'remove'): Description | undefined {
  const { share, what } = sharing(event);
  if (what.length === 0) return undefined;
  const object = `${names(what)} ${verb === 'add' ? 'to' : 'from'} ${share.text}`;
  return { verb, object, resources: [share.resource] };
}

function sharing({ requestParameters: request, responseElements }: ChangeEvent) {
  const peers = textsIn(request, 'principals');
  const id =
    textMember(request, 'resourceShareArn') ??
    textOf(memberAt(responseElements, 'resourceShare', 'resourceShareArn')) ??
    textMember(request, 'name') ??
    '';
  const share = subjectOf('resource share', lastPart(id));
  const what = textsIn(request, 'resourceArns');
  return {
    peers,
    share,
    what,
    shared: peers.map((peer) => stateOf(share, `shared with ${peer}`)),
  };
}

/** AWS Resource Access Manager: resources that other accounts may use. */
import type { ChangeEvent, Description } from '../../../change.js';
import type { Describers } from '../../../describers.js';
import { accountsIn } from '../../../request/account.js';
import { names, textsIn } from '../../../request/call.js';
import { flagMember, memberAt, textMember, textOf } from '../../../request/request.js';
import { lastPart, stateOf, subjectOf } from '../../../request/subject.js';

export const resourceShares: Describers = {
  CreateResourceShare: describeSharing,
  AssociateResourceShare: describeSharing,
  DisassociateResourceShare: (event) => {
    const { peers, share, begins } = sharing(event);
    if (peers.length === 0) return undefined;
    const object = `sharing ${share.text} with ${names(peers)}`;
    return { verb: 'stop', object, resources: [share.resource], ends: begins };
  },
};

/** Undefined where the call names nobody, as when it adds a resource. */
function describeSharing(event: ChangeEvent): Description | undefined {
  const { requestParameters: request, recipientAccountId: own } = event;
  const { peers, share, begins } = sharing(event);
  if (peers.length === 0) return undefined;
  const what = textsIn(request, 'resourceArns');
  // Else AWS refuses accounts that are not in the organization.
  const isWithin = flagMember(request, 'allowExternalPrincipals') === false;
  const accounts = peers.filter((peer) => !/^arn:[^:]*:organizations:/.test(peer));
  return {
    verb: 'share',
    object: `${what.length === 0 ? share.text : `${names(what)} (${share.text})`} with ${names(peers)}`,
    resources: [share.resource],
    grantees: isWithin ? [] : accountsIn(accounts, own),
    begins,
  };
}

function sharing({ requestParameters: request, responseElements }: ChangeEvent) {
  const peers = textsIn(request, 'principals');
  const id =
    textMember(request, 'resourceShareArn') ??
    textOf(memberAt(responseElements, 'resourceShare', 'resourceShareArn')) ??
    textMember(request, 'name') ??
    '';
  const share = subjectOf('resource share', lastPart(id));
  return { peers, share, begins: peers.map((peer) => stateOf(share, `shared with ${peer}`)) };
}

/** Images of WorkSpaces and AppStream that are shared with other accounts. Both services name the account in the same parameter. */
import { accountOf } from '../../request/account.js';
import type { ChangeEvent, Description } from '../../change.js';
import type { Describers } from '../../describers.js';
import { named } from '../../request/call.js';
import { flagMember, memberAt, textMember, textOf } from '../../request/request.js';
import { about, stateOf, type FindSubject, type Subject } from '../../request/subject.js';

export const workspaceImages: Describers = {
  UpdateWorkspaceImagePermission: about(named('WorkSpaces image', 'imageId'), (image, event) => {
    const allowed = flagMember(event.requestParameters, 'allowCopyImage');
    return allowed === undefined ? undefined : sharing(image, event, allowed);
  }),
};

const appImageOf: FindSubject = named('AppStream image', 'name');

export const appImages: Describers = {
  UpdateImagePermissions: about(appImageOf, (image, event) => {
    const permissions = ['allowFleet', 'allowImageBuilder'].map((name) =>
      textOf(memberAt(event.requestParameters, 'imagePermissions', name)),
    );
    return sharing(image, event, permissions.includes('true'));
  }),
  DeleteImagePermissions: about(appImageOf, (image, event) => sharing(image, event, false)),
};

function sharing(image: Subject, event: ChangeEvent, isOn: boolean): Description | undefined {
  const account = accountOf(textMember(event.requestParameters, 'sharedAccountId'));
  if (account === undefined) return undefined;
  const states = [stateOf(image, `shared with ${account}`)];
  const object = `${image.text} with account ${account}`;
  if (!isOn) return { verb: 'stop', object: `sharing ${object}`, ends: states };
  const isOwn = account === event.recipientAccountId;
  return { verb: 'share', object, grantees: isOwn ? [] : [account], begins: states };
}

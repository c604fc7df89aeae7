/** Permissions that SNS and SQS add to a policy by a label: some accounts may do some actions. */
import { accountOf } from '../../request/account.js';
import type { ChangeEvent, Description } from '../../change.js';
import { firstText, listOf, memberOf, textMember, textOf } from '../../request/request.js';
import { listed, shortened } from '../../sentence.js';
import { permissionRemoved, permissionState } from '../../policy/labelled.js';
import type { Subject } from '../../request/subject.js';

const ACCOUNTS = [
  'aWSAccountIds',
  'awsAccountIds',
  'AWSAccountIds',
  'aWSAccountId',
  'AWSAccountId',
];
const ACTIONS = ['actions', 'actionName', 'actionNames', 'Actions', 'ActionName'];

/** Accounts other than the own one are let in; `*` is everyone. */
export function describePermission(
  subject: Subject,
  { requestParameters: request, recipientAccountId }: ChangeEvent,
): Description {
  const texts = (names: readonly string[]): readonly string[] =>
    names.flatMap((name) => listOf(memberOf(request, name))).flatMap((item) => textOf(item) ?? []);
  const accounts = texts(ACCOUNTS);
  const toEveryone = accounts.includes('*');
  const who = toEveryone
    ? 'everyone'
    : accounts.length === 0
      ? 'unnamed accounts'
      : `${accounts.length === 1 ? 'account' : 'accounts'} ${listed(
          accounts.map((id) => shortened(id)),
          ', ',
          4,
        )}`;
  const grantees = accounts
    .flatMap((id) => accountOf(id) ?? [])
    .filter((id) => id !== recipientAccountId);
  const actions = texts(ACTIONS).map((name) => shortened(name));
  return {
    verb: 'let',
    object: `${who} ${actions.length === 0 ? 'use' : `call ${listed(actions, ', ', 4)} on`} ${subject.text}`,
    exposure: toEveryone ? { peer: 'everyone', direction: 'ingress' } : null,
    grantees,
    begins: [permissionState(subject, labelOf(request), toEveryone || grantees.length > 0)],
  };
}

/** It ends the state that the call with the same label began. */
export function describeRemoval(
  subject: Subject,
  { requestParameters: request }: ChangeEvent,
): Description {
  return {
    verb: 'remove',
    object: `permission ${shortened(labelOf(request), 80)} from ${subject.text}`,
    ...permissionRemoved(subject, labelOf(request)),
  };
}

function labelOf(request: ChangeEvent['requestParameters']): string {
  return textMember(request, 'label') ?? firstText(request, 'Label') ?? 'without a label';
}

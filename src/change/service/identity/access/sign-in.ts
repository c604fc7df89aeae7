/** Sign-ins to the console, and what protects that of root. The requests are empty: who it was is the principal. */
import { signInMfa } from '../../../actor/mfa.js';
import type { ChangeEvent, Description } from '../../../change.js';
import type { Describers } from '../../../describers.js';
import { roleOf } from '../../../actor/name.js';
import { switcherIn } from '../../../actor/role-switch.js';
import { memberAt, textMember, textOf } from '../../../request/request.js';
import { subjectOf } from '../../../request/subject.js';
import { shortened } from '../../../sentence.js';

const LONGEST = 80;

export const signIn: Describers = {
  ConsoleLogin: (event) => ({
    verb: 'sign in',
    object: `to the console${asRoot(event)}${mfaText(event)}`,
  }),
  GetSigninToken: ({ responseElements }) => {
    const key = textOf(memberAt(responseElements, 'credentials', 'accessKeyId'));
    const of = key === undefined ? '' : ` (key ${shortened(key)})`;
    return { verb: 'request', object: `a token to sign in to the console${of}` };
  },
  SwitchRole: (event) => ofRole(event, { verb: 'switch', before: 'to ' }),
  RenewRole: (event) => ofRole(event, { verb: 'renew', before: 'the session of ' }),
  ExitRole: (event) => ofRole(event, { verb: 'leave', before: '' }),
  PasswordUpdated: () => ({ verb: 'change', object: 'password of root' }),
  EmailUpdated: () => ({ verb: 'change', object: 'mail address of root' }),
  PasswordRecoveryRequested: () => ({ verb: 'request', object: 'a new password for root' }),
  PasswordRecoveryCompleted: () => ({ verb: 'set', object: 'a new password for root, by mail' }),
};

/** The caller is the new session, also of a call that leaves it. */
function ofRole(
  event: ChangeEvent,
  { verb, before }: { readonly verb: Description['verb']; readonly before: string },
): Description | undefined {
  const { userIdentity, additionalEventData, recipientAccountId } = event;
  const arn = textMember(userIdentity, 'arn');
  const role = roleOf({ arn, issuer: undefined, type: undefined, userName: undefined });
  if (role === undefined) return undefined;
  const from = switcherIn(additionalEventData);
  const foreign = from?.accountId === recipientAccountId ? '' : ` of account ${from?.accountId}`;
  const who =
    from === undefined
      ? ''
      : ` from ${shortened(from.arn.replace(/^(?:[^:]*:){5}/, ''), LONGEST)}${foreign}`;
  const { text, resource } = subjectOf('role', role, 'IAM role');
  return { verb, object: `${before}${text}${who}`, resources: [resource] };
}

function asRoot({ userIdentity }: ChangeEvent): string {
  return textMember(userIdentity, 'type') === 'Root' ? ' as root' : '';
}

function mfaText(event: ChangeEvent): string {
  const mfa = signInMfa(event);
  return mfa === undefined ? '' : mfa ? ' with MFA' : ' without MFA';
}

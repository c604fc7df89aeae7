/** Sign-ins to the console, and what protects that of root. The requests are empty: who it was is the principal. */
import type { ChangeEvent, Description } from '../../../change.js';
import type { Describers } from '../../../describers.js';
import { memberOf, textMember } from '../../../request/request.js';

export const signIn: Describers = {
  ConsoleLogin: (event) => ({
    verb: 'sign in',
    object: `to the console${asRoot(event)}${mfaText(event)}`,
  }),
  PasswordUpdated: () => ({ verb: 'change', object: 'password of root' }),
  EmailUpdated: () => ({ verb: 'change', object: 'mail address of root' }),
  PasswordRecoveryRequested: () => ({ verb: 'request', object: 'a new password for root' }),
  PasswordRecoveryCompleted: () => ({ verb: 'set', object: 'a new password for root, by mail' }),
};

function asRoot({ userIdentity }: ChangeEvent): string {
  return textMember(userIdentity, 'type') === 'Root' ? ' as root' : '';
}

/** Of a role, AWS does not know: its people show MFA to whoever signed them in. */
function mfaText({ userIdentity, additionalEventData }: ChangeEvent): Description['object'] {
  const used = textMember(additionalEventData, 'MFAUsed');
  if (used === 'Yes') return ' with MFA';
  const role = memberOf(userIdentity, 'sessionContext') !== undefined;
  return used === undefined || role ? '' : ' without MFA';
}

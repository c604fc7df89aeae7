/** Identities of SES, addresses and domains from which mail may be sent. The first and the second version of its API name them differently. */
import type { Describers } from '../../describers.js';
import { named } from '../../request/call.js';
import { creation, deleted, about, type FindSubject } from '../../request/subject.js';

const WORD = 'email identity';

export const senderIdentities: Describers = {
  VerifyEmailIdentity: verification(named(WORD, 'emailAddress')),
  VerifyEmailAddress: verification(named(WORD, 'emailAddress')),
  VerifyDomainIdentity: verification(named(WORD, 'domain')),
  CreateEmailIdentity: creation(named(WORD, 'emailIdentity')),
  DeleteIdentity: removal(named(WORD, 'identity')),
  DeleteVerifiedEmailAddress: removal(named(WORD, 'emailAddress')),
  DeleteEmailIdentity: removal(named(WORD, 'emailIdentity')),
};

/** AWS verifies it when its owner answers. Until then it is there, and may not send. */
function verification(find: FindSubject): Describers[string] {
  return creation(find, () => ', to be verified');
}

/** Its policies were set by a call that names it as an identity. */
function removal(find: FindSubject): Describers[string] {
  return about(find, (subject) => {
    const whole = deleted(subject);
    return { ...whole, removes: [subject.key, `identity ${subject.resource.id}`] };
  });
}

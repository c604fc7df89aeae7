/** Registered domains: who loses one loses every name in it. */
import { accountOf } from '../../../request/account.js';
import type { ChangeEvent } from '../../../change.js';
import type { Describers } from '../../../describers.js';
import { names } from '../../../request/call.js';
import { listOf, memberOf, textMember, textOf } from '../../../request/request.js';
import { shortened } from '../../../sentence.js';
import {
  about,
  alteration,
  creation,
  deletion,
  namedInCall,
  stateOf,
  switchOff,
  switchOn,
  type Subject,
} from '../../../request/subject.js';

const domainOf = namedInCall('domain', 'domainName');
const UNLOCKED = 'transfer lock off';
const lock = ({ text }: Subject): string => `transfer lock of ${text}`;
const renewal = ({ text }: Subject): string => `renewal of ${text}`;

export const domains: Describers = {
  RegisterDomain: creation(domainOf),
  DeleteDomain: deletion(domainOf),
  TransferDomain: about(domainOf, (domain) => ({
    verb: 'transfer',
    object: `${domain.text} to this account`,
  })),
  TransferDomainToAnotherAwsAccount: about(domainOf, (domain, { requestParameters }) => {
    const id = textMember(requestParameters, 'accountId');
    const account = accountOf(id);
    return {
      // The other account has three days to accept it.
      verb: 'offer',
      object: `${domain.text} to account ${shortened(id ?? 'unknown')}`,
      grantees: account === undefined ? [] : [account],
      begins: [stateOf(domain, 'offered to another account')],
    };
  }),
  CancelDomainTransferToAnotherAwsAccount: about(domainOf, (domain) => ({
    verb: 'cancel',
    object: `transfer of ${domain.text} to another account`,
    ends: [stateOf(domain, 'offered to another account')],
  })),
  AcceptDomainTransferFromAnotherAwsAccount: about(domainOf, (domain) => ({
    verb: 'accept',
    object: `${domain.text} from another account`,
  })),
  DisableDomainTransferLock: switchOff(domainOf, lock, UNLOCKED),
  EnableDomainTransferLock: switchOn(domainOf, lock, UNLOCKED),
  DisableDomainAutoRenew: switchOff(domainOf, renewal, 'renewal off'),
  EnableDomainAutoRenew: switchOn(domainOf, renewal, 'renewal off'),
  RetrieveDomainAuthCode: about(domainOf, (domain) => ({
    verb: 'read',
    object: `the code by which ${domain.text} can be transferred`,
  })),
  UpdateDomainContact: alteration(domainOf, ({ text }) => `contact of ${text}`),
  UpdateDomainContactPrivacy: alteration(
    domainOf,
    ({ text }) => `privacy of the contact of ${text}`,
  ),
  UpdateDomainNameservers: about(domainOf, (domain, event) => {
    const servers = serversIn(event);
    const text = names(servers);
    // The servers replace those before.
    const part = `name servers of ${domain.key}`;
    return {
      verb: 'change',
      object: `name servers of ${domain.text}${servers.length === 0 ? '' : ` to ${text}`}`,
      removes: [part],
      begins: servers.length === 0 ? [] : [{ ...stateOf(domain, `name servers ${text}`), part }],
    };
  }),
};

function serversIn({ requestParameters }: ChangeEvent): readonly string[] {
  return listOf(memberOf(requestParameters, 'nameservers')).flatMap(
    (server) => textMember(server, 'name') ?? textOf(server) ?? [],
  );
}

/** Data shares of Redshift: parts of a warehouse that other accounts may read. */
import { accountsIn } from '../../../request/account.js';
import type { ChangeEvent, Description } from '../../../change.js';
import type { Describers } from '../../../describers.js';
import { named } from '../../../request/call.js';
import { flagMember, textMember } from '../../../request/request.js';
import { shortened } from '../../../sentence.js';
import { about, stateOf, type Subject } from '../../../request/subject.js';

const shareOf = named('data share', 'dataShareArn');

export const dataShares: Describers = {
  AuthorizeDataShare: about(shareOf, (share, event) => describeConsumer(share, event, 'let')),
  DeauthorizeDataShare: about(shareOf, (share, event) => describeConsumer(share, event, 'stop')),
};

/** The consumer is an account, or a word such as `ADX`: AWS Data Exchange, where anyone may subscribe who is let. */
function describeConsumer(
  share: Subject,
  { requestParameters: request, recipientAccountId: own }: ChangeEvent,
  verb: 'let' | 'stop',
): Description | undefined {
  const consumer = textMember(request, 'consumerIdentifier');
  if (consumer === undefined) return undefined;
  const grantees = accountsIn([consumer], own);
  const who = grantees[0] === undefined ? consumer : `account ${grantees[0]}`;
  const states = [stateOf(share, `open to ${who}`)];
  const may = flagMember(request, 'allowWrites') === true ? 'read and write' : 'read';
  return verb === 'let'
    ? { verb, object: `${shortened(who)} ${may} ${share.text}`, grantees, begins: states }
    : { verb, object: `letting ${shortened(who)} read ${share.text}`, ends: states };
}

/** Service Catalog: portfolios that other accounts may use. */
import type { ChangeEvent } from '../../../change.js';
import type { Describers } from '../../../describers.js';
import { accountsIn } from '../../../request/account.js';
import { memberAt, textMember, textOf } from '../../../request/request.js';
import { shortened } from '../../../sentence.js';
import { about, namedInCall, stateOf } from '../../../request/subject.js';

const portfolioOf = namedInCall('portfolio', 'portfolioId');

export const portfolioShares: Describers = {
  CreatePortfolioShare: about(portfolioOf, (portfolio, event) => {
    const { account, peer } = sharedWith(event);
    return {
      verb: 'share',
      object: `${portfolio.text} with ${shortened(peer)}`,
      grantees: accountsIn(account === undefined ? [] : [account], event.recipientAccountId),
      begins: [stateOf(portfolio, `shared with ${peer}`)],
    };
  }),
  DeletePortfolioShare: about(portfolioOf, (portfolio, event) => {
    const { peer } = sharedWith(event);
    return {
      verb: 'stop',
      object: `sharing ${portfolio.text} with ${shortened(peer)}`,
      ends: [stateOf(portfolio, `shared with ${peer}`)],
    };
  }),
};

/** An account, which may be given as a node of the organization, or a part of the organization. */
function sharedWith({ requestParameters: request }: ChangeEvent) {
  const node = textOf(memberAt(request, 'organizationNode', 'value'));
  const isAccount = textOf(memberAt(request, 'organizationNode', 'type')) === 'ACCOUNT';
  const account = textMember(request, 'accountId') ?? (isAccount ? node : undefined);
  return { account, peer: account === undefined ? (node ?? 'somebody') : `account ${account}` };
}

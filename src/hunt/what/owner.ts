/** Whose the resource of `hunt what` is, as a call says it. */
import { listOf, textMember } from '../../change/request/request.js';
import { ownAccountOf } from '../../change/request/own-account.js';
import { resourceArn } from '../../change/request/resource-arn.js';
import { isAccountId } from '../../cloudtrail/account.js';
import type { Finding } from '../../report/finding.js';
import { arnOf } from '../../rule/resource/arn.js';
import { isNameOf, type NamedResource } from '../../rule/resource/named-resource.js';

/** The account of a resource, and whether the event says that it is the owner. */
interface Owned {
  readonly account: string | null;
  readonly isOwner: boolean;
}

/** A call from another account is in the logs of both, and names the owner among its resources. */
export function ownerIn(finding: Finding, asked: NamedResource): Owned {
  for (const one of listOf(finding.resources)) {
    const account = textMember(one, 'accountId');
    if (account !== undefined && isNameOf(asked, resourceArn(one) ?? ''))
      return { account, isOwner: true };
  }
  return { account: accountIn(finding, asked), isOwner: false };
}

/** The account of a call, also of a record that does not name it: a call about an ARN is then of the account in the ARN. */
export function accountIn(finding: Finding, asked: NamedResource): string | null {
  return ownAccountOf(finding) ?? accountOfArn(asked.text) ?? null;
}

function accountOfArn(text: string): string | undefined {
  const account = arnOf(text)?.account;
  return account !== undefined && isAccountId(account) ? account : undefined;
}

/** By which names the breakdowns of the overview count a finding. */
import { accountOfPrincipal } from '../cloudtrail/account.js';
import { callName } from '../cloudtrail/service-call.js';
import { shortened } from '../change/sentence.js';
import type { BriefFinding } from './finding.js';
import type { BreakdownBy } from './overview.js';

/** In UTF-16 units. An attacker may choose names. */
export const LONGEST_NAME = 200;

export type CountedFinding = Pick<
  BriefFinding,
  | 'eventName'
  | 'eventSource'
  | 'awsRegion'
  | 'recipientAccountId'
  | 'sourceIPAddress'
  | 'actor'
  | 'how'
  | 'change'
  | 'rules'
>;

/** A name, and the account in which it is that name; null where the name means the same in all accounts. */
export interface Named {
  readonly name: string | null;
  readonly account: string | null;
}

/** The name by which a breakdown counts the finding. */
export function nameIn(by: BreakdownBy, finding: CountedFinding): Named {
  const { name, account } = wholeNameIn(by, finding);
  return name === null
    ? NOTHING
    : {
        name: shortened(name, LONGEST_NAME),
        account: account === null ? null : shortened(account, LONGEST_NAME),
      };
}

const NOTHING: Named = { name: null, account: null };

function wholeNameIn(by: BreakdownBy, finding: CountedFinding): Named {
  const { actor, how, change, rules } = finding;
  switch (by) {
    case 'principal':
      return principalOf(finding);
    case 'tool':
      return everywhere(how.tool ?? actor.via);
    case 'class':
      return everywhere(how.class);
    case 'account':
      return everywhere(finding.recipientAccountId);
    case 'region':
      return everywhere(finding.awsRegion);
    case 'address':
      return everywhere(finding.sourceIPAddress);
    case 'resource': {
      const first = change?.resources[0];
      return first === undefined
        ? NOTHING
        : { name: `${first.type} ${first.id}`, account: finding.recipientAccountId };
    }
    case 'call': {
      const { eventSource, eventName } = finding;
      return everywhere(eventName === null ? null : callName(eventSource, eventName));
    }
    case 'rule':
      return everywhere(rules[0]?.id ?? null);
    default:
      return by satisfies never;
  }
}

function everywhere(name: string | null): Named {
  return { name, account: null };
}

/**
 * A service is the same in all accounts; anybody else belongs to one. A session belongs to whoever is behind it: two people
 * of one name, each of an account, may take the same role.
 */
function principalOf({ actor, recipientAccountId }: CountedFinding): Named {
  const { name, principal, origin, behind } = actor;
  if (principal === null && origin === 'unknown' && name === 'unknown') return NOTHING;
  if (origin === 'service') return everywhere(name);
  const own =
    behind?.account ??
    accountOfPrincipal(behind?.principal ?? null) ??
    accountOfPrincipal(principal);
  // Without an ARN, the name of a principal of another account has its account.
  if (own === undefined && origin === 'another account') return everywhere(name);
  return { name, account: own ?? recipientAccountId };
}

/** A key that two names share only if they are one. */
export function nameKey({ name, account }: Named): string {
  return name === null ? '' : `${account?.length ?? '-'},${account ?? ''}${name}`;
}

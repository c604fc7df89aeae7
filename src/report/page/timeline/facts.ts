/** The facts that a run of findings shares: who did it, from where, in which account, and with what. */
import { accountOfPrincipal } from '../../../cloudtrail/account.js';
import { isNobodyByKey } from '../../../change/actor/behind.js';
import type { HowFlag } from '../../../change/actor/flags.js';
import type { Finding } from '../../finding.js';
import { truncate } from '../../../text/width.js';
import { text, value, type Text } from '../blocks/text.js';
import { accountText, type AccountNames } from '../blocks/account-name.js';
import type { Survey } from './survey.js';

// In columns. A very long value must not hide the others. The longest ARN of a role session fits in.
const NAME = 176;
const TOOL = 120;
const SHORT = 44;

/** In columns. */
const SAID = 160;
/** Without names: a run of findings shares them. */
const FLAGS: Readonly<
  Record<Exclude<HowFlag['reason'], 'first time' | 'key created by another'>, string>
> = {
  correction: 'corrects an earlier record of the same change',
  'delegated access': 'an outside account made the call, with delegated access',
  'sign-in by a program': 'a program signed in to the console',
  'console session': 'the same session key was used in the console',
  'another tool': 'the same key acted with another tool within minutes',
  'new address': 'a new address for this role or user',
  'new version': "a new version of Terraform's provider for this role or user",
};

/** Who, from where and in which account, as far as not all findings of the report have the same. */
export function whoText(
  finding: Finding,
  { account, region, accountNames }: Pick<Survey, 'account' | 'region' | 'accountNames'>,
): Text {
  const { actor, sourceIPAddress, recipientAccountId, awsRegion } = finding;
  const { name, role, principal, accessKey } = actor;
  const as = role === null || name.includes(role) ? [] : text` as role ${truncate(role, NAME)}`;
  const from = isOfAccount(principal, recipientAccountId)
    ? []
    : text`, ${truncate(principal ?? '', NAME)}`;
  const key = accessKey === null ? [] : text` (key ${truncate(accessKey, SHORT)})`;
  const address =
    sourceIPAddress === null ? ['no address'] : [value(truncate(sourceIPAddress, NAME))];
  const own = [
    ...(account === null ? [accountOr(recipientAccountId, accountNames)] : []),
    ...(region === null ? [named(awsRegion, 'no region')] : []),
  ];
  const where = own.flatMap((one, index) => [index === 0 ? ', in ' : ' ', ...one]);
  return text`${truncate(name, NAME)}${as}${from}${key} from ${address}${where}`;
}

function accountOr(id: string | null, names: AccountNames): Text {
  return id === null ? ['no account'] : accountText(truncate(id, SHORT), names);
}

function named(name: string | null, otherwise: string): Text {
  return [name === null ? otherwise : value(truncate(name, SHORT))];
}

/** Whether the principal is one of the account whose log this is. */
function isOfAccount(principal: string | null, account: string | null): boolean {
  const own = accountOfPrincipal(principal);
  return own === undefined || own === account;
}

/** With what, and by hand or not. A finding says also where the log cannot tell. */
export function howText({ how, actor }: Finding): Text {
  const known = how.class === 'unknown' ? 'by hand or not: unknown' : how.class;
  const byKey = isNobodyByKey({ actor, how }) ? [', as the events that issued its key say'] : [];
  const tool = how.tool === null ? [] : text`${truncate(how.tool, TOOL)}, `;
  const via =
    actor.via === null || actor.via === how.tool
      ? []
      : text`through ${truncate(actor.via, SHORT)}, `;
  const flags = how.flags.flatMap(({ reason, text: said }, index) => [
    index === 0 ? ', look at it: ' : ', ',
    // Who and what are the point of it.
    reason === 'first time' || reason === 'key created by another'
      ? value(truncate(said, SAID))
      : FLAGS[reason],
  ]);
  return text`${tool}${via}${[known, ...byKey]}${flags}`;
}

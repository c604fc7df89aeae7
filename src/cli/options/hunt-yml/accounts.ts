/** Reads `accounts` of `hunt.yml`: the names that people use for AWS accounts. */
import { isAccountId } from '../../../cloudtrail/account.js';
import { HuntError } from '../../../errors.js';
import { textOf, type MappingReader } from '../../../yaml/mapping.js';

/** The parameter of the pack that says which accounts matter. */
const ACCOUNTS_PARAMETER = 'PROD_ACCOUNT_IDS';

/** Names by account ID, in the order of the file. Throws a HuntError at a mistake. */
export function readAccounts(config: MappingReader): ReadonlyMap<string, string> {
  const node = config.get('accounts');
  const names = new Map<string, string>();
  if (node === undefined) return names;
  const what = `${config.what}: accounts`;
  if (node.kind !== 'map')
    return config.fail(`${what} must be a mapping of names to account IDs`, 'accounts');
  for (const { key: name, value } of node.entries) {
    const id = textOf(value, `${what}: ${name}`, 'CONFIG');
    const fail = (problem: string): never => {
      throw new HuntError('CONFIG', `${what}: ${name}: ${problem}`, { at: value.at });
    };
    if (!isAccountId(id)) fail(`${JSON.stringify(id)} is no account ID of 12 digits`);
    const other = names.get(id);
    if (other !== undefined) fail(`${id} has the name ${other} already`);
    names.set(id, name);
  }
  return names;
}

/**
 * The parameters, with the accounts that have names as those that the rules of the pack look at, unless the parameters say
 * which.
 */
export function withAccounts<V>(
  parameters: ReadonlyMap<string, V>,
  accounts: ReadonlyMap<string, string>,
): ReadonlyMap<string, V | readonly string[]> {
  if (accounts.size === 0 || parameters.has(ACCOUNTS_PARAMETER)) return parameters;
  return new Map<string, V | readonly string[]>([
    ...parameters,
    [ACCOUNTS_PARAMETER, [...accounts.keys()]],
  ]);
}

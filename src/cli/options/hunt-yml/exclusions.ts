/** Reads `exclusions` and `allow` of `hunt.yml`, which change what rules with a list of exclusions leave out. */
import { HuntError } from '../../../errors.js';
import type { NamedExclusion } from '../../../rule/condition/condition.js';
import { allowedExclusion, type Allowance } from '../../../rule/exclusions/allow.js';
import { readRemoval, type ExclusionChanges } from '../../../rule/exclusions/changes.js';
import { readTool, type WrittenText } from '../../../rule/exclusions/tool.js';
import { readCalls } from '../../../rule/panther/calls.js';
import { wrongName } from '../../../rule/panther/exclusions.js';
import { readNetwork } from '../../../text/addresses.js';
import { MappingReader, textOf } from '../../../yaml/mapping.js';
import type { YamlNode } from '../../../yaml/parse.js';

const CODE = 'CONFIG';
const ALLOW_KEYS = ['tool', 'role', 'user', 'account', 'network'] as const;

/** The changes of a configuration. Throws a HuntError with line and column on anything unknown. */
export function readExclusionChanges(config: MappingReader): ExclusionChanges {
  const node = config.get('exclusions');
  const what = `${config.what}: exclusions`;
  const mapping = node && new MappingReader(node, ['add', 'remove'], { what, code: CODE });
  const removed = itemsOf(mapping?.get('remove')).map((item) =>
    readRemoval(textOf(item, `${what}: remove`, CODE), item.at),
  );
  const added = itemsOf(mapping?.get('add')).map((item) => readAdded(item, `${what}: add`));
  const allowed = itemsOf(config.get('allow')).map((item) => readAllowed(item, config.what));
  return { add: unique([...added, ...allowed]), remove: removed };
}

function itemsOf(node: YamlNode | undefined): readonly YamlNode[] {
  if (node === undefined) return [];
  return node.kind === 'list' ? node.items : [node];
}

/** Several entries of `allow` may have the same name where it is cut short. */
function unique(exclusions: readonly NamedExclusion[]): readonly NamedExclusion[] {
  const counts = new Map<string, number>();
  return exclusions.map((exclusion) => {
    const { label } = exclusion;
    const count = (counts.get(label.name) ?? 0) + 1;
    counts.set(label.name, count);
    return count === 1
      ? exclusion
      : { ...exclusion, label: { ...label, name: `${label.name} (${count})` } };
  });
}

function readAdded(item: YamlNode, what: string): NamedExclusion {
  const mapping = new MappingReader(item, ['name', 'reason', 'calls'], { what, code: CODE });
  const name = mapping.required('name');
  const problem = wrongName(name);
  if (problem !== undefined) mapping.fail(`${what}: name ${problem}`, 'name');
  const reason = mapping.required('reason').trim();
  const calls = mapping.get('calls') ?? mapping.fail(`${what} needs calls`);
  const of = readCalls(calls, CODE);
  return { kind: 'not', of, label: { name, reason, at: item.at, source: 'config' } };
}

function readAllowed(item: YamlNode, file: string): NamedExclusion {
  const what = `${file}: allow`;
  const mapping = new MappingReader(item, [...ALLOW_KEYS, 'reason'], { what, code: CODE });
  const textsAt = (key: (typeof ALLOW_KEYS)[number]): readonly WrittenText[] =>
    itemsOf(mapping.get(key)).map((node) => ({
      text: textOf(node, `${what}: ${key}`, CODE),
      at: node.at,
    }));
  const [tool, role, user, account, network] = ALLOW_KEYS.map(textsAt);
  const allowance: Allowance = {
    tool: (tool ?? []).map((one) => readTool(one, 'allow')),
    role: checked(role, wrongRole),
    user: checked(user, (text) => (text === '' ? 'allow: user is empty' : undefined)),
    account: checked(account, wrongAccount),
    network: checked(network, wrongNetwork),
    reason: mapping.required('reason').trim(),
    at: item.at,
  };
  if (ALLOW_KEYS.every((key) => mapping.get(key) === undefined))
    mapping.fail(`${what} needs at least a role, a user or a network`);
  const { length: accounts } = allowance.account;
  const isNobody = allowance.role.length === 0 && allowance.user.length === 0;
  if (isNobody && (allowance.tool.length > 0 || (accounts > 0 && allowance.network.length === 0)))
    mapping.fail(
      allowance.tool.length > 0
        ? `${what} needs a role or a user with the tool: anyone can write a user agent`
        : `${what} needs a role, a user or a network with the account`,
    );
  return allowedExclusion(allowance);
}

/** The texts. Throws a HuntError at the first of which `wrong` says what is wrong. */
function checked(
  texts: readonly WrittenText[] | undefined,
  wrong: (text: string) => string | undefined,
): readonly string[] {
  return (texts ?? []).map(({ text, at }) => {
    const problem = wrong(text);
    if (problem === undefined) return text;
    throw new HuntError(CODE, problem, { at });
  });
}

function wrongRole(text: string): string | undefined {
  if (/^arn:[^:]*:sts::/.test(text))
    return `allow: ${text} is a session: write the ARN of its role, such as arn:aws:iam::111122223333:role/Deploy`;
  if (/^arn:[^:]*:iam::[^:]*:role\/./.test(text)) return undefined;
  return `allow: "${text}" is not the ARN of a role: write arn:aws:iam::111122223333:role/Deploy, or arn:aws:iam::*:role/Deploy for every account`;
}

function wrongAccount(text: string): string | undefined {
  return /^\d{12}$/.test(text) ? undefined : `allow: "${text}" is not an account of 12 digits`;
}

function wrongNetwork(text: string): string | undefined {
  return readNetwork(text) === undefined
    ? `allow: "${text}" is not an address or a network such as 10.0.0.0/8`
    : undefined;
}

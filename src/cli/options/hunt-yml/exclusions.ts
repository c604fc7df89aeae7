/** Reads `exclusions` and `allow` of `hunt.yml`, which change what rules with a list of exclusions leave out. */
import { isAccountId } from '../../../cloudtrail/account.js';
import { HuntError } from '../../../errors.js';
import { isDayText } from '../../../cloudtrail/time/time.js';
import { readCall, type Call } from '../../../rule/condition/calls.js';
import { allowedExclusion, type Allowance } from '../../../rule/exclusions/allow.js';
import {
  readRemoval,
  type AddedExclusion,
  type ExclusionChanges,
} from '../../../rule/exclusions/changes.js';
import { readTool, type WrittenText } from '../../../rule/exclusions/tool.js';
import { readCalls } from '../../../rule/panther/calls.js';
import { wrongName } from '../../../rule/panther/exclusions.js';
import { readNetwork } from '../../../network/addresses.js';
import { MappingReader, textOf } from '../../../yaml/mapping.js';
import type { YamlNode } from '../../../yaml/parse.js';

const CODE = 'CONFIG';
const ALLOW_KEYS = ['tool', 'role', 'user', 'account', 'network', 'call', 'resource'] as const;
/** What every entry may have beside what it excludes. */
const ENTRY_KEYS = ['reason', 'owner', 'until', 'rule'];

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

/** A key without a value, of which all entries are comments, has none. */
function itemsOf(node: YamlNode | undefined): readonly YamlNode[] {
  if (node === undefined || (node.kind === 'scalar' && node.text === '')) return [];
  return node.kind === 'list' ? node.items : [node];
}

/** Several entries of `allow` may have the same name where it is cut short. */
function unique(exclusions: readonly AddedExclusion[]): readonly AddedExclusion[] {
  const counts = new Map<string, number>();
  return exclusions.map((added) => {
    const { exclusion } = added;
    const { label } = exclusion;
    const count = (counts.get(label.name) ?? 0) + 1;
    counts.set(label.name, count);
    const name = `${label.name} (${count})`;
    return count === 1
      ? added
      : { ...added, exclusion: { ...exclusion, label: { ...label, name } } };
  });
}

/** What an entry says beside what it excludes. The report shows the reason, and with it who answers for the entry until when. */
function readTerms(
  mapping: MappingReader,
): Omit<AddedExclusion, 'exclusion'> & { readonly reason: string } {
  const owner = mapping.text('owner')?.trim() || null;
  const until = mapping.text('until') ?? null;
  if (until !== null && !isDayText(until))
    mapping.fail(`${mapping.what}: until "${until}" is not a day: write 2026-12-31`, 'until');
  const terms = [owner, until === null ? null : `until ${until}`].filter((one) => one !== null);
  const reason = mapping.required('reason').trim();
  return {
    rules: mapping.texts('rule') ?? [],
    owner,
    until,
    reason: terms.length === 0 ? reason : `${reason} (${terms.join(', ')})`,
  };
}

function readAdded(item: YamlNode, what: string): AddedExclusion {
  const keys = ['name', 'calls', ...ENTRY_KEYS];
  const mapping = new MappingReader(item, keys, { what, code: CODE });
  const name = mapping.required('name');
  const problem = wrongName(name);
  if (problem !== undefined) mapping.fail(`${what}: name ${problem}`, 'name');
  const { reason, ...terms } = readTerms(mapping);
  const calls = mapping.get('calls') ?? mapping.fail(`${what} needs calls`);
  const of = readCalls(calls, CODE);
  const label = { name, reason, at: item.at, source: 'config' } as const;
  return { ...terms, exclusion: { kind: 'not', of, label } };
}

function readAllowed(item: YamlNode, file: string): AddedExclusion {
  const what = `${file}: allow`;
  const mapping = new MappingReader(item, [...ALLOW_KEYS, ...ENTRY_KEYS], { what, code: CODE });
  const textsAt = (key: (typeof ALLOW_KEYS)[number]): readonly WrittenText[] =>
    itemsOf(mapping.get(key)).map((node) => ({
      text: textOf(node, `${what}: ${key}`, CODE),
      at: node.at,
    }));
  const [tool, role, user, account, network, call, resource] = ALLOW_KEYS.map(textsAt);
  const { reason, ...terms } = readTerms(mapping);
  const allowance: Allowance = {
    tool: (tool ?? []).map((one) => readTool(one, 'allow')),
    role: checked(role, wrongRole),
    user: checked(user, (text) => (text === '' ? 'allow: user is empty' : undefined)),
    account: checked(account, wrongAccount),
    network: checked(network, wrongNetwork),
    call: (call ?? []).map(readWrittenCall),
    resource: checked(resource, wrongResource),
    reason,
    at: item.at,
  };
  if (ALLOW_KEYS.every((key) => mapping.get(key) === undefined))
    mapping.fail(`${what} needs at least a role, a user or a network`);
  const isNobody = allowance.role.length === 0 && allowance.user.length === 0;
  const isAnywhere = isNobody && allowance.network.length === 0;
  if (isNobody && allowance.tool.length > 0)
    mapping.fail(`${what} needs a role or a user with the tool: anyone can write a user agent`);
  for (const key of ['account', 'call', 'resource'] as const)
    if (isAnywhere && allowance[key].length > 0)
      mapping.fail(`${what} needs a role, a user or a network with the ${key}`);
  return { ...terms, exclusion: allowedExclusion(allowance) };
}

function readWrittenCall({ text, at }: WrittenText): Call {
  const call = readCall(text);
  if (typeof call !== 'string') return call;
  throw new HuntError(CODE, `allow: call: "${text}" ${call}`, { at });
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

function wrongResource(text: string): string | undefined {
  return /[\p{L}\p{N}]/u.test(text) ? undefined : `allow: resource "${text}" names nothing`;
}

function wrongAccount(text: string): string | undefined {
  return isAccountId(text) ? undefined : `allow: "${text}" is not an account of 12 digits`;
}

function wrongNetwork(text: string): string | undefined {
  return readNetwork(text) === undefined
    ? `allow: "${text}" is not an address or a network such as 10.0.0.0/8`
    : undefined;
}

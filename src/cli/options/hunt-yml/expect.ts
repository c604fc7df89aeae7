/** Reads `expect` of `hunt.yml`: what must be in the logs. What is not there is lost evidence. */
import { isAccountId } from '../../../cloudtrail/account.js';
import { isRegion } from '../../../cloudtrail/region.js';
import { HuntError } from '../../../errors.js';
import type { Expectations } from '../../../report/completeness/expectations.js';
import { didYouMean } from '../../../text/did-you-mean.js';
import { MappingReader } from '../../../yaml/mapping.js';

const KEYS = ['accounts', 'regions', 'days', 'digests'];
const CODE = 'CONFIG';

/** `none`: nothing is expected, whatever another part of the file says. */
export type ExpectConfig = Expectations | 'none';

/** Undefined where the mapping has no `expect`. Throws a HuntError at a mistake. */
export function readExpect(
  mapping: MappingReader,
  accounts: ReadonlyMap<string, string>,
): ExpectConfig | undefined {
  const node = mapping.get('expect');
  if (node === undefined) return undefined;
  const what = `${mapping.what}: expect`;
  if (node.kind === 'scalar' && node.text === 'none') return 'none';
  if (node.kind !== 'map')
    return mapping.fail(`${what} must be none, or a mapping of ${KEYS.join(', ')}`, 'expect');
  const own = new MappingReader(node, KEYS, { what, code: CODE });
  return {
    accounts: expectedAccounts(own, accounts),
    regions: expectedRegions(own),
    everyDay: isWord(own, 'days', 'every'),
    digests: isWord(own, 'digests', 'required'),
  };
}

/** IDs. `all` are those that have names. */
function expectedAccounts(
  mapping: MappingReader,
  accounts: ReadonlyMap<string, string>,
): readonly string[] | null {
  const texts = mapping.texts('accounts');
  if (texts === undefined) return null;
  const [first] = texts;
  if (texts.length === 1 && first === 'all') {
    if (accounts.size === 0)
      mapping.fail(
        `${mapping.what}: accounts: all are those that accounts of hunt.yml names, and it names none`,
        'accounts',
      );
    return [...accounts.keys()];
  }
  const ids = new Map([...accounts].map(([id, name]) => [name, id]));
  return texts.map((text, index) => {
    const id = ids.get(text) ?? text;
    if (isAccountId(id)) return id;
    const known = [...ids.keys(), 'all'];
    throw new HuntError(
      CODE,
      `${mapping.what}: accounts: ${JSON.stringify(text)} is neither an account ID of 12 digits nor a name of accounts.${didYouMean(text, known)}`,
      { at: itemAt(mapping, 'accounts', index) },
    );
  });
}

function expectedRegions(mapping: MappingReader): readonly string[] {
  const regions = mapping.texts('regions') ?? [];
  regions.forEach((text, index) => {
    if (isRegion(text)) return;
    throw new HuntError(
      CODE,
      `${mapping.what}: regions: ${JSON.stringify(text)} is no region, such as eu-west-1`,
      { at: itemAt(mapping, 'regions', index) },
    );
  });
  return regions;
}

/** Where an item of a list stands; where the only item stands if it is no list. */
function itemAt(mapping: MappingReader, key: string, index: number): MappingReader['at'] {
  const node = mapping.get(key);
  return (node?.kind === 'list' ? node.items[index]?.at : node?.at) ?? mapping.at;
}

function isWord(mapping: MappingReader, key: string, word: string): boolean {
  const text = mapping.text(key);
  if (text === undefined || text === word) return text === word;
  return mapping.fail(
    `${mapping.what}: ${key} can only be ${word}.${didYouMean(text, [word])}`,
    key,
  );
}

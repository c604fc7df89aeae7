/** The parts of `hunt.yml` that name a table on an engine elsewhere. */
import { ROLES, type Roles } from '../../table/partitions/roles.js';
import type { ColumnNames } from '../../table/columns/fit.js';
import { Words } from '../../yaml/words.js';

/** What any engine's table may need to have explained. */
export interface TableConfig {
  readonly columns: ColumnNames;
  readonly partitions: Roles;
}

export interface AthenaConfig extends TableConfig {
  readonly table: string | undefined;
  readonly workgroup: string | undefined;
  readonly region: string | undefined;
  readonly profile: string | undefined;
  readonly output: string | undefined;
  readonly price: string | undefined;
}

export interface TrinoConfig extends TableConfig {
  readonly url: string | undefined;
}

const ATHENA_KEYS = [
  'table',
  'workgroup',
  'region',
  'profile',
  'output',
  'price',
  'columns',
  'partitions',
];
const TRINO_KEYS = ['url', 'columns', 'partitions'];

/** The mapping `athena`; undefined where there is none. Throws a HuntError on a wrong one. */
export function readAthenaConfig(config: Words): AthenaConfig | undefined {
  const words = within(config, 'athena', ATHENA_KEYS);
  return (
    words && {
      ...readTable(words),
      table: words.text('table'),
      workgroup: words.text('workgroup'),
      region: words.text('region'),
      profile: words.text('profile'),
      output: words.text('output'),
      price: words.text('price'),
    }
  );
}

/** The mapping `trino`; undefined where there is none. Throws a HuntError on a wrong one. */
export function readTrinoConfig(config: Words): TrinoConfig | undefined {
  const words = within(config, 'trino', TRINO_KEYS);
  return words && { ...readTable(words), url: words.text('url') };
}

function within(config: Words, key: string, known: readonly string[]): Words | undefined {
  const node = config.get(key);
  return node && new Words(node, known, `${config.what}: ${key}`, 'CONFIG');
}

function readTable(words: Words): TableConfig {
  return {
    columns: namesIn(words, 'columns'),
    partitions: namesIn(words, 'partitions', ROLES) as Roles,
  };
}

/** A mapping of texts to texts; with words that are known where they are given. */
function namesIn(
  words: Words,
  key: string,
  known?: readonly string[],
): ReadonlyMap<string, string> {
  const node = words.get(key);
  if (node === undefined) return new Map();
  const what = `${words.what}: ${key}`;
  if (node.kind !== 'map') return words.fail(`${what} must be a mapping of names to columns`, key);
  const names = node.entries.map(({ key: name }) => name);
  const own = new Words(node, known ?? names, what, 'CONFIG');
  return new Map(names.map((name) => [name, own.required(name)]));
}

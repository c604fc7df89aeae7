/** The mappings `athena` and `trino` of `hunt.yml`, which name a table and explain its columns and partitions. */
import { PARTITION_ROLES, type PartitionHints } from '../../../table/partitions/roles.js';
import type { ColumnNames } from '../../../table/columns/find-column.js';
import { MappingReader } from '../../../yaml/mapping.js';

/** What a table may need explained, on either engine. */
interface TableConfig {
  /** Field of an event → column of the table, or a member of a column. */
  readonly columns: ColumnNames;
  readonly partitions: PartitionHints;
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

/** The mapping `athena`; undefined if there is none. Throws a HuntError if it has a mistake. */
export function readAthenaConfig(config: MappingReader): AthenaConfig | undefined {
  const mapping = nestedMapping(config, 'athena', ATHENA_KEYS);
  return (
    mapping && {
      table: mapping.text('table'),
      workgroup: mapping.text('workgroup'),
      region: mapping.text('region'),
      profile: mapping.text('profile'),
      output: mapping.text('output'),
      price: mapping.text('price'),
      columns: readTexts(mapping, 'columns'),
      partitions: readPartitions(mapping),
    }
  );
}

/** The mapping `trino`; undefined if there is none. Throws a HuntError if it has a mistake. */
export function readTrinoConfig(config: MappingReader): TrinoConfig | undefined {
  const mapping = nestedMapping(config, 'trino', TRINO_KEYS);
  return (
    mapping && {
      url: mapping.text('url'),
      columns: readTexts(mapping, 'columns'),
      partitions: readPartitions(mapping),
    }
  );
}

function nestedMapping(
  config: MappingReader,
  key: string,
  known: readonly string[],
): MappingReader | undefined {
  const node = config.get(key);
  return node && new MappingReader(node, known, { what: `${config.what}: ${key}`, code: 'CONFIG' });
}

/** A mapping of names to columns, with any names. */
function readTexts(parent: MappingReader, key: string): ReadonlyMap<string, string> {
  const node = parent.get(key);
  if (node === undefined) return new Map();
  const what = `${parent.what}: ${key}`;
  if (node.kind !== 'map') return parent.fail(`${what} must be a mapping of names to columns`, key);
  const names = node.entries.map(({ key: name }) => name);
  const mapping = new MappingReader(node, names, { what, code: 'CONFIG' });
  return new Map(names.map((name) => [name, mapping.required(name)]));
}

/** The mapping `partitions`: role → column, or column → `{ injected: [values] }`. Unknown roles are errors. */
function readPartitions(parent: MappingReader): PartitionHints {
  const node = parent.get('partitions');
  const injected =
    node?.kind === 'map' ? node.entries.filter(({ value }) => value.kind === 'map') : [];
  const columns = injected.map(({ key }) => key);
  const roles = PARTITION_ROLES.filter((role) => !columns.includes(role));
  const mapping = nestedMapping(parent, 'partitions', [...roles, ...columns]);
  if (mapping === undefined) return { roles: new Map() };
  return {
    roles: new Map(
      roles
        .filter((role) => mapping.get(role) !== undefined)
        .map((role) => [role, mapping.required(role)]),
    ),
    named: new Map(columns.map((column) => [column, readInjected(mapping, column)])),
  };
}

function readInjected(partitions: MappingReader, column: string): readonly string[] {
  const values = nestedMapping(partitions, column, ['injected'])?.texts('injected') ?? [];
  if (values.length > 0) return values;
  return partitions.fail(`${partitions.what}: ${column} needs injected: [VALUE, …]`, column);
}

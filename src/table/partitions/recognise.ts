/** Finds out what the partition keys of a table mean: by hunt.yml, else by their projection, else by their names. */
import { HuntError } from '../../errors.js';
import { recogniseDays } from './recognise-days.js';
import type { NamedType, TableDescription } from '../description.js';
import { dayKeys, type KeyValues, type Layout, type PartitionKey } from './layout.js';
import { isProjected, projectedValues, projectionOf, type Projection } from './projection.js';
import { findKey, isHarmless, keysNamed, namedKeys, type PartitionHints } from './roles.js';

/**
 * The layout of a table at `now` (milliseconds since 1970), which matters for ranges that end with NOW. The hints
 * are those of hunt.yml and of registered values. Throws a HuntError if they name no partition key, or where the roles give no date.
 */
export function layoutOf(
  description: TableDescription,
  { roles, named: values, understood: needsNoNote, dates: likeDates }: PartitionHints,
  now: number,
): Layout {
  const projection = projectionOf(description.properties);
  const keys = description.partitionKeys.map((key) => partitionKey(key, projection, values));
  const named = namedKeys(keys, roles);
  for (const column of values?.keys() ?? []) findKey(column, column, keys);
  const free = keys.filter(
    (key) => key.values.kind !== 'named' && ![...named.values()].includes(key),
  );
  const account = named.get('account') ?? keysNamed('account', free)[0];
  const region = named.get('region') ?? keysNamed('region', free)[0];
  const rest = free.filter((key) => key !== account && key !== region);
  const format = roles.get('format');
  const {
    days,
    keys: dates,
    notes,
  } = recogniseDays({ keys: rest, named, format, projection, now });
  if (format !== undefined && days === undefined)
    throw new HuntError(
      'CONFIG',
      'partitions: format needs date, the partition key that has this format',
    );
  const understood = new Set([account, region, ...(days ? dayKeys(days) : [])]);
  const others = keys.filter((key) => !understood.has(key));
  const unknown = others.filter(
    (key) => !dates.includes(key) && needsNoNote?.has(key.column) !== true,
  );
  return {
    days,
    account,
    region,
    others,
    projected: keys.length > 0 && isProjected(description.properties),
    notes: [
      ...notes,
      ...(days === undefined ? dateNotes(unknown, likeDates) : []),
      ...unknownNotes(
        { days, account, region },
        unknown.filter(({ column }) => days !== undefined || likeDates?.has(column) !== true),
      ),
    ],
  };
}

/** A note for each key with dates that may be those of an import: an event of January may lie under a day of March. */
function dateNotes(
  keys: readonly PartitionKey[],
  formats: PartitionHints['dates'],
): readonly string[] {
  return keys.flatMap(({ column }) => {
    const format = formats?.get(column);
    if (format === undefined) return [];
    return `partition key "${column}" has dates, but its name does not say that they are those of the events, so every day is read; if they are, set partitions: {date: ${column}, format: ${format}} in hunt.yml`;
  });
}

/** A note for each key that may have a role that no key has. */
function unknownNotes(
  { days, account, region }: Pick<Layout, 'days' | 'account' | 'region'>,
  unknown: readonly PartitionKey[],
): readonly string[] {
  const open = Object.entries({ account, region, date: days }).flatMap(([role, key]) =>
    key === undefined ? [role] : [],
  );
  if (open.length === 0) return [];
  return unknown
    .filter(({ column, values }) => {
      const isSingle = values.kind === 'listed' && values.values.length === 1;
      return !isSingle && values.kind !== 'named' && !isHarmless(column);
    })
    .map(
      ({ column }) =>
        `partition key "${column}" is not understood, so all its values are read; ` +
        `if it is the ${open.join(' or the ')}, set partitions: {${open[0]}: ${column}} in hunt.yml`,
    );
}

function partitionKey(
  { name, type }: NamedType,
  projection: Projection,
  named: PartitionHints['named'],
): PartitionKey {
  const own = [...(named ?? [])].find(([column]) => column.toLowerCase() === name.toLowerCase());
  const values: KeyValues =
    own === undefined ? projectedValues(name, projection) : { kind: 'named', values: own[1] };
  return { column: name, type: keyType(type), values };
}

/** The type of a key, from its name in Hive or Trino. Keys of other types are compared as text. */
function keyType(type: string): PartitionKey['type'] {
  const name = type.trim().toLowerCase();
  if (name === 'date') return 'date';
  return /^(tinyint|smallint|int|integer|bigint)$/.test(name) ? 'number' : 'text';
}

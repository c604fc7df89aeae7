/** What a table's partition keys mean: by hunt.yml, else by their projection, else by their names. */
import { HuntError } from '../../errors.js';
import { recogniseDays } from './recognise-days.js';
import type { NamedType, TableDescription } from '../description.js';
import { dayKeys, type Layout, type PartitionKey } from './layout.js';
import { isProjected, projectedValues, projectionOf, type Projection } from './projection.js';
import { keysNamed, namedKeys, ROLES, type Roles } from './roles.js';

/** Roles from hunt.yml `athena.partitions` and `trino.partitions`: role → column; `format` is the date's format. */
export type PartitionRoles = Roles;

export const PARTITION_ROLES: readonly string[] = ROLES;

/** Keys that say nothing about account, region or day, and need no note. */
const HARMLESS =
  /^(hours?|hr|minutes?|org|organi[sz]ation|orgid|organi[sz]ationid|trail|trailname|service|source|logtype)$/;

/**
 * The layout of a table at an instant, for ranges that end with NOW.
 * Throws a HuntError where a role names no partition key, or the roles make no date.
 */
export function layoutOf(
  description: TableDescription,
  roles: PartitionRoles,
  now: number,
): Layout {
  const projection = projectionOf(description.properties);
  const keys = description.partitionKeys.map((key) => partitionKey(key, projection));
  const named = namedKeys(keys, roles);
  const free = keys.filter((key) => ![...named.values()].includes(key));
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
    throw new HuntError('CONFIG', 'partitions: format needs the partition key that it is of: date');
  const understood = new Set([account, region, ...(days ? dayKeys(days) : [])]);
  const others = keys.filter((key) => !understood.has(key));
  const unknown = others.filter((key) => !dates.includes(key));
  return {
    days,
    account,
    region,
    others,
    projected: keys.length > 0 && isProjected(description.properties),
    notes: [...notes, ...unknownNotes({ days, account, region }, unknown)],
  };
}

/** A note for each key that may have a role which none has. */
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
      return !isSingle && !HARMLESS.test(column.toLowerCase().replace(/[_-]/g, ''));
    })
    .map(
      ({ column }) =>
        `partition key "${column}" is not understood, so all its values are read; ` +
        `if it is the ${open.join(' or the ')}, say partitions: {${open[0]}: ${column}} in hunt.yml`,
    );
}

function partitionKey({ name, type }: NamedType, projection: Projection): PartitionKey {
  return { column: name, type: keyType(type), values: projectedValues(name, projection) };
}

/** What Hive and Trino call a key's type; text is compared as text, and so is what is not known. */
function keyType(type: string): PartitionKey['type'] {
  const name = type.trim().toLowerCase();
  if (name === 'date') return 'date';
  return /^(tinyint|smallint|int|integer|bigint)$/.test(name) ? 'number' : 'text';
}

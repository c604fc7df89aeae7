/**
 * Finds the roles of partition keys by their registered values, where neither hunt.yml nor the names of the keys say them: the keys
 * of a crawler (`partition_0`), and dates in a format that nobody wrote down.
 */
import type { NamedType, TableDescription } from '../../description.js';
import { isProjected } from '../projection.js';
import { isHarmless, isNeutral, keysNamed, type KeyRole, type PartitionHints } from '../roles.js';
import { formatOfValues } from './date-text.js';
import { dayParts } from './day-parts.js';
import { kindOf, type ValueKind } from './value-kind.js';

/** Key → its registered values. */
export type RegisteredValues = ReadonlyMap<string, readonly (string | null)[]>;

/**
 * The keys, in their order, whose values may say more than their names. None for a projected table: it has no registered
 * partitions.
 */
export function openKeys(description: TableDescription, hints: PartitionHints): readonly string[] {
  const { known, free, hasDays } = knownRoles(description, hints);
  const isPlaced = hasDays && known.has('account') && known.has('region');
  if (isProjected(description.properties) || isPlaced) return [];
  const date = known.get('date');
  const usedFor = new Set(hasDays ? known.values() : []);
  return [
    ...free.filter((name) => !usedFor.has(name) && !isHarmless(name)),
    ...(hasDays || date === undefined || free.includes(date) ? [] : [date]),
  ];
}

/** The hints with the roles that the values of the open keys give. Those of hunt.yml and of the names stay. */
export function completeHints(
  description: TableDescription,
  hints: PartitionHints,
  values: RegisteredValues,
): PartitionHints {
  const { known, hasDays } = knownRoles(description, hints);
  const keys = openKeys(description, hints).map((column) => {
    const own = values.get(column) ?? [];
    return { column, values: own.filter((value) => value !== null), kind: kindOf(own) };
  });
  const ofKind = (kind: ValueKind): readonly string[] =>
    keys.filter((key) => key.kind === kind).map(({ column }) => column);
  const roles = new Map(hints.roles);
  for (const role of ['account', 'region'] as const) {
    const [column, ...more] = ofKind(role);
    // Of two keys with accounts, it is not known which one is the account of the events.
    if (!known.has(role) && column !== undefined && more.length === 0) roles.set(role, column);
  }
  if (!hasDays) {
    // hunt.yml names either a date, or its parts.
    const isInParts = PARTS.some((part) => hints.roles.has(part));
    const date = isInParts
      ? undefined
      : (known.get('date') ?? only(ofKind('date').filter(isNeutral)));
    const format = formatOfValues(keys.find(({ column }) => column === date)?.values ?? []);
    if (date !== undefined && format !== undefined) roles.set('date', date).set('format', format);
    else for (const [part, column] of dayParts(keys, known) ?? []) roles.set(part, column);
  }
  const dates = keys.flatMap(({ column, kind, values: texts }): [string, string][] => {
    const format = kind === 'date' ? formatOfValues(texts) : undefined;
    return format === undefined ? [] : [[column, format]];
  });
  return { ...hints, roles, understood: new Set(ofKind('constant')), dates: new Map(dates) };
}

interface KnownRoles {
  /** Role → key: by hunt.yml, else by the name. */
  readonly known: ReadonlyMap<KeyRole, string>;
  /** The keys without a role that are neither the account nor the region. */
  readonly free: readonly string[];
  /** Whether the day is known without a look at values. */
  readonly hasDays: boolean;
}

function knownRoles({ partitionKeys }: TableDescription, hints: PartitionHints): KnownRoles {
  const { roles, named } = hints;
  const known = new Map<KeyRole, string>();
  const findKey = (column: string): NamedType | undefined =>
    partitionKeys.find(({ name }) => isSame(name, column));
  for (const [role, column] of roles)
    if (role !== 'format') known.set(role, findKey(column)?.name ?? column);
  const freeKeys = (): readonly NamedType[] => {
    const taken = [...(named?.keys() ?? []), ...known.values()];
    return partitionKeys.filter(({ name }) => !taken.some((column) => isSame(column, name)));
  };
  const findRole = (role: KeyRole): void => {
    const columns = freeKeys().map(({ name }) => ({ column: name }));
    const [found] = keysNamed(role, columns);
    if (found !== undefined && !known.has(role)) known.set(role, found.column);
  };
  findRole('account');
  findRole('region');
  const free = freeKeys();
  const dateName = known.get('date');
  const date = dateName === undefined ? free.find(isDate) : findKey(dateName);
  if (date !== undefined && isDate(date)) {
    known.set('date', date.name);
    return { known, free: free.map(({ name }) => name), hasDays: true };
  }
  if (date === undefined) PARTS.forEach(findRole);
  const hasParts = PARTS.every((part) => known.has(part));
  if (!hasParts) findRole('date');
  return {
    known,
    free: free.map(({ name }) => name),
    hasDays: hasParts || roles.has('format'),
  };
}

function isSame(name: string, other: string): boolean {
  return name.toLowerCase() === other.toLowerCase();
}

function isDate({ type }: NamedType): boolean {
  return type.trim().toLowerCase() === 'date';
}

const PARTS = ['year', 'month', 'day'] as const;

function only(columns: readonly string[]): string | undefined {
  return columns.length === 1 ? columns[0] : undefined;
}

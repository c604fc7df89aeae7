/** Which partition key has which role: by hunt.yml, or by the name of the key. */
import { HuntError } from '../../errors.js';
import { didYouMean } from '../../text/did-you-mean.js';
import type { PartitionKey } from './layout.js';

const KEY_ROLES = ['account', 'region', 'year', 'month', 'day', 'date'] as const;
export type KeyRole = (typeof KEY_ROLES)[number];

/** The keys of the mapping `partitions` in hunt.yml. */
export const PARTITION_ROLES = [...KEY_ROLES, 'format'] as const;

/** Role to column; `format` is the format of the date. */
export type PartitionRoles = ReadonlyMap<(typeof PARTITION_ROLES)[number], string>;

/** The usual names of each role, in lower case, without `_` and `-`. */
const NAMES: Readonly<Record<KeyRole, readonly string[]>> = {
  account: [
    'account',
    'accountid',
    'awsaccount',
    'awsaccountid',
    'accountnumber',
    'recipientaccountid',
  ],
  region: ['region', 'awsregion', 'regionname', 'regionid'],
  year: ['year'],
  month: ['month'],
  day: ['day'],
  date: [
    'timestamp',
    'date',
    'dt',
    'ds',
    'day',
    'datehour',
    'eventdate',
    'eventday',
    'eventdt',
    'logdate',
    'partitiondate',
  ],
};

/** The keys that hunt.yml gives a role. Throws a HuntError if the table has no such key, or where roles conflict. */
export function namedKeys(
  keys: readonly PartitionKey[],
  roles: PartitionRoles,
): ReadonlyMap<KeyRole, PartitionKey> {
  const named = new Map<KeyRole, PartitionKey>();
  for (const role of KEY_ROLES) {
    const column = roles.get(role);
    if (column === undefined) continue;
    const key = keys.find((each) => each.column.toLowerCase() === column.toLowerCase());
    if (key === undefined) throw unknownColumn(role, column, keys);
    const other = [...named].find(([, taken]) => taken === key);
    if (other)
      throw new HuntError('CONFIG', `partitions: ${other[0]} and ${role} are both "${column}"`);
    named.set(role, key);
  }
  if (named.has('date') && (named.has('year') || named.has('month') || named.has('day')))
    throw new HuntError('CONFIG', 'partitions: name either date, or year, month and day');
  return named;
}

/** The keys whose names suggest a role. */
export function keysNamed(role: KeyRole, keys: readonly PartitionKey[]): readonly PartitionKey[] {
  return keys.filter(({ column }) =>
    NAMES[role].includes(column.toLowerCase().replace(/[_-]/g, '')),
  );
}

function unknownColumn(role: KeyRole, column: string, keys: readonly PartitionKey[]): HuntError {
  const columns = keys.map((key) => key.column);
  const rest =
    columns.length === 0
      ? ': the table has none'
      : `; the table has ${columns.join(', ')}.${didYouMean(column, columns)}`;
  return new HuntError('CONFIG', `partitions: ${role}: "${column}" is not a partition key${rest}`);
}

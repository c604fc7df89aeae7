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

/** What is known of the partition keys apart from their names. */
export interface PartitionHints {
  readonly roles: PartitionRoles;
  /** The keys of which hunt.yml names the values that every query reads. They have no role. */
  readonly named?: ReadonlyMap<string, readonly string[]> | undefined;
  /** The keys of no role that need no note, because their values are known. */
  readonly understood?: ReadonlySet<string> | undefined;
  /** The format of each key whose values are dates. The dates need not be those of the events. */
  readonly dates?: ReadonlyMap<string, string> | undefined;
}

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
    const key = findKey(role, column, keys);
    const other = [...named].find(([, taken]) => taken === key);
    if (other)
      throw new HuntError('CONFIG', `partitions: ${other[0]} and ${role} are both "${column}"`);
    named.set(role, key);
  }
  if (named.has('date') && (named.has('year') || named.has('month') || named.has('day')))
    throw new HuntError('CONFIG', 'partitions: name either date, or year, month and day');
  return named;
}

/** Keys that cannot give the account, the region or the day, so that they need no note. */
const HARMLESS =
  /^(hours?|hr|minutes?|org|organi[sz]ation|orgid|organi[sz]ationid|trail|trailname|service|source|logtype)$/;

/** Whether the name of a key says that it is neither the account nor the region nor the day. */
export function isHarmless(column: string): boolean {
  return HARMLESS.test(plainName(column));
}

/** Whether the name of a key says nothing: the names that a crawler of AWS Glue gives. */
export function isNeutral(column: string): boolean {
  return /^partition_?\d+$/i.test(column);
}

/** The keys whose names suggest a role. */
export function keysNamed<Key extends { readonly column: string }>(
  role: KeyRole,
  keys: readonly Key[],
): readonly Key[] {
  return keys.filter(({ column }) => NAMES[role].includes(plainName(column)));
}

function plainName(column: string): string {
  return column.toLowerCase().replace(/[_-]/g, '');
}

/** The key of this name. Throws a HuntError if there is none; `what` is the key of hunt.yml that names it. */
export function findKey(what: string, column: string, keys: readonly PartitionKey[]): PartitionKey {
  const key = keys.find((each) => each.column.toLowerCase() === column.toLowerCase());
  if (key === undefined) throw unknownColumn(what, column, keys);
  return key;
}

function unknownColumn(role: string, column: string, keys: readonly PartitionKey[]): HuntError {
  const columns = keys.map((key) => key.column);
  const rest =
    columns.length === 0
      ? ': the table has none'
      : `; the table has ${columns.join(', ')}.${didYouMean(column, columns)}`;
  return new HuntError('CONFIG', `partitions: ${role}: "${column}" is not a partition key${rest}`);
}

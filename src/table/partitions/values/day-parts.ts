/** Finds the year, the month and the day among keys with small numbers, by their order and by their values. */
import type { KeyRole } from '../roles.js';
import type { ValueKind } from './value-kind.js';

interface OpenKey {
  readonly column: string;
  readonly values: readonly string[];
  readonly kind: ValueKind | undefined;
}

type Parts = readonly (readonly [part: 'year' | 'month' | 'day', column: string])[];

/** The keys of all three parts; undefined if one is missing. `known` are the roles that are already known. */
export function dayParts(
  keys: readonly OpenKey[],
  known: ReadonlyMap<KeyRole, string>,
): Parts | undefined {
  const taken = new Set(known.values());
  const ownOr = (role: KeyRole, columns: readonly string[]): readonly string[] => {
    const own = known.get(role);
    return own === undefined ? columns : [own];
  };
  const years = keys.filter(({ kind }) => kind === 'year').map(({ column }) => column);
  const [year] = ownOr('year', years);
  const numbers = besideYear(keys, year).filter(({ column }) => !taken.has(column));
  const within = (last: number): readonly string[] =>
    numbers.filter((key) => isWithin(key, last)).map(({ column }) => column);
  // A key with a number above 12 is no month. Else the month comes first, then the day, then perhaps the hour.
  const months = ownOr('month', within(12));
  const days = ownOr('day', within(31));
  const pairs = months.flatMap((month) =>
    days.flatMap((day) => (day === month ? [] : [{ month, day }])),
  );
  const order = numbers.map(({ column }) => column);
  const inOrder = pairs.find(({ month, day }) => order.indexOf(month) < order.indexOf(day));
  const found = inOrder ?? pairs[0];
  if (year === undefined || found === undefined) return undefined;
  return [
    ['year', year],
    ['month', found.month],
    ['day', found.day],
  ];
}

/** The two numbers right behind the year; where there is none, the two before it. Others are hours, minutes or shards. */
function besideYear(keys: readonly OpenKey[], year: string | undefined): readonly OpenKey[] {
  const dated = keys.filter(({ kind, column }) => kind === 'small number' || column === year);
  const at = dated.findIndex(({ column }) => column === year);
  const behind = dated.slice(at + 1, at + 3);
  return behind.length === 0 ? dated.slice(Math.max(0, at - 2), Math.max(0, at)) : behind;
}

function isWithin({ values }: OpenKey, last: number): boolean {
  return values.every((value) => Number(value) >= 1 && Number(value) <= last);
}

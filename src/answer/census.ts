/** From the counting rows of an account statement to the account of the logs that a dump gives. */
import { parseJson } from '../cloudtrail/json.js';
import { readInstant } from '../cloudtrail/time.js';
import { HOUR } from '../cloudtrail/window.js';
import type { CoverageCell } from '../dump/dump.js';
import type { Row } from '../engine/engine.js';

export interface Census {
  readonly records: number;
  /** Of the earliest and latest record, in the window or not. */
  readonly first: number | undefined;
  readonly last: number | undefined;
  /** Of the records in the window. */
  readonly coverage: readonly CoverageCell[];
  /** Why records were no events, in one order. */
  readonly decoys: readonly { readonly reason: string; readonly count: number }[];
}

interface Counted {
  readonly account: string | null;
  readonly region: string | null;
  readonly decoy: string | null;
  readonly records: string;
  readonly first: string | null;
  readonly last: string | null;
  readonly windowRecords: string;
  readonly windowFirst: string | null;
  readonly windowLast: string | null;
  readonly hours: string | null;
}

/** The census in the rows of all parts. */
export function censusOf(rows: readonly Row[]): Census {
  const all = rows.flatMap(({ census }) =>
    census ? [parseJson(census) as unknown as Counted] : [],
  );
  const counted = all.filter(({ decoy }) => decoy === null);
  const reasons = [...new Set(all.flatMap(({ decoy }) => decoy ?? []))].toSorted();
  const firsts = counted.flatMap(({ first }) => instantOf(first) ?? []);
  const lasts = counted.flatMap(({ last }) => instantOf(last) ?? []);
  return {
    records: recordsOf(counted),
    first: firsts.length === 0 ? undefined : Math.min(...firsts),
    last: lasts.length === 0 ? undefined : Math.max(...lasts),
    coverage: counted.flatMap(cellsOf),
    decoys: reasons.map((reason) => ({
      reason,
      count: recordsOf(all.filter(({ decoy }) => decoy === reason)),
    })),
  };
}

function recordsOf(counted: readonly Counted[]): number {
  return counted.reduce((total, { records }) => total + Number(records), 0);
}

/** One cell has all the records, for hours are only listed; the others say which hours there were. */
function cellsOf(counted: Counted): readonly CoverageCell[] {
  const { account, region, hours } = counted;
  const records = Number(counted.windowRecords);
  if (records === 0) return [];
  const empty = { account, region, hour: undefined, first: undefined, last: undefined, records: 0 };
  const listed = parseJson(hours ?? '[]') as readonly number[];
  return [
    {
      ...empty,
      records,
      first: instantOf(counted.windowFirst),
      last: instantOf(counted.windowLast),
    },
    ...listed.map((hour) => ({ ...empty, hour: hour * HOUR })),
  ];
}

function instantOf(text: string | null): number | undefined {
  return text === null ? undefined : readInstant(text);
}

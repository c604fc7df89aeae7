/**
 * Counts of the records of one AWS account and region in one span of time, with a bit for each of its hours. A hunt may have
 * hundreds of thousands of such hours, so they must be small.
 */
import { isAccountId } from '../../../cloudtrail/account.js';
import { byCodePoint } from '../../../cloudtrail/canonical.js';
import { HOUR } from '../../../cloudtrail/time/window.js';

/** How many hours one block has: about 170 days. */
const HOURS = 4096;
const BITS = 32;

/** Which block: the account, the region, and the number of the span of time. Undated records are in block -Infinity. */
export interface BlockKey {
  readonly account: string | null;
  readonly region: string | null;
  readonly block: number;
}

/** A block as plain data, which threads send. Times are in milliseconds since 1970 UTC; without a record, first > last. */
export interface CoverageBlock extends BlockKey {
  /** Records inside or outside the window. */
  readonly records: number;
  readonly first: number;
  readonly last: number;
  /** Records inside the window. */
  readonly windowRecords: number;
  readonly windowFirst: number;
  readonly windowLast: number;
  /** The first instants of the hours with a record inside the window: one hour, or a bit for each hour of the block. */
  readonly hours: Hours;
  /** The same of the records outside the window. */
  readonly otherHours: Hours;
}

type Hours = number | Uint32Array | undefined;

export type OpenBlock = { -readonly [K in keyof CoverageBlock]: CoverageBlock[K] };

/** The number of the block in which an instant lies. */
export function blockOf(instant: number | undefined): number {
  return instant === undefined ? -Infinity : Math.floor(instant / (HOURS * HOUR));
}

/** A block without records. */
export function openBlock({ account, region, block }: BlockKey): OpenBlock {
  return {
    account,
    region,
    block,
    records: 0,
    first: Infinity,
    last: -Infinity,
    windowRecords: 0,
    windowFirst: Infinity,
    windowLast: -Infinity,
    hours: undefined,
    otherHours: undefined,
  };
}

/** Marks an hour of the block. */
export function markHour(block: OpenBlock, hour: number, inWindow: boolean): void {
  if (inWindow) block.hours = withHour(block.hours, hour);
  else block.otherHours = withHour(block.otherHours, hour);
}

/** Most blocks of hostile logs have one hour, and need no bits. */
function withHour(hours: Hours, hour: number): Hours {
  if (hours === undefined || hours === hour) return hour;
  const bits = typeof hours === 'number' ? new Uint32Array(HOURS / BITS) : hours;
  if (typeof hours === 'number') setBit(bits, hours);
  setBit(bits, hour);
  return bits;
}

function setBit(bits: Uint32Array, hour: number): void {
  const index = hour / HOUR - Math.floor(hour / HOUR / HOURS) * HOURS;
  bits[index >>> 5] = (bits[index >>> 5] ?? 0) | (1 << (index & 31));
}

/** The first instants of such hours, in order. */
export function* instantsOf(hours: Hours, block: number): Generator<number> {
  if (hours === undefined) return;
  if (typeof hours === 'number') {
    yield hours;
    return;
  }
  for (const [word, bits] of hours.entries())
    for (let rest = bits, bit = 0; rest !== 0; rest >>>= 1, bit++)
      if (rest & 1) yield (block * HOURS + word * BITS + bit) * HOUR;
}

/** Adds the counts of another block of the same key. */
export function addBlock(to: OpenBlock, from: CoverageBlock): void {
  to.records += from.records;
  to.first = Math.min(to.first, from.first);
  to.last = Math.max(to.last, from.last);
  to.windowRecords += from.windowRecords;
  to.windowFirst = Math.min(to.windowFirst, from.windowFirst);
  to.windowLast = Math.max(to.windowLast, from.windowLast);
  for (const hour of instantsOf(from.hours, from.block)) markHour(to, hour, true);
  for (const hour of instantsOf(from.otherHours, from.block)) markHour(to, hour, false);
}

/** Blocks in order: those that look like an account and a region of AWS, or name none, before all others. */
export function inOrder(a: BlockKey, b: BlockKey): number {
  return (
    strangeness(a) - strangeness(b) ||
    byName(a.account, b.account) ||
    byName(a.region, b.region) ||
    (a.block === b.block ? 0 : a.block - b.block)
  );
}

function strangeness({ account, region }: BlockKey): number {
  const isStrange =
    (account !== null && !isAccountId(account)) ||
    (region !== null && !/^[a-z]{2,3}(-[a-z]{1,12}){1,3}-\d{1,2}$/.test(region));
  return Number(isStrange);
}

function byName(a: string | null, b: string | null): number {
  if (a === b) return 0;
  if (a === null) return 1;
  return b === null ? -1 : byCodePoint(a, b);
}

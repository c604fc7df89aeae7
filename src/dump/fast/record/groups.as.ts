/** AssemblyScript: counts the records that need no parsing, in groups of the same account, region, hour and kind. */

import {
  GROUP_BYTES,
  GROUPS,
  GROUPS_COUNT,
  OF_ACCOUNT,
  OF_ACCOUNT_LENGTH,
  OF_FIRST,
  OF_LAST,
  OF_RECORDS,
  OF_REGION,
  OF_REGION_LENGTH,
  OF_SOURCE,
  OF_TAG,
  OF_TIME,
  SINCE,
  TIME,
  UNTIL,
} from '../layout';

const MAX_GROUPS = 128;
/** A time without minutes and seconds has this many characters: 2026-01-14T09. */
const HOUR = 13;

/** Whether two texts of this length are the same. */
@inline
function isSame(a: usize, b: usize, length: usize): bool {
  return length - 8 <= 8 ? isSameShort(a, b, length) : isSameOther(a, b, length);
}

/** For 8 to 16 bytes. */
@inline
function isSameShort(a: usize, b: usize, length: usize): bool {
  const last = length - 8;
  return ((load<u64>(a) ^ load<u64>(b)) | (load<u64>(a + last) ^ load<u64>(b + last))) == 0;
}

function isSameOther(a: usize, b: usize, length: usize): bool {
  return memory.compare(a, b, length) == 0;
}

/** Whether a text of `TIME` characters sorts before another. */
@inline
function isBefore(a: usize, b: usize): bool {
  const year = bswap(load<u64>(a));
  const other = bswap(load<u64>(b));
  return year != other ? year < other : isBeforeInYear(a, b);
}

function isBeforeInYear(a: usize, b: usize): bool {
  const day = bswap(load<u64>(a + 8));
  const other = bswap(load<u64>(b + 8));
  return day != other ? day < other : bswap(load<u32>(a + 16)) < bswap(load<u32>(b + 16));
}

/** What orders times of the same hour: their last eight characters. */
@inline
function inHour(time: usize): u64 {
  return bswap(load<u64>(time, TIME - 8));
}

/** Counts a record with this time, account, region and kind; of some kinds the source counts too. Returns false if there are too many groups. */
// oxlint-disable-next-line max-params -- objects of AssemblyScript cost an allocation
export function countInGroup(
  time: usize,
  account: usize,
  accountLength: usize,
  region: usize,
  regionLength: usize,
  kind: u32,
  source: usize,
  sourceLength: usize,
): bool {
  const inWindow = u32(!isBefore(time, SINCE) && isBefore(time, UNTIL));
  const tag = inWindow | (kind << 1) | (u32(sourceLength) << 16);
  const known = load<u32>(GROUPS_COUNT);
  // From the latest group: consecutive records are often of the same one.
  for (let i = i32(known) - 1; i >= 0; i--) {
    const group = usize(GROUPS) + usize(i) * GROUP_BYTES;
    if (
      load<u32>(group, OF_TAG) == tag &&
      load<u16>(group, OF_ACCOUNT_LENGTH) == u16(accountLength) &&
      load<u16>(group, OF_REGION_LENGTH) == u16(regionLength) &&
      isSameShort(load<u32>(group, OF_TIME), time, HOUR) &&
      isSame(load<u32>(group, OF_ACCOUNT), account, accountLength) &&
      isSame(load<u32>(group, OF_REGION), region, regionLength) &&
      (sourceLength == 0 || isSame(load<u32>(group, OF_SOURCE), source, sourceLength))
    ) {
      store<u32>(group, load<u32>(group, OF_RECORDS) + 1, OF_RECORDS);
      if (inHour(time) < inHour(load<u32>(group, OF_FIRST))) store<u32>(group, u32(time), OF_FIRST);
      if (inHour(load<u32>(group, OF_LAST)) < inHour(time)) store<u32>(group, u32(time), OF_LAST);
      return true;
    }
  }
  if (known == MAX_GROUPS) return false;
  const group = usize(GROUPS) + usize(known) * GROUP_BYTES;
  store<u32>(group, u32(account), OF_ACCOUNT);
  store<u32>(group, u32(region), OF_REGION);
  store<u32>(group, u32(time), OF_TIME);
  store<u32>(group, u32(time), OF_FIRST);
  store<u32>(group, u32(time), OF_LAST);
  store<u32>(group, 1, OF_RECORDS);
  store<u16>(group, u16(accountLength), OF_ACCOUNT_LENGTH);
  store<u16>(group, u16(regionLength), OF_REGION_LENGTH);
  store<u32>(group, tag, OF_TAG);
  store<u32>(group, u32(source), OF_SOURCE);
  store<u32>(GROUPS_COUNT, known + 1);
  return true;
}

/** Removes all groups. */
export function removeGroups(): void {
  store<u32>(GROUPS_COUNT, 0);
}

/**
 * The folder of a region in which CloudTrail writes its files, and those of the years, months and days in it:
 * `[ACCOUNT/]CloudTrail[-Digest]/REGION/[YYYY/[MM/[DD/]]]`. A copy of a part may lack the account.
 */
import { REGION } from '../region.js';
import type { DaySpan } from '../time/day-span.js';
import { DAY } from '../time/window.js';

export interface RegionFolder {
  readonly holdsDigests: boolean;
  readonly account: string | undefined;
  readonly region: string;
  readonly grain: 'region' | 'year' | 'month' | 'day';
  /** The days that its files are of. Undefined for a region, and for a date that is not in the calendar. */
  readonly days: DaySpan | undefined;
  /** What follows the last of these folders. */
  readonly rest: string;
}

const FOLDERS = new RegExp(
  String.raw`^CloudTrail(-Digest)?/(${REGION})/(?:(\d{4})/(?:(\d\d)/(?:(\d\d)/)?)?)?`,
);
const ACCOUNT = /(?:^|\/)(\d{12})\/$/;

/**
 * The one on the way to a file, or to a folder if a slash ends the path. Only a region tells it from folders of people, such as
 * `CloudTrail/exports/2026/01/31`, which have events of any day.
 */
export function regionFolder(path: string): RegionFolder | undefined {
  const start = path.lastIndexOf('/CloudTrail') + 1;
  const found = FOLDERS.exec(path.slice(start));
  if (found === null) return undefined;
  const [folders, digest, region = '', year, month, day] = found;
  return {
    holdsDigests: digest !== undefined,
    account: ACCOUNT.exec(path.slice(0, start))?.[1],
    region,
    grain: day ? 'day' : month ? 'month' : year ? 'year' : 'region',
    days: daysOf({ year, month, day }),
    rest: path.slice(start + folders.length),
  };
}

interface DateFolders {
  readonly year: string | undefined;
  readonly month: string | undefined;
  readonly day: string | undefined;
}

function daysOf({ year, month, day }: DateFolders): DaySpan | undefined {
  if (year === undefined) return undefined;
  const [y, m, d] = [Number(year), Number(month ?? 1) - 1, Number(day ?? 1)];
  const first = Date.UTC(y, m, d);
  const date = [year, month, day].filter(Boolean).join('-');
  // 30 February is read as 2 March.
  if (!new Date(first).toISOString().startsWith(date)) return undefined;
  if (day !== undefined) return { first, last: first };
  const next = month === undefined ? Date.UTC(y + 1, 0, 1) : Date.UTC(y, m + 1, 1);
  return { first, last: next - DAY };
}

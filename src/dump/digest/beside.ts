/**
 * The digests of log files in a folder of a bucket: CloudTrail writes them into a folder beside it, which nobody names who hunts one
 * region or one month.
 */
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { DAY } from '../../cloudtrail/time/window.js';
import { isDay } from '../../cloudtrail/time/time.js';
import { isS3 } from '../s3/uri.js';

const LOGS =
  /^(.*(?:^|\/)AWSLogs\/(?:o-[a-z0-9]+\/)?\d{12}\/)CloudTrail(\/[^/]+)?((?:\/\d{4}(?:\/\d\d(?:\/\d\d)?)?)?)\/?$/;

/** The folders of digests for those of the paths that are folders of logs. Local ones that do not exist are left out. */
export function digestsBeside(paths: readonly string[]): readonly string[] {
  return paths.flatMap((path) => {
    if (path === '-') return [];
    const named = LOGS.exec(path) ?? (isS3(path) ? null : LOGS.exec(resolve(path)));
    const [, account, region = '', date = ''] = named ?? [];
    if (account === undefined) return [];
    const folder = `${account}CloudTrail-Digest${region}`;
    const days = date === '' ? [''] : [date, dayAfter(date)];
    return days
      .map((day) => `${folder}${day}`)
      .filter((beside) => isS3(beside) || isFolder(beside));
  });
}

/** The folder of the next day: its first digest has the logs of the last hour before it. `/2026`, `/2026/03` or `/2026/03/01`. */
function dayAfter(date: string): string {
  const [year = 0, month, day] = date.slice(1).split('/').map(Number);
  const after =
    month === undefined
      ? Date.UTC(year + 1, 0, 1)
      : day === undefined
        ? Date.UTC(year, month, 1)
        : Date.UTC(year, month - 1, day) + DAY;
  const name = new Date(after).toISOString().slice(0, 10);
  return isDay(name) ? `/${name.replaceAll('-', '/')}` : date;
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

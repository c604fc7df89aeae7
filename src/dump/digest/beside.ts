/**
 * The digests of log files in a folder of a bucket: CloudTrail writes them into a folder beside it, which nobody names who hunts one
 * region or one month.
 */
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { bucketFolders } from '../../cloudtrail/file-name/bucket-folders.js';
import { DAY } from '../../cloudtrail/time/window.js';
import { isDay } from '../../cloudtrail/time/time.js';
import { isS3 } from '../s3/uri.js';

/** A region, and a year, a month or a day. */
const BELOW = /^(\/[^/]+)?((?:\/\d{4}(?:\/\d\d(?:\/\d\d)?)?)?)\/$/;

/** The folders of digests for those of the paths that are folders of logs. Local ones that do not exist are left out. */
export function digestsBeside(paths: readonly string[]): readonly string[] {
  return paths.flatMap((path) => {
    if (path === '-') return [];
    const logs = logsIn(path) ?? (isS3(path) ? undefined : logsIn(resolve(path)));
    if (logs === undefined) return [];
    const { account, region, date } = logs;
    const folder = `${account}CloudTrail-Digest${region}`;
    const days = date === '' ? [''] : [date, dayAfter(date)];
    return days
      .map((day) => `${folder}${day}`)
      .filter((beside) => isS3(beside) || isFolder(beside));
  });
}

/** The folder of the account above a folder of logs, and those of a region and a date below `CloudTrail`. */
function logsIn(path: string) {
  const { root, account, service, rest } = bucketFolders(path.replace(/\/?$/, '/')) ?? {};
  const [below, region = '', date = ''] = BELOW.exec(`/${rest}`) ?? [];
  if (service !== 'CloudTrail' || below === undefined) return undefined;
  return { account: `${root}${account}/`, region, date };
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

/** What a file's path alone says about it. A file that is named itself is opened whatever its name. */
import { isDay } from '../../cloudtrail/time.js';

/** The endings of log files; recognised by content once opened. */
const ENDINGS = ['.json', '.jsonl', '.ndjson', '.log', '.logs', '.events', '.tar'];
/** What may stand behind them. Not all of it can be unpacked, but a log that cannot be read must be named. */
const PACKED = ['.gz', '.gzip', '.zst', '.bz2', '.xz', '.zip'];
/** Enough by themselves. */
const WHOLE = ['.gz', '.gzip', '.tgz', '.zip', '.parquet'];

/** Whether a file of a folder is worth opening: archives made on a Mac carry an AppleDouble beside each file. */
export function judgeName(path: string): 'open' | 'AppleDouble' | 'not named like a log' {
  const parts = path.split('/');
  const name = (parts.at(-1) ?? '').toLowerCase();
  if (name.startsWith('._') || parts.includes('__MACOSX')) return 'AppleDouble';
  if (WHOLE.some((ending) => name.endsWith(ending))) return 'open';
  const packed = PACKED.find((ending) => name.endsWith(ending)) ?? '';
  const inner = name.slice(0, name.length - packed.length);
  return ENDINGS.some((ending) => inner.endsWith(ending)) ? 'open' : 'not named like a log';
}

/** Both of CloudTrail's own making. Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-examples.html */
const DAY_FOLDERS = /(?:^|\/)CloudTrail\/[^/]+\/(\d{4})\/(\d{2})\/(\d{2})\//;
const DELIVERED = /_CloudTrail(?:-[A-Za-z]+)?_[^/_]+_(\d{4})(\d{2})(\d{2})T\d{4}Z_[^/]*$/;

/**
 * The day of a file, its midnight UTC: that of the folders that CloudTrail writes, `…/CloudTrail/REGION/YYYY/MM/DD/…`, else
 * that of the delivery in the file's name, `…_CloudTrail_REGION_YYYYMMDDTHHMMZ_…`.
 */
export function dayOf(path: string): number | undefined {
  const found = DAY_FOLDERS.exec(path) ?? DELIVERED.exec(path);
  if (!found) return undefined;
  const date = found.slice(1).join('-');
  return isDay(date) ? Date.parse(date) : undefined;
}

const ACCOUNT_FOLDERS = /(?:^|\/)(\d{12})\/CloudTrail\/([a-z]{2}(?:-[a-z]+)+-\d+)\//;
const DELIVERED_FROM = /(?:^|\/)(\d{12})_CloudTrail_([a-z]{2}(?:-[a-z]+)+-\d+)_[^/]*$/;

/**
 * The account and the region of a file: those of the folders that CloudTrail writes, `…/ACCOUNT/CloudTrail/REGION/…`, else
 * those in the file's name, `ACCOUNT_CloudTrail_REGION_…`.
 */
export function placeOf(
  path: string,
): { readonly account: string; readonly region: string } | undefined {
  const [, account, region] = ACCOUNT_FOLDERS.exec(path) ?? DELIVERED_FROM.exec(path) ?? [];
  return account === undefined || region === undefined ? undefined : { account, region };
}

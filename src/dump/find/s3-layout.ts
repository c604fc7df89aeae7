/** What the layout of a trail's bucket says of the folders in it. */
import { DAY } from '../../cloudtrail/window.js';
import type { DaySpan } from '../../cloudtrail/day-span.js';

/**
 * What AWS's services besides CloudTrail, and CloudTrail besides its events, write into `AWSLogs/[ORGANISATION/]ACCOUNT/`.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-and-resource-policy.html and each service's own.
 */
const NO_EVENTS = new Set([
  'CloudTrail-Aggregated',
  'CloudTrail-Digest',
  'CloudTrail-Insight',
  'Config',
  'GuardDuty',
  'WAFLogs',
  'elasticloadbalancing',
  'network-firewall',
  'vpcdnsquerylogs',
  'vpcflowlogs',
]);

/** The service that writes a folder in which no events are: its name; undefined of any other folder. */
function noEventsIn(folder: string): string | undefined {
  const service = /(?:^|\/)AWSLogs\/(?:[^/]+\/)?\d{12}\/([^/]+)\/$/.exec(folder)?.[1];
  return service !== undefined && NO_EVENTS.has(service) ? service : undefined;
}

/** A folder of days, as CloudTrail writes them: which days it holds. */
interface DayFolder {
  readonly days: DaySpan;
  readonly grain: 'year' | 'month' | 'day';
}

const FOLDER = /(?:^|\/)CloudTrail\/[^/]+\/(\d{4})\/(?:(\d{2})\/(?:(\d{2})\/)?)?$/;

/** Undefined of a folder whose path, `…/CloudTrail/REGION/YYYY[/MM[/DD]]/`, names no days. */
function dayFolder(folder: string): DayFolder | undefined {
  const [, year, month, day] = FOLDER.exec(folder) ?? [];
  if (year === undefined) return undefined;
  const [y, m, d] = [Number(year), Number(month ?? 1) - 1, Number(day ?? 1)];
  const first = Date.UTC(y, m, d);
  const isReal = new Date(first)
    .toISOString()
    .startsWith([year, month, day].filter(Boolean).join('-'));
  if (!isReal) return undefined;
  if (day !== undefined) return { grain: 'day', days: { first, last: first } };
  if (month !== undefined)
    return { grain: 'month', days: { first, last: Date.UTC(y, m + 1, 1) - DAY } };
  return { grain: 'year', days: { first, last: Date.UTC(y + 1, 0, 1) - DAY } };
}

/** How a folder is to be listed: folder by folder, all that is below it at once, or not, and why not. */
export type Course =
  | { readonly kind: 'folders' }
  | { readonly kind: 'all' }
  | { readonly kind: 'skip'; readonly reason: string };

/** Lists as little as can be, and no more often than needed: a month that is needed whole is one listing. */
export function courseOf(folder: string, needed: DaySpan): Course {
  const service = noEventsIn(folder);
  if (service !== undefined) return { kind: 'skip', reason: `folder ${service}, not listed` };
  const found = dayFolder(folder);
  if (found === undefined) return { kind: 'folders' };
  const { days, grain } = found;
  if (days.last < needed.first || days.first > needed.last)
    return { kind: 'skip', reason: 'folder outside the window, not listed' };
  const isWhole = days.first >= needed.first && days.last <= needed.last;
  return { kind: isWhole && grain !== 'year' ? 'all' : 'folders' };
}

/** Which folders of a trail's bucket need to be listed, by the layout that CloudTrail writes. */
import type { DaySpan } from '../../cloudtrail/time/day-span.js';
import { DAY } from '../../cloudtrail/time/window.js';

/**
 * Folders in `AWSLogs/[ORGANISATION/]ACCOUNT/` that hold no events: of other AWS services, and of CloudTrail's other files.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-and-resource-policy.html and each service's
 * own documentation.
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

/** The name of a service folder that holds no events; undefined for any other folder. */
function folderWithoutEvents(folder: string): string | undefined {
  const service = /(?:^|\/)AWSLogs\/(?:[^/]+\/)?\d{12}\/([^/]+)\/$/.exec(folder)?.[1];
  return service !== undefined && NO_EVENTS.has(service) ? service : undefined;
}

/** A folder `…/YYYY/`, `…/MM/` or `…/DD/`, and the days that its files are of. */
interface DayFolder {
  readonly days: DaySpan;
  readonly grain: 'year' | 'month' | 'day';
}

const FOLDER = /(?:^|\/)CloudTrail\/[^/]+\/(\d{4})\/(?:(\d{2})\/(?:(\d{2})\/)?)?$/;

/** Undefined unless the path is `…/CloudTrail/REGION/YYYY[/MM[/DD]]/` with a real date. */
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

/** How to list a folder: its subfolders one by one, everything below it in one listing, or not at all. */
export type ListingPlan =
  | { readonly kind: 'subfolders' }
  | { readonly kind: 'everything' }
  | { readonly kind: 'skip'; readonly reason: string };

/** Chooses the fewest calls: a month that lies in the filter as a whole takes one listing. */
export function planListing(folder: string, filter: DaySpan): ListingPlan {
  const service = folderWithoutEvents(folder);
  if (service !== undefined) return { kind: 'skip', reason: `folder ${service}, not listed` };
  const found = dayFolder(folder);
  if (found === undefined) return { kind: 'subfolders' };
  const { days, grain } = found;
  if (days.last < filter.first || days.first > filter.last)
    return { kind: 'skip', reason: 'folder outside the window, not listed' };
  const isWhole = days.first >= filter.first && days.last <= filter.last;
  return { kind: isWhole && grain !== 'year' ? 'everything' : 'subfolders' };
}

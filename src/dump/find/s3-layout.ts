/** Which folders of a trail's bucket need to be listed, by the layout that CloudTrail writes. */
import { REGION } from '../../cloudtrail/region.js';
import type { DaySpan } from '../../cloudtrail/time/day-span.js';
import { DAY, midnight } from '../../cloudtrail/time/window.js';
import type { PathFilter } from './path-filter.js';

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

/** The folder of digests, which is listed where they are verified. */
export const DIGESTS = 'CloudTrail-Digest';

/** The name of a service folder that holds no events; undefined for any other folder. */
export function folderWithoutEvents(folder: string): string | undefined {
  const service = /(?:^|\/)AWSLogs\/(?:[^/]+\/)?\d{12}\/([^/]+)\/$/.exec(folder)?.[1];
  return service !== undefined && NO_EVENTS.has(service) ? service : undefined;
}

/** A folder `…/YYYY/`, `…/MM/` or `…/DD/`, and the days that its files are of. */
interface DayFolder {
  readonly days: DaySpan;
  readonly grain: 'year' | 'month' | 'day';
  readonly holdsDigests: boolean;
}

const FOLDER = new RegExp(
  String.raw`(?:^|/)CloudTrail(-Digest)?/${REGION}/(\d{4})/(?:(\d{2})/(?:(\d{2})/)?)?$`,
);

/** Undefined unless the path is `…/CloudTrail[-Digest]/REGION/YYYY[/MM[/DD]]/` with a real date. */
function dayFolder(folder: string): DayFolder | undefined {
  const [, digest, year, month, day] = FOLDER.exec(folder) ?? [];
  if (year === undefined) return undefined;
  const holdsDigests = digest !== undefined;
  const [y, m, d] = [Number(year), Number(month ?? 1) - 1, Number(day ?? 1)];
  const first = Date.UTC(y, m, d);
  const isReal = new Date(first)
    .toISOString()
    .startsWith([year, month, day].filter(Boolean).join('-'));
  if (!isReal) return undefined;
  if (day !== undefined) return { grain: 'day', days: { first, last: first }, holdsDigests };
  if (month !== undefined)
    return { grain: 'month', days: { first, last: Date.UTC(y, m + 1, 1) - DAY }, holdsDigests };
  return { grain: 'year', days: { first, last: Date.UTC(y + 1, 0, 1) - DAY }, holdsDigests };
}

/** How to list a folder: its subfolders one by one, everything below it in one listing, or not at all. */
export type ListingPlan =
  | { readonly kind: 'subfolders' }
  | { readonly kind: 'everything' }
  | { readonly kind: 'skip'; readonly reason: string };

/** Chooses the fewest calls: a month that lies in the filter as a whole takes one listing. */
export function planListing(folder: string, filter: PathFilter): ListingPlan {
  const service = folderWithoutEvents(folder);
  const isRead = service === DIGESTS && filter.digests !== undefined;
  if (service !== undefined && !isRead)
    return { kind: 'skip', reason: `folder ${service}, not listed` };
  const found = dayFolder(folder);
  if (found === undefined) return { kind: 'subfolders' };
  const { days, grain, holdsDigests } = found;
  const wanted = holdsDigests ? digestDays(filter) : filter;
  if (days.last < wanted.first || days.first > wanted.last)
    return { kind: 'skip', reason: 'folder outside the window, not listed' };
  const isWhole = days.first >= wanted.first && days.last <= wanted.last;
  return { kind: isWhole && grain !== 'year' ? 'everything' : 'subfolders' };
}

/** A digest lies in the folder of the day on which it ends. Where digests are not read, their folders are read like others. */
function digestDays({ digests, first, last }: PathFilter): DaySpan {
  return digests === undefined
    ? { first, last }
    : { first: midnight(digests.since), last: midnight(digests.until) };
}

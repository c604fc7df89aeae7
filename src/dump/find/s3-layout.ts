/** Which folders of a trail's bucket need to be listed, by the layout that CloudTrail writes. */
import { bucketFolders } from '../../cloudtrail/file-name/bucket-folders.js';
import { regionFolder } from '../../cloudtrail/file-name/region-folder.js';
import type { DaySpan } from '../../cloudtrail/time/day-span.js';
import { midnight } from '../../cloudtrail/time/window.js';
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

/** Whether the folder of a service in that of an account holds no events. */
export function isWithoutEvents(service: string): boolean {
  return NO_EVENTS.has(service);
}

/** How to list a folder: its subfolders one by one, everything below it in one listing, or not at all. */
export type ListingPlan =
  | { readonly kind: 'subfolders' }
  | { readonly kind: 'everything' }
  | { readonly kind: 'skip'; readonly reason: string };

/** Chooses the fewest calls: a month that lies in the filter as a whole takes one listing. */
export function planListing(folder: string, filter: PathFilter): ListingPlan {
  const { service, rest } = bucketFolders(folder) ?? {};
  const isRead = service === DIGESTS && filter.digests !== undefined;
  if (service !== undefined && rest === '' && isWithoutEvents(service) && !isRead)
    return { kind: 'skip', reason: `folder ${service}, not listed` };
  const found = regionFolder(folder);
  if (found?.days === undefined || found.rest !== '') return { kind: 'subfolders' };
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

/** Which resource a finding means: an ID is unique only within its service, account and region. */
import type { BriefFinding } from '../report/finding.js';

/** Services whose resources have no region, though their events have one. */
const GLOBAL: ReadonlySet<string> = new Set(
  [
    'account',
    'cloudfront',
    'globalaccelerator',
    'iam',
    'organizations',
    'route53',
    'route53domains',
    's3',
    'shield',
    // It has no resources of its own: its calls are about roles and users of IAM.
    'sts',
    'waf',
  ].map((name) => `${name}.amazonaws.com`),
);

export type PlacedFinding = Pick<BriefFinding, 'ownAccount' | 'awsRegion' | 'eventSource'>;

/** The region of the resources of a finding; empty for those of a service without regions. */
export function regionOf({
  awsRegion,
  eventSource,
}: Pick<PlacedFinding, 'awsRegion' | 'eventSource'>): string {
  return eventSource !== null && GLOBAL.has(eventSource) ? '' : (awsRegion ?? '');
}

/** A key that two resources share only if they are one. An ID may have any character, so it stands last. */
export function resourceKey(finding: PlacedFinding, id: string): string {
  const { ownAccount, eventSource } = finding;
  const region = regionOf(finding);
  const account = ownAccount ?? '';
  const service = eventSource ?? '';
  // With the lengths in front, no text can reach into the next.
  return `${account.length},${region.length},${service.length} ${account}${region}${service}${id}`;
}

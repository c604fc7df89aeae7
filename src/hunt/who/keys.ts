/** How many calls were made with each key that was issued: one that was not used may still be used. */
import { APART } from '../../change/actor/console-session.js';
import type { KeyLink } from '../../change/actor/issued-key.js';
import type { KeyCount, Report } from '../../report/report.js';

/** Of the keys of a report those that were issued, each once. */
export function keysOf(
  links: readonly KeyLink[],
  { keys }: Pick<Report, 'keys'>,
): readonly KeyCount[] | null {
  if (keys === null) return null;
  const counts = new Map(keys.map(({ accessKey, events }) => [accessKey, events]));
  const issued = new Set(links.map((link) => link.issued.accessKey));
  return [...issued].map((accessKey) => ({ accessKey, events: counts.get(accessKey) ?? 0 }));
}

/**
 * The links without those to keys of the console's back end: where the calls of the session that such a key is for are known, nobody
 * else has the key.
 */
export function withoutIdle(
  links: readonly KeyLink[],
  { keys }: Pick<Report, 'keys'>,
): readonly KeyLink[] {
  if (keys === null) return links;
  const used = new Set(keys.filter(({ events }) => events > 0).map(({ accessKey }) => accessKey));
  const begun = links.filter(
    ({ eventName, issued }) => eventName === 'SwitchRole' && used.has(issued.accessKey),
  );
  return links.filter(
    (link) =>
      used.has(link.issued.accessKey) ||
      link.eventName !== 'AssumeRole' ||
      !begun.some((one) => one.issued.arn === link.issued.arn && isAtOnce(one, link)),
  );
}

function isAtOnce(a: KeyLink, b: KeyLink): boolean {
  const apart = Math.abs(Date.parse(a.eventTime ?? '') - Date.parse(b.eventTime ?? ''));
  return apart <= APART * 1000;
}

/** How many calls were made with each key that was issued: one that was not used may still be used. */
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

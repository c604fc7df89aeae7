/** Whether a hunt that was made again has the findings of the manifest. */
import { counted } from '../../text/counted.js';
import type { FindingsHash, HashedFinding } from '../manifest/manifest.js';
import { check, type Check } from './check.js';

/** `again` is what was found now. */
export function checkFindings(recorded: FindingsHash, again: FindingsHash): Check {
  const name = 'hunted again';
  if (recorded.sha256 === again.sha256 && recorded.count === again.count)
    return check(name, 'yes', { text: `the same ${counted(again.count, 'finding')}` });
  return check(name, 'no', {
    text: `${counted(again.count, 'finding')} and not ${recorded.count}, or others`,
    details: [
      ...difference(recorded, again, 'no longer found'),
      ...difference(again, recorded, 'found now only'),
    ],
  });
}

/**
 * The same for the findings of earlier periods. `known` is how many further findings an earlier run had told: the manifest only
 * counts them.
 */
export function checkLateFindings(
  recorded: FindingsHash,
  again: FindingsHash,
  known: number,
): Check {
  const name = 'late, hunted again';
  const lost = difference(recorded, again, 'no longer found');
  if (again.count === recorded.count + known && lost.length === 0)
    return check(name, 'yes', {
      text: `the same ${counted(recorded.count, 'finding')} of earlier periods`,
    });
  return check(name, 'no', {
    text: `${counted(again.count, 'finding')} of earlier periods, and not ${recorded.count} and ${known} that were known`,
    details: lost,
  });
}

/** The findings of one list that another has not; nothing where a list has too many findings to say. */
function difference(one: FindingsHash, other: FindingsHash, word: string): readonly string[] {
  if (one.list === null || other.list === null) return [];
  const counts = new Map<string, number>();
  for (const { sha256 } of other.list) counts.set(sha256, (counts.get(sha256) ?? 0) + 1);
  return one.list.flatMap((finding) => {
    const left = counts.get(finding.sha256) ?? 0;
    counts.set(finding.sha256, left - 1);
    return left > 0 ? [] : `${word}: ${nameOf(finding)}`;
  });
}

function nameOf({ eventID, sha256 }: HashedFinding): string {
  return eventID === null ? `an event without an ID (${sha256.slice(0, 16)})` : `event ${eventID}`;
}

/** Whether a repeated hunt has the findings of the manifest. */
import { counted } from '../../text/counted.js';
import { hashOfFindings } from '../manifest/findings-hash.js';
import type { FindingsHash, HashedFinding } from '../manifest/manifest.js';
import { check, type Check } from './check.js';

/**
 * `again` is what was found now. `mayGrow`: what came later is among it, and is no contradiction.
 */
export function checkFindings(recorded: FindingsHash, again: FindingsHash, mayGrow = false): Check {
  const name = 'hunted again';
  if (contradicts(recorded)) return check(name, 'no', { text: CONTRADICTION });
  if (recorded.sha256 === again.sha256 && recorded.count === again.count)
    return check(name, 'yes', { text: `the same ${counted(again.count, 'finding')}` });
  const lost = difference(recorded, again, 'no longer found');
  const further = difference(again, recorded, 'found now only');
  if (mayGrow && isListed(recorded, again) && lost.length === 0)
    return check(name, 'yes', {
      text: `the same ${counted(recorded.count, 'finding')}, and ${further.length} that came later, or were left out`,
      details: further,
    });
  return check(name, 'no', {
    text: `${counted(again.count, 'finding')} and not ${recorded.count}, or others`,
    details: [...lost, ...further],
  });
}

const CONTRADICTION = 'the list of findings in the manifest is not that of its hash';

/** Whether somebody changed the list, or the hash of it. */
function contradicts({ list, count, sha256 }: FindingsHash): boolean {
  return list !== null && (list.length !== count || hashOfFindings(list).sha256 !== sha256);
}

function isListed(one: FindingsHash, other: FindingsHash): boolean {
  return one.list !== null && other.list !== null;
}

/**
 * The same for the findings of earlier periods. `known` is how many further findings an earlier run had told: the manifest only
 * counts them.
 */
export function checkLateFindings(
  recorded: FindingsHash,
  again: FindingsHash,
  { known, mayGrow }: { readonly known: number; readonly mayGrow: boolean },
): Check {
  const name = 'late, hunted again';
  if (contradicts(recorded)) return check(name, 'no', { text: CONTRADICTION });
  const lost = difference(recorded, again, 'no longer found');
  const expected = recorded.count + known;
  const isEnough = mayGrow ? again.count >= expected : again.count === expected;
  if (isEnough && lost.length === 0)
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

/** How the findings of a report are listed: which of them, and with how much. */
import { facetsOf } from '../page/timeline/facets.js';
import type { Report } from '../report.js';
import { Facets } from './facets.js';

/** A browser needs about 30 KB of memory for each. */
const MOST = 20_000;
/** A report with more findings has their events only packed, for the script of the page. */
const MOST_EVENTS = 250;

/** So few findings are open from the start. */
const MOST_OPEN = 12;

export interface Listing {
  readonly facets: Facets;
  /** Whether the event of each finding is in the page so that it can be read without a script. */
  readonly hasEvents: boolean;
  readonly isOpen: boolean;
  readonly length: number;
  /** Of the findings without a flag, so many are listed: those with one come first. */
  readonly unflagged: number;
  /** The places of those that are listed; null if all are. */
  readonly listed: ReadonlySet<number> | null;
}

/** With many findings, the ones with flags and the first others are listed. */
export function listingOf({ findings, overview }: Pick<Report, 'findings' | 'overview'>): Listing {
  const { length } = findings;
  const shared = {
    facets: new Facets(overview.breakdowns),
    hasEvents: length <= MOST_EVENTS,
    isOpen: length <= MOST_OPEN,
    length,
  };
  if (length <= MOST) return { ...shared, unflagged: length, listed: null };
  return { ...shared, ...chosenIn(findings) };
}

/** The findings with a flag, then the oldest of the others. */
function chosenIn(findings: Report['findings']): Pick<Listing, 'unflagged' | 'listed'> {
  const flagged: number[] = [];
  const others: number[] = [];
  let number = 0;
  for (const finding of findings) {
    number += 1;
    const own = facetsOf(finding).flags.length > 0 ? flagged : others;
    if (own.length < MOST) own.push(number);
  }
  const unflagged = MOST - flagged.length;
  return { unflagged, listed: new Set([...flagged, ...others.slice(0, unflagged)]) };
}

/** Whether a link to the finding leads somewhere. */
export function isListed({ listed }: Listing, number: number): boolean {
  return listed === null || listed.has(number);
}

/** Whether not all are listed. */
export function isCut({ length }: Listing): boolean {
  return length > MOST;
}

/** What is said where not all are listed. */
export function cutText({ length, unflagged }: Listing): string {
  return unflagged === 0
    ? `${MOST} of ${length} findings are listed, the oldest of those with a flag. The numbers and tables count all, and the JSON report has all.`
    : `${MOST} of ${length} findings are listed: those with a flag, then the oldest. The numbers and tables count all, and the JSON report has all.`;
}

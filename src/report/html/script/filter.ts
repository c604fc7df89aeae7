/** Which findings the reader wants to see. */
import { FACETS, type Listing } from './listing.js';
import type { State } from './state.js';

interface Query {
  readonly all: readonly string[];
  readonly none: readonly string[];
}

/** All terms must be there; none of those with a minus. Words in quotation marks are one term. */
function queryOf(text: string): Query {
  const all: string[] = [];
  const none: string[] = [];
  for (const [, minus, quoted, plain] of text.toLowerCase().matchAll(/(-?)(?:"([^"]+)"?|(\S+))/g)) {
    const term = quoted ?? plain ?? '';
    // A minus alone is the beginning of a term that is being written.
    if (term === '-' || term === '"') continue;
    (minus === '-' ? none : all).push(term);
  }
  return { all, none };
}

/** Says of each finding whether it is wanted. `texts` is needed only where the state has a text. */
export function wantedBy(state: State, listing: Listing, texts: readonly string[]): boolean[] {
  const { all, none } = queryOf(state.text);
  const { span, chosen } = state;
  const facets = FACETS.flatMap(({ name }) => {
    const place = chosen[name];
    return place === undefined ? [] : [{ place, places: listing.facets[name].places }];
  });
  return listing.findings.map((_, index) => {
    if (!facets.every(({ place, places }) => places[index]?.includes(place))) return false;
    if (span !== null) {
      const time = listing.times[index] ?? Number.NaN;
      if (!(time >= span.since && time < span.until)) return false;
    }
    if (all.length === 0 && none.length === 0) return true;
    const text = texts[index] ?? '';
    return all.every((term) => text.includes(term)) && !none.some((term) => text.includes(term));
  });
}

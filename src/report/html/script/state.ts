/** What the reader chose. It stands in the address of the page behind the `#`, so that a copy of the address shows the same. */
import { FACETS, type FacetName, type Listing } from './listing.js';

export const SORTS = ['time', 'size', 'principal'] as const;
export type Sort = (typeof SORTS)[number];

export interface State {
  readonly text: string;
  /** Of each facet the place of the chosen value. */
  readonly chosen: Readonly<Partial<Record<FacetName, number>>>;
  /** `[since, until)` in milliseconds; null for all of time. */
  readonly span: Span | null;
  readonly sort: Sort;
}

export interface Span {
  readonly since: number;
  readonly until: number;
}

export const INITIAL: State = { text: '', chosen: {}, span: null, sort: 'time' };

/** Whether some findings may be hidden. The order of sorting does not count. */
export function isFiltered({ text, chosen, span }: State): boolean {
  return text.trim() !== '' || span !== null || Object.keys(chosen).length > 0;
}

/** Empty for the initial state. Values are written by their names, because these are the same in a later report. */
export function hashOf(state: State, { facets }: Listing): string {
  const fields = new URLSearchParams();
  if (state.text.trim() !== '') fields.set('text', state.text);
  for (const { name, word } of FACETS) {
    const place = state.chosen[name];
    if (place !== undefined) fields.set(word, facets[name].labels[place] ?? '');
  }
  if (state.span !== null) {
    fields.set('since', instantOf(state.span.since));
    fields.set('until', instantOf(state.span.until));
  }
  if (state.sort !== INITIAL.sort) fields.set('sort', state.sort);
  return fields.toString();
}

/** What cannot be understood is left out. */
export function stateOf(hash: string, { facets }: Listing): State {
  const fields = new URLSearchParams(hash.replace(/^#/, ''));
  const chosen: Partial<Record<FacetName, number>> = {};
  for (const { name, word } of FACETS) {
    const place = facets[name].labels.indexOf(fields.get(word) ?? '');
    if (place >= 0) chosen[name] = place;
  }
  const [since, until] = [fields.get('since'), fields.get('until')].map((one) =>
    Date.parse(one ?? ''),
  );
  const hasSpan = Number.isFinite(since) && Number.isFinite(until);
  return {
    text: fields.get('text') ?? '',
    chosen,
    span: hasSpan && since !== undefined && until !== undefined ? { since, until } : null,
    sort: SORTS.find((sort) => sort === fields.get('sort')) ?? INITIAL.sort,
  };
}

/** RFC 3339 in UTC, without milliseconds if there are none. `time` is in milliseconds since 1970 UTC. */
export function instantOf(time: number): string {
  return new Date(time).toISOString().replace('.000Z', 'Z');
}

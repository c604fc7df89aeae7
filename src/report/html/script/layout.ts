/** Shows and hides findings, and puts them into another order. It touches only elements that change. */
import { make } from './element.js';
import type { Group, Listing } from './listing.js';
import type { Sort } from './state.js';

/** Findings in one list; see `MOST_IN_LIST` of the page. */
const MOST_IN_LIST = 200;

export class Layout {
  readonly #listing: Listing;
  readonly #sorted = make('div', { class: 'sorted' });
  #sort: Sort = 'time';
  #chunks: readonly Group[];

  constructor(listing: Listing) {
    this.#listing = listing;
    this.#chunks = listing.chunks;
    listing.root.append(this.#sorted);
  }

  show(wanted: readonly boolean[]): void {
    const { findings, runs, days } = this.#listing;
    findings.forEach((finding, index) => hide(finding, wanted[index] === false));
    const shownRuns = runs.map((run) => run.findings.some((index) => wanted[index]));
    runs.forEach(({ element }, index) => hide(element, shownRuns[index] === false));
    const shownChunks = shownIn(this.#chunks, shownRuns);
    if (this.#sort === 'time') shownIn(days, shownChunks);
    else for (const { element } of days) hide(element, true);
  }

  /** The order of the page, or runs of findings by their size or by who made them. */
  arrange(sort: Sort): void {
    if (sort === this.#sort) return;
    this.#sort = sort;
    const { chunks } = this.#listing;
    this.#chunks = sort === 'time' ? chunks : this.#chunksBy(sort);
    for (const { element, parts } of this.#chunks) element.append(...this.#elementsOf(parts));
    this.#sorted.replaceChildren(
      ...(sort === 'time' ? [] : this.#chunks.map(({ element }) => element)),
    );
    if (sort !== 'time') for (const { element } of chunks) hide(element, true);
  }

  #elementsOf(runs: readonly number[]): readonly HTMLElement[] {
    return runs.flatMap((run) => this.#listing.runs[run]?.element ?? []);
  }

  #chunksBy(sort: Sort): readonly Group[] {
    const { runs } = this.#listing;
    const keys = runs.map(({ findings }) => this.#nameOf(findings[0]));
    const sizes = runs.map(({ findings }) => findings.length);
    const order = runs
      .map((_, index) => index)
      .toSorted((a, b) =>
        sort === 'size'
          ? (sizes[b] ?? 0) - (sizes[a] ?? 0) || a - b
          : compare(keys[a], keys[b]) || a - b,
      );
    const chunks: { readonly element: HTMLElement; readonly parts: number[] }[] = [];
    let left = 0;
    for (const run of order) {
      if (left <= 0) {
        chunks.push({ element: make('ul', { class: `findings c${MOST_IN_LIST}` }), parts: [] });
        left = MOST_IN_LIST;
      }
      chunks.at(-1)?.parts.push(run);
      left -= sizes[run] ?? 0;
    }
    return chunks;
  }

  #nameOf(finding: number | undefined): string {
    const { labels, places } = this.#listing.facets.principal;
    return labels[places[finding ?? -1]?.[0] ?? -1] ?? '';
  }
}

/** Of each group whether something in it is shown. */
function shownIn(groups: readonly Group[], shown: readonly boolean[]): readonly boolean[] {
  return groups.map(({ element, parts }) => {
    const isShown = parts.some((part) => shown[part]);
    hide(element, !isShown);
    return isShown;
  });
}

function hide(element: HTMLElement, isHidden: boolean): void {
  if (element.hidden !== isHidden) element.hidden = isHidden;
}

/** By code units: the same in every language. */
function compare(a = '', b = ''): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

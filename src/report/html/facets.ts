/**
 * What the page's script lets a reader choose findings by. A finding has the place of its value in a list, as `data-p="3"`; the
 * lists stand once in the page. So 20,000 findings do not repeat their values.
 */
import type { FindingFacets } from '../page/block.js';
import { safe } from './text.js';

/** Values of one list. All others are its last entry. */
const MOST = 200;

const ATTRIBUTES = {
  principal: 'data-p',
  account: 'data-a',
  region: 'data-r',
  tool: 'data-w',
  rules: 'data-u',
  flags: 'data-g',
} as const satisfies Readonly<Record<keyof FindingFacets, string>>;

export type FacetAttributes = Readonly<Record<(typeof ATTRIBUTES)[keyof FindingFacets], string>>;

/** Gives each value its place. The lists are whole when all findings are written. */
export class Facets {
  readonly #lists = {
    principal: new FacetList(),
    account: new FacetList(),
    region: new FacetList(),
    tool: new FacetList(),
    rules: new FacetList(),
    flags: new FacetList(),
  };

  attributesOf({ principal, account, region, tool, rules, flags }: FindingFacets): FacetAttributes {
    const lists = this.#lists;
    return {
      'data-p': String(lists.principal.placeOf(principal)),
      'data-a': String(lists.account.placeOf(account)),
      'data-r': String(lists.region.placeOf(region)),
      'data-w': String(lists.tool.placeOf(tool)),
      'data-u': placesIn(lists.rules, rules),
      'data-g': placesIn(lists.flags, flags),
    };
  }

  /** For each facet its names, by their places: null for findings that have none. `others` says whether the last is of all others. */
  toJSON(): object {
    return this.#lists;
  }
}

function placesIn(list: FacetList, values: readonly string[]): string {
  return [...new Set(values.map((one) => list.placeOf(one)))].join(' ');
}

class FacetList {
  readonly #places = new Map<string | null, number>();
  #hasOthers = false;

  placeOf(value: string | null): number {
    const known = this.#places.get(value);
    if (known !== undefined) return known;
    if (this.#places.size === MOST) {
      this.#hasOthers = true;
      return MOST;
    }
    this.#places.set(value, this.#places.size);
    return this.#places.size - 1;
  }

  toJSON(): object {
    const names = [...this.#places.keys()].map((name) => (name === null ? null : safe(name)));
    return { names, others: this.#hasOthers };
  }
}

/**
 * What the page's script lets a reader choose findings by. A finding has the place of its value in a list, as `data-p="3"`; the
 * lists stand once in the page. So 20,000 findings do not repeat their values.
 */
import type { FindingFacets } from '../page/blocks/block.js';
import type { Breakdown, BreakdownBy, BreakdownRow } from '../overview.js';
import { EMPTY_NAME } from '../page/overview.js';
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
  readonly #lists;

  /** Values that a table of the page has come in its order. */
  constructor(breakdowns: readonly Breakdown[]) {
    const listOf = (by?: BreakdownBy): FacetList =>
      new FacetList(breakdowns.find((one) => one.by === by)?.rows ?? []);
    this.#lists = {
      principal: listOf('principal'),
      account: listOf('account'),
      region: listOf('region'),
      tool: listOf('tool'),
      rules: listOf('rule'),
      flags: listOf(),
    };
  }

  attributesOf({ principal, account, region, tool, rules, flags }: FindingFacets): FacetAttributes {
    const lists = this.#lists;
    return {
      // The same name may be of another in another account.
      'data-p': String(lists.principal.placeOf(principal.name, principal.account)),
      'data-a': String(lists.account.placeOf(account)),
      'data-r': String(lists.region.placeOf(region)),
      'data-w': String(lists.tool.placeOf(tool)),
      'data-u': placesIn(lists.rules, rules),
      'data-g': placesIn(lists.flags, flags),
    };
  }

  /** By which the script knows the findings with this flag. */
  flagAttribute(flag: string): Pick<FacetAttributes, 'data-g'> {
    return { 'data-g': String(this.#lists.flags.placeOf(flag)) };
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
  readonly #places = new Map<string, number>();
  readonly #names: (string | null)[] = [];
  #hasOthers = false;

  constructor(rows: readonly Pick<BreakdownRow, 'name' | 'account'>[]) {
    for (const { name, account } of rows) this.#add(name, account);
  }

  placeOf(name: string | null, account: string | null = null): number {
    const known = this.#places.get(keyOf(name, account)) ?? this.#places.get(keyOf(name, null));
    if (known !== undefined) return known;
    if (this.#names.length < MOST) return this.#add(name, null);
    this.#hasOthers = true;
    return MOST;
  }

  #add(name: string | null, account: string | null): number {
    const place = this.#names.length;
    this.#places.set(keyOf(name, account), place);
    this.#names.push(account === null ? name : `${name ?? 'nobody named'} in ${account}`);
    return place;
  }

  toJSON(): object {
    const names = this.#names.map((name) => (name === null ? null : safe(name) || EMPTY_NAME));
    return { names, others: this.#hasOthers };
  }
}

function keyOf(name: string | null, account: string | null): string {
  return JSON.stringify([name, account]);
}

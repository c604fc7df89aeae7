/** The findings that the page lists, read from its elements once. All later work is done on plain lists of numbers. */
import { elementsOf } from './element.js';

/** What findings can be chosen by: the list with the names, the attribute with the places in it, and the word for it. */
export const FACETS = [
  { name: 'principal', attribute: 'data-p', word: 'who' },
  { name: 'account', attribute: 'data-a', word: 'account' },
  { name: 'region', attribute: 'data-r', word: 'region' },
  { name: 'tool', attribute: 'data-w', word: 'tool' },
  { name: 'rules', attribute: 'data-u', word: 'rule' },
  { name: 'flags', attribute: 'data-g', word: 'flag' },
] as const;

export type FacetName = (typeof FACETS)[number]['name'];

export interface Facet {
  /** By their places. */
  readonly labels: readonly string[];
  /** For each finding the places of its values. */
  readonly places: readonly (readonly number[])[];
}

/** Findings in a row of one actor, under a line that says who it was. */
export interface Run {
  readonly element: HTMLElement;
  readonly findings: readonly number[];
}

/** An element that is hidden when all that is in it is hidden. */
export interface Group {
  readonly element: HTMLElement;
  readonly parts: readonly number[];
}

export interface Listing {
  readonly root: HTMLElement;
  readonly findings: readonly HTMLElement[];
  /** Milliseconds; NaN without a readable time. */
  readonly times: readonly number[];
  readonly facets: Readonly<Record<FacetName, Facet>>;
  readonly runs: readonly Run[];
  /** Lists of runs. */
  readonly chunks: readonly Group[];
  /** Days, each with its chunks. Empty where the report is not in the order of time. */
  readonly days: readonly Group[];
}

/** Undefined where the page lists no findings that can be chosen from. */
export function readListing(): Listing | undefined {
  const root = document.querySelector<HTMLElement>('#findings');
  const data = document.querySelector('#facets')?.textContent;
  if (root === null || data === undefined || data === null) return undefined;
  const findings = elementsOf('.finding', root);
  if (findings.length === 0) return undefined;
  const runElements = elementsOf('.run', root);
  const chunkElements = elementsOf('.findings', root);
  const dayElements = elementsOf('.day', root);
  return {
    root,
    findings,
    times: findings.map(({ dataset }) => (dataset['t'] ? Number(dataset['t']) : Number.NaN)),
    facets: facetsOf(findings, JSON.parse(data) as FacetLists),
    runs: groupsOf(runElements, findings, '.run').map(({ element, parts }) => ({
      element,
      findings: parts,
    })),
    chunks: groupsOf(chunkElements, runElements, '.findings'),
    days: groupsOf(dayElements, chunkElements, '.day'),
  };
}

type FacetLists = Readonly<
  Partial<Record<FacetName, { readonly names: readonly (string | null)[] }>>
>;

function facetsOf(findings: readonly HTMLElement[], lists: FacetLists): Listing['facets'] {
  const facetOf = (name: FacetName): Facet => {
    const attribute = FACETS.find((facet) => facet.name === name)?.attribute ?? '';
    const labels = (lists[name]?.names ?? []).map((label) => label ?? 'none named');
    return {
      // A place behind the names is that of all others.
      labels: [...labels, 'all others'],
      places: findings.map((finding) => numbersIn(finding.getAttribute(attribute))),
    };
  };
  return {
    principal: facetOf('principal'),
    account: facetOf('account'),
    region: facetOf('region'),
    tool: facetOf('tool'),
    rules: facetOf('rules'),
    flags: facetOf('flags'),
  };
}

function numbersIn(text: string | null): readonly number[] {
  return text === null || text === '' ? [] : text.split(' ').map(Number);
}

/** Which of the parts are in which group. */
function groupsOf(
  groups: readonly HTMLElement[],
  parts: readonly HTMLElement[],
  selector: string,
): readonly Group[] {
  const lists = new Map(groups.map((element): [Element, number[]] => [element, []]));
  parts.forEach((part, index) => {
    const group = part.closest(selector);
    if (group !== null) lists.get(group)?.push(index);
  });
  return groups.map((element) => ({ element, parts: lists.get(element) ?? [] }));
}

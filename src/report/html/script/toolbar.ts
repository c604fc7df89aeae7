/** The controls above the findings. They are made by the script, so a page without scripts has none. */
import { button, make } from './element.js';
import { FACETS, type Facet, type FacetName, type Listing } from './listing.js';
import { SORTS, instantOf, type Sort, type Span, type State } from './state.js';

/** In UTF-16 units: a list is as wide as its longest entry. */
const LONGEST_LABEL = 60;

export interface Acts {
  readonly change: (change: Partial<State>) => void;
  /** Null takes back the choice. */
  readonly choose: (facet: FacetName, place: number | null) => void;
  readonly reset: () => void;
  readonly fold: (isOpen: boolean) => void;
}

export interface Toolbar {
  readonly element: HTMLElement;
  readonly text: HTMLInputElement;
  /** Makes the controls say what the state is. */
  readonly show: (state: State) => void;
  readonly say: (words: string) => void;
}

export function toolbarOf(listing: Listing, acts: Acts): Toolbar {
  const text = make('input', {
    type: 'search',
    placeholder: 'words, -without, "a phrase"',
    spellcheck: 'false',
    autocomplete: 'off',
    'aria-keyshortcuts': '/',
  });
  text.addEventListener('input', () => acts.change({ text: text.value }));
  const choices = FACETS.flatMap(({ name, word }) => {
    const select = choiceOf(listing.facets[name], word);
    if (select === null) return [];
    select.addEventListener('change', () => {
      acts.choose(name, select.value === '' ? null : Number(select.value));
    });
    return [{ name, word, select }];
  });
  const sort = make('select', {}, ...SORTS.map((one) => make('option', { value: one }, one)));
  sort.addEventListener('change', () => acts.change({ sort: sort.value as Sort }));
  const span = button('', () => acts.change({ span: null }));
  const status = make('p', { role: 'status', 'aria-live': 'polite' });
  const element = make(
    'form',
    { class: 'toolbar', role: 'search', 'aria-label': 'Findings' },
    labelled('text', text),
    ...choices.map(({ word, select }) => labelled(word, select)),
    labelled('sort by', sort),
    span,
    button('Open all', () => acts.fold(true)),
    button('Close all', () => acts.fold(false)),
    button('Reset', acts.reset),
    status,
  );
  element.addEventListener('submit', (event) => event.preventDefault());
  return {
    element,
    text,
    show: (state) => {
      if (text.value !== state.text) text.value = state.text;
      for (const { name, select } of choices) select.value = String(state.chosen[name] ?? '');
      sort.value = state.sort;
      span.hidden = state.span === null;
      span.textContent = state.span === null ? '' : `${spanText(state.span)} ×`;
      span.setAttribute('aria-label', `Remove the limit ${span.textContent}`);
    },
    say: (words) => {
      if (status.textContent !== words) status.textContent = words;
    },
  };
}

/** Null where there is nothing to choose. */
function choiceOf({ labels, places }: Facet, word: string): HTMLSelectElement | null {
  const counts = labels.map(() => 0);
  for (const own of places) for (const place of own) counts[place] = (counts[place] ?? 0) + 1;
  const used = counts
    .map((count, place) => ({ count, place }))
    .filter(({ count }) => count > 0)
    .toSorted((a, b) => b.count - a.count || a.place - b.place);
  const [only] = used;
  if (only === undefined || (used.length === 1 && only.count === places.length)) return null;
  return make(
    'select',
    {},
    make('option', { value: '' }, `every ${word}`),
    ...used.map(({ count, place }) =>
      make('option', { value: String(place) }, `${shortened(labels[place] ?? '')} (${count})`),
    ),
  );
}

function labelled(word: string, control: HTMLElement): HTMLLabelElement {
  return make('label', {}, make('span', {}, word), control);
}

function shortened(label: string): string {
  const letters = Array.from(label);
  return letters.length <= LONGEST_LABEL
    ? label
    : `${letters.slice(0, LONGEST_LABEL - 1).join('')}…`;
}

function spanText({ since, until }: Span): string {
  return `${instantOf(since)} to ${instantOf(until)}`;
}

/** What the findings are limited to, in words. */
export function filterText({ text, chosen, span }: State, { facets }: Listing): string {
  const words = [
    ...(text.trim() === '' ? [] : [`text: ${text.trim()}`]),
    ...FACETS.flatMap(({ name, word }) => {
      const place = chosen[name];
      return place === undefined ? [] : [`${word}: ${shortened(labelAt(facets, name, place))}`];
    }),
    ...(span === null ? [] : [spanText(span)]),
  ];
  return words.join(', ');
}

function labelAt(facets: Listing['facets'], name: FacetName, place: number): string {
  return facets[name].labels[place] ?? '';
}

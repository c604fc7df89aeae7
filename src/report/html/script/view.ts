/** Shows the findings that the reader chose, and says how many they are. */
import { make } from './element.js';
import { wantedBy } from './filter.js';
import { foldAll, unfold } from './folds.js';
import { Layout } from './layout.js';
import type { FacetName, Listing } from './listing.js';
import type { Packs } from './packs.js';
import { searchTexts } from './search-text.js';
import { hashOf, INITIAL, isFiltered, stateOf, type State } from './state.js';
import { filterText, toolbarOf, type Toolbar } from './toolbar.js';

/** In milliseconds: a reader is still writing. */
const PAUSE = 150;

export class View {
  readonly #listing: Listing;
  readonly #packs: Packs;
  readonly #layout: Layout;
  readonly #toolbar: Toolbar;
  /** On paper, which has no controls. */
  readonly #note = make('p', { class: 'filtered', hidden: '' });
  #state: State = INITIAL;
  #texts: Promise<readonly string[]> | undefined;
  #pause: ReturnType<typeof setTimeout> | undefined;

  constructor(listing: Listing, packs: Packs) {
    this.#listing = listing;
    this.#packs = packs;
    this.#layout = new Layout(listing);
    this.#toolbar = toolbarOf(listing, {
      change: (change) => this.change(change),
      choose: (facet, place) => this.choose(facet, place),
      reset: () => this.set(INITIAL),
      fold: foldAll,
    });
    listing.root.before(this.#toolbar.element);
    document.querySelector('main')?.prepend(this.#note);
    document.addEventListener('keydown', (event) => this.#press(event));
    addEventListener('hashchange', () => this.#follow());
  }

  /** Begins with what the address says. */
  start(): void {
    const target = targetOf(location.hash);
    this.set(stateOf(location.hash, this.#listing), target === null ? undefined : location.hash);
    if (target !== null) this.#goTo(target);
  }

  /** The reader followed a link, or changed the address. */
  #follow(): void {
    const target = targetOf(location.hash);
    if (target === null) this.set(stateOf(location.hash, this.#listing));
    else this.#goTo(target);
  }

  #goTo(target: HTMLElement): void {
    if (target.closest('[hidden]') !== null) this.set(INITIAL, location.hash);
    unfold(target);
    target.scrollIntoView();
    // What was not laid out before has its height only now.
    requestAnimationFrame(() => target.scrollIntoView());
  }

  /** Where the reader sees what a click far above it did. */
  goToList(): void {
    this.#toolbar.element.scrollIntoView();
  }

  change(change: Partial<State>): void {
    const state = { ...this.#state, ...change };
    if (change.text === undefined) this.set(state);
    else this.#pauseBefore(() => this.set(state));
  }

  choose(facet: FacetName, place: number | null): void {
    const { [facet]: _, ...others } = this.#state.chosen;
    this.set({
      ...this.#state,
      chosen: place === null ? others : { ...others, [facet]: place },
    });
  }

  set(state: State, hash = hashOf(state, this.#listing)): void {
    clearTimeout(this.#pause);
    this.#state = state;
    this.#toolbar.show(state);
    const address = hash.replace(/^#?(?=.)/, '#');
    if (address !== location.hash)
      history.replaceState(null, '', address === '' ? location.href.replace(/#.*/, '') : address);
    void this.#render(state);
  }

  async #render(state: State): Promise<void> {
    let texts: readonly string[] = [];
    if (state.text.trim() !== '') {
      if (this.#texts === undefined) this.#toolbar.say('Reading the events …');
      this.#texts ??= searchTexts(this.#listing, this.#packs);
      texts = await this.#texts;
      // The reader has chosen something else meanwhile.
      if (state !== this.#state) return;
    }
    const wanted = wantedBy(state, this.#listing, texts);
    this.#layout.arrange(state.sort);
    this.#layout.show(wanted);
    this.#say(state, wanted.filter(Boolean).length);
  }

  #say(state: State, shown: number): void {
    const all = this.#listing.findings.length;
    const isNarrow = isFiltered(state);
    this.#note.hidden = !isNarrow;
    this.#note.textContent = isNarrow
      ? `Filtered: ${shown} of ${all} findings, ${filterText(state, this.#listing)}`
      : '';
    this.#toolbar.say(isNarrow ? `${shown} of ${all} findings` : `${all} findings`);
  }

  #pauseBefore(act: () => void): void {
    clearTimeout(this.#pause);
    this.#pause = setTimeout(act, PAUSE);
  }

  #press(event: KeyboardEvent): void {
    const { text } = this.#toolbar;
    const isWriting =
      event.target instanceof HTMLElement && event.target.matches('input, select, textarea');
    if (event.key === '/' && !isWriting && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      text.focus();
      text.select();
    } else if (event.key === 'Escape' && event.target === text) {
      if (text.value === '') text.blur();
      else this.change({ text: (text.value = '') });
    }
  }
}

/** The element that the address names; null where it says what was chosen. */
function targetOf(hash: string): HTMLElement | null {
  return hash.includes('=') ? null : document.getElementById(hash.slice(1));
}

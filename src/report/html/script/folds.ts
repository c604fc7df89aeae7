/** Folds: opening what a link names, opening all, and the events of findings, which are unpacked when they are asked for. */
import { safeLines } from '../../../text/safe-text.js';
import { eventJson } from '../../page/finding/event-json.js';
import { elementsOf, make } from './element.js';
import type { Packs } from './packs.js';

/** Gives each finding that is opened a fold for its event, where the page has none. */
export function watchFolds(packs: Packs): void {
  // The event does not bubble.
  document.addEventListener(
    'toggle',
    (event) => {
      const { target } = event;
      if (!(target instanceof HTMLDetailsElement) || !target.open) return;
      if (target.matches('.raw')) void fill(target, packs);
      else if (target.parentElement?.matches('.finding')) addEvent(target);
    },
    { capture: true },
  );
}

function addEvent(details: HTMLDetailsElement): void {
  if (details.querySelector('.raw') !== null) return;
  details.querySelector('.packed')?.remove();
  details.append(
    make('details', { class: 'raw' }, make('summary', {}, 'The event as it was logged')),
  );
}

async function fill(raw: HTMLDetailsElement, packs: Packs): Promise<void> {
  if (raw.querySelector('pre') !== null) return;
  const text = make('pre', {}, '…');
  raw.append(text);
  const id = raw.closest('.finding')?.id ?? '';
  try {
    const json = await packs.finding(Number(id.slice(1)));
    text.textContent =
      json === undefined ? 'The page does not have it.' : safeLines(eventJson(JSON.parse(json)));
  } catch {
    text.textContent = 'This browser cannot unpack it; the JSON report has it.';
  }
}

/** Opens or closes every finding that is shown. */
export function foldAll(isOpen: boolean): void {
  const shown = elementsOf('#findings .finding:not([hidden]) > details');
  for (const details of shown) if (details instanceof HTMLDetailsElement) details.open = isOpen;
}

/** Opens all folds around an element, and its own. */
export function unfold(element: HTMLElement): void {
  for (let at: Element | null = element; at !== null; at = at.parentElement)
    if (at instanceof HTMLDetailsElement) at.open = true;
  const own = element.querySelector(':scope > details');
  if (own instanceof HTMLDetailsElement) own.open = true;
}

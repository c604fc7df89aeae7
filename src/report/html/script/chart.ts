/** A click on the chart chooses the findings of that time. The same is reached by the address, so this needs no key. */
import { elementsOf } from './element.js';
import type { View } from './view.js';

export function chooseByTime(view: View): void {
  for (const slot of elementsOf('rect.slot'))
    slot.addEventListener('click', () => {
      const { since, until } = slot.dataset;
      view.change({ span: { since: Number(since), until: Number(until) } });
      view.goToList();
    });
}

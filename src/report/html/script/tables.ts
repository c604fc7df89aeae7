/** Makes the heads of tables buttons that sort their rows, and the names in them buttons that choose findings. */
import { button, elementsOf } from './element.js';
import { FACETS } from './listing.js';
import { INITIAL } from './state.js';
import type { View } from './view.js';

/** Those whose order says nothing that would be lost. */
const SORTABLE = 'table.breakdown, table.rules';

export function sortTables(): void {
  for (const table of elementsOf(SORTABLE)) {
    const body = table.querySelector('tbody');
    const heads = elementsOf('thead th', table);
    if (body === null || body.children.length < 2) continue;
    heads.forEach((head, column) => {
      const words = head.textContent?.trim() ?? '';
      if (words === '') return;
      const isNumber = head.matches('.number');
      const sort = button(words, () => {
        const was = head.getAttribute('aria-sort');
        // Numbers are wanted from the most down.
        const isDown = was === null ? isNumber : was === 'ascending';
        for (const other of heads) other.removeAttribute('aria-sort');
        head.setAttribute('aria-sort', isDown ? 'descending' : 'ascending');
        body.append(...sortedRows(body, { column, isNumber, isDown }));
      });
      head.replaceChildren(sort);
    });
  }
}

interface Order {
  readonly column: number;
  readonly isNumber: boolean;
  readonly isDown: boolean;
}

function sortedRows(body: Element, { column, isNumber, isDown }: Order): readonly Element[] {
  const sign = isDown ? -1 : 1;
  return [...body.children]
    .map((row) => {
      const text = row.children[column]?.textContent?.trim() ?? '';
      return { row, text, number: isNumber ? Number(text.replaceAll(/[^\d.]/g, '')) : 0 };
    })
    .toSorted(
      (a, b) => sign * (a.number - b.number || (a.text < b.text ? -1 : a.text > b.text ? 1 : 0)),
    )
    .map(({ row }) => row);
}

/** Names of these tables are no facet, but stand in the events. */
const SEARCHED = ['resource', 'address', 'call'];

/** Links to findings with a flag show only these. Without the script they lead to the list of all. */
export function chooseByFlags(view: View): void {
  for (const link of elementsOf('.attention a[data-g]'))
    link.addEventListener('click', (event) => {
      event.preventDefault();
      view.set({ ...INITIAL, chosen: { flags: Number(link.getAttribute('data-g')) } });
      view.goToList();
    });
}

export function chooseByNames(view: View): void {
  for (const { name, attribute } of FACETS)
    for (const cell of elementsOf(`.breakdown td[${attribute}]`))
      addButton({ cell, view }, () => view.choose(name, Number(cell.getAttribute(attribute))));
  for (const by of SEARCHED)
    for (const cell of elementsOf(`.breakdown[data-by=${by}] td:first-child`)) {
      const value = cell.querySelector('bdi')?.textContent ?? '';
      if (value !== '' && !value.includes('"'))
        addButton({ cell, view }, () => view.change({ text: `"${value}"` }));
    }
}

interface Place {
  readonly cell: HTMLElement;
  readonly view: View;
}

/** The name, without the bar beside it. */
function addButton({ cell, view }: Place, choose: () => void): void {
  const name = [...cell.childNodes].filter((node) => !(node instanceof SVGElement));
  const choice = button('', () => {
    choose();
    view.goToList();
  });
  choice.append(...name);
  choice.title = 'Show only these findings';
  cell.prepend(choice);
}

/** Elements as text. Only a whole element is made by preact; what must stay open while findings are made is written as text. */
import type { VNode } from 'preact';
import { renderToStaticMarkup } from 'preact-render-to-string';

/** An element, on a line of its own. */
export function markup(element: VNode): string {
  return `${renderToStaticMarkup(element)}\n`;
}

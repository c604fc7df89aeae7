/** Elements as text. Preact makes only complete elements. An element that stays open while findings are written is plain text. */
import type { VNode } from 'preact';
import { renderToStaticMarkup } from 'preact-render-to-string';

/** An element, on a line of its own. */
export function markup(element: VNode): string {
  return `${renderToStaticMarkup(element)}\n`;
}

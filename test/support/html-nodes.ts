/** HTML as the parser of a browser reads it. */
import { parse, type DefaultTreeAdapterTypes } from 'parse5';

type Node = DefaultTreeAdapterTypes.ChildNode;
export type Element = DefaultTreeAdapterTypes.Element;

/** All elements of a document, from the outside to the inside. Throws where the parser had to repair something. */
export function htmlElements(html: string): readonly Element[] {
  const document = parse(html, {
    onParseError: ({ code, startOffset }) => {
      throw new Error(`${code}: ${html.slice(startOffset - 40, startOffset + 40)}`);
    },
  });
  return document.childNodes.flatMap(htmlElementsIn);
}

/** A node, if it is an element, and all elements within. */
export function htmlElementsIn(node: Node): readonly Element[] {
  return 'tagName' in node ? [node, ...node.childNodes.flatMap(htmlElementsIn)] : [];
}

/** The text of an element that a reader sees, with a blank between its parts. */
export function textIn(node: Node): string {
  if ('tagName' in node && node.tagName === 'script') return '';
  if ('value' in node) return node.value;
  return 'childNodes' in node ? node.childNodes.map(textIn).join(' ') : '';
}

export function attribute(element: Element | undefined, name: string): string | undefined {
  return element?.attrs.find((one) => one.name === name)?.value;
}

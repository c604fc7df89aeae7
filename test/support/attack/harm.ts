/** What a page does that no report may do. */
import type { Page } from 'puppeteer-core';
import { hiddenIn } from '../hidden-text.js';
import { HARMED } from './values.js';

/** Everything that a report is made of. None of it can ask for anything, and only `script` can run: the policy knows its hash. */
const ELEMENTS = new Set(
  `html head meta title style script body a header footer main nav section article aside h1 h2 h3 h4 h5 p ul ol li dl dt dd div
  span bdi b strong em i small code pre time mark table caption thead tbody tfoot tr th td details summary svg g rect line path
  circle text tspan desc form button select option optgroup input label output fieldset legend br hr abbr figure figcaption`.split(
    /\s+/,
  ),
);

/** Runs in the page: plain JavaScript, which asks the document and changes nothing but open folds. */
const LOOK = `(() => {
  const found = [];
  const texts = [];
  const ids = new Set();
  const names = new Set();
  for (const details of document.querySelectorAll('details')) details.open = true;
  for (const element of document.querySelectorAll('*')) {
    names.add(element.localName);
    for (const { name, value } of element.attributes) {
      texts.push(value);
      if (/^on|^(style|srcdoc|src|srcset|action|formaction|background|ping|data|xlink:href)$/.test(name))
        found.push('attribute ' + name + '=' + value.slice(0, 80));
      if (name === 'href' && !/^(#|https?:\\/\\/)/.test(value)) found.push('href ' + value.slice(0, 80));
      if (name === 'http-equiv' && value !== 'Content-Security-Policy') found.push(value);
    }
    if (element.id !== '') {
      if (ids.has(element.id)) found.push('twice: id ' + element.id);
      if (!/^[a-z][a-z0-9-]*$/i.test(element.id)) found.push('id ' + element.id.slice(0, 80));
      ids.add(element.id);
    }
  }
  const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) texts.push(walker.currentNode.data);
  for (const link of document.querySelectorAll('a[href^="#"]'))
    if (!ids.has(link.getAttribute('href').slice(1))) found.push('no target: ' + link.getAttribute('href'));
  return { found, texts: texts.join('\\n'), names: [...names], harmed: window.${HARMED} !== undefined, width: document.documentElement.scrollWidth };
})()`;

interface Look {
  readonly found: readonly string[];
  readonly texts: string;
  readonly names: readonly string[];
  readonly harmed: boolean;
  readonly width: number;
}

/** In words, whatever is wrong with an open page; empty if nothing is. Opens its folds. */
export async function harmIn(page: Page): Promise<readonly string[]> {
  const { found, texts, names, harmed } = (await page.evaluate(LOOK)) as Look;
  return [
    ...(harmed ? ['a script of a log ran'] : []),
    ...names.filter((name) => !ELEMENTS.has(name)).map((name) => `element ${name}`),
    ...found,
    ...new Set(hiddenIn(texts).map((character) => `hidden ${character}`)),
  ];
}

/** The widths, of these, at which a reader must scroll sideways. */
export async function overflowIn(
  page: Page,
  widths: readonly number[],
): Promise<readonly string[]> {
  const wide: string[] = [];
  for (const width of widths) {
    await page.setViewport({ width, height: 800 });
    const needed = Number(await page.evaluate('document.documentElement.scrollWidth'));
    if (needed > width) wide.push(`${needed} px at ${width} px`);
  }
  return wide;
}

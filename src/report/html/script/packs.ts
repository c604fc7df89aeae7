/** Reads the findings that travel packed in the page; `pack/pack.ts` writes them and says how. */
import { elementsOf } from './element.js';

/** A pack is unpacked again rather than kept for long: all of them may be hundreds of megabytes. */
const MOST_KEPT = 4;

export class Packs {
  readonly #elements = elementsOf('script.pack').map((element) => ({
    element,
    first: Number(element.dataset['first']),
  }));
  /** By the number of their first finding, the least recently used first. */
  readonly #kept = new Map<number, Promise<readonly string[]>>();

  /** The JSON of a finding. */
  async finding(number: number): Promise<string | undefined> {
    const pack = this.#elements.findLast(({ first }) => first <= number);
    if (pack === undefined) return undefined;
    const lines = this.#kept.get(pack.first) ?? unpacked(pack.element);
    this.#kept.delete(pack.first);
    this.#kept.set(pack.first, lines);
    for (const first of [...this.#kept.keys()].slice(0, -MOST_KEPT)) this.#kept.delete(first);
    return (await lines)[number - pack.first];
  }

  /** The JSON of each finding, with its number. */
  async *all(): AsyncGenerator<readonly [number: number, json: string]> {
    for (const { element, first } of this.#elements) {
      const lines = await unpacked(element);
      for (const [index, line] of lines.entries()) yield [first + index, line];
    }
  }
}

/** The lines of a pack. `DecompressionStream` works on a page from disk, and asks for nothing. */
async function unpacked(element: HTMLElement): Promise<readonly string[]> {
  const letters = atob(element.textContent ?? '');
  const bytes = new Uint8Array(letters.length);
  for (let at = 0; at < letters.length; at++) bytes[at] = letters.charCodeAt(at);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  return (await new Response(stream).text()).split('\n').slice(0, -1);
}

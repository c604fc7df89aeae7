/** Looks for the texts of a requirement in the JSON text of one record. */
import type { AnyText, RequiredTexts } from '../../cloudtrail/requirement.js';

/**
 * An escape that may stand for a character of such a text, or for one that a text inside of this text escapes again. All other
 * escapes stand for characters that no such text has.
 */
const HIDING = /\\[u/]/;

/** The letters beyond ASCII whose lower case has one of ASCII. */
const STRANGE = /[\u0130\u212a]/;

export class TextSearch {
  readonly #text: string;
  #hides: boolean | undefined;
  #lower: string | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  mayHold(required: AnyText): boolean {
    this.#hides ??= HIDING.test(this.#text);
    if (this.#hides) return true;
    if (required.kind === 'texts') return this.#holdsOne(required);
    const { text, ignoreCase } = required;
    if (!ignoreCase) return this.#text.includes(text);
    // Beyond ASCII, only the strange letters have lower cases that matter.
    this.#lower ??= this.#text.toLowerCase();
    return this.#lower.includes(text) || STRANGE.test(this.#text);
  }

  #holdsOne({ prefix, length, texts }: RequiredTexts): boolean {
    const text = this.#text;
    for (let at = text.indexOf(prefix); at >= 0; at = text.indexOf(prefix, at + 1))
      if (texts.has(text.slice(at, at + length))) return true;
    return false;
  }
}

/** Looks for the texts of a requirement in the JSON text of one record. */
import type { RequiredText } from '../../cloudtrail/requirement.js';
import { asciiLower } from '../../cloudtrail/field/columns.js';

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

  mayHold({ text, ignoreCase }: RequiredText): boolean {
    this.#hides ??= HIDING.test(this.#text);
    if (this.#hides) return true;
    if (!ignoreCase) return this.#text.includes(text);
    this.#lower ??= asciiLower(this.#text);
    return this.#lower.includes(text) || STRANGE.test(this.#text);
  }
}

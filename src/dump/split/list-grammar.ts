/** What may stand between the values of a text: commas, white space, and the brackets of the lists that hold the values. */
import { BETWEEN, CLOSE_LIST, CLOSE_OBJECT, COMMA, OPEN_LIST } from './bytes.js';
import { MAX_LISTS, type List } from './candidate.js';

/**
 * The kinds of bytes between values: a byte without effect, the first byte of a value, the end of a list without elements,
 * the end of an envelope's list, or a byte that is not allowed there.
 */
export type BetweenByte = 'separator' | 'value' | 'empty list' | 'envelope list end' | 'unexpected';

// What a list may continue with: an element or its end, an element, or a comma or its end.
const FIRST = 0;
const NEXT = 1;
const AFTER = 2;

export class ListGrammar {
  /** The lists that are open around the values. */
  readonly #lists: List[] = [];
  #isInEnvelope = false;
  #expected = FIRST;
  /** After a break, closing brackets of what it broke may follow. */
  #isLenient = false;
  /** One NUL may end a document, as some streams write it. More of them are damage. */
  #mayBeNul = false;

  /** Whether no list is open. */
  get isTop(): boolean {
    return this.#lists.length === 0 && !this.#isInEnvelope;
  }

  /** The innermost list around the values, but for the list of an envelope. */
  get list(): List | undefined {
    return this.#isInEnvelope ? undefined : this.#lists.at(-1);
  }

  /** Takes a byte that is not white space. */
  take(byte: number): BetweenByte {
    return this.isTop ? this.#takeAtTop(byte) : this.#takeInList(byte);
  }

  /** An envelope's list begins. */
  beginEnvelopeList(): void {
    this.#isInEnvelope = true;
    this.#expected = FIRST;
  }

  endValue(): void {
    this.#expected = AFTER;
    this.#mayBeNul = true;
  }

  /** Forgets all lists, because a break may have broken them. */
  resetAfterBreak(): void {
    this.#lists.length = 0;
    this.#isInEnvelope = false;
    this.#isLenient = true;
  }

  #takeAtTop(byte: number): BetweenByte {
    const isEnd = byte === 0 && this.#mayBeNul;
    this.#mayBeNul = false;
    if (isEnd) return 'separator';
    if (byte === CLOSE_LIST || byte === CLOSE_OBJECT)
      return this.#isLenient ? 'separator' : 'unexpected';
    if (byte === OPEN_LIST) return this.#openList();
    return BETWEEN[byte] === 1 ? 'separator' : 'value';
  }

  #takeInList(byte: number): BetweenByte {
    if (byte === CLOSE_LIST && this.#expected !== NEXT) return this.#closeList();
    const isComma = byte === COMMA;
    const isAllowed = isComma === (this.#expected === AFTER);
    if (!isAllowed || byte === CLOSE_LIST || byte === CLOSE_OBJECT) return 'unexpected';
    if (isComma) {
      this.#expected = NEXT;
      return 'separator';
    }
    const mayOpen = !this.#isInEnvelope && this.#lists.length < MAX_LISTS;
    return byte === OPEN_LIST && mayOpen ? this.#openList() : 'value';
  }

  #openList(): BetweenByte {
    this.#lists.push({ depth: this.#lists.length + 1 });
    this.#expected = FIRST;
    return 'separator';
  }

  #closeList(): BetweenByte {
    if (this.#isInEnvelope) {
      this.#isInEnvelope = false;
      return 'envelope list end';
    }
    const isEmpty = this.#expected === FIRST;
    this.#lists.pop();
    this.#expected = AFTER;
    return isEmpty ? 'empty list' : 'separator';
  }
}

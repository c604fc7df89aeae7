/**
 * The texts of blocks. A format must know which parts of a sentence hunt writes, and which come from a log, a rule or a path.
 * Every format must make those values harmless, and some mark them, for example as code.
 */

/** The most columns of one part of a text in a format without lines. A log must not fill a ticket or a page. */
export const LONGEST_PART = 1000;

/** Words (strings, which may also quote a log), and values from outside. Nothing is escaped. */
export type Text = readonly (string | Value)[];

export interface Value {
  readonly value: string;
  /** Which end of the value a format should show if there is too little room. */
  readonly keep: 'start' | 'end';
}

/** A sentence from a template: strings become values, numbers become words, and texts stay as they are. */
export function text(
  words: TemplateStringsArray,
  ...parts: readonly (string | number | Value | Text)[]
): Text {
  const whole: (string | Value)[] = [];
  for (const [index, word] of words.entries()) {
    if (word !== '') whole.push(word);
    const part = parts[index];
    if (part !== undefined) for (const one of textOf(part)) whole.push(one);
  }
  return whole;
}

function textOf(part: string | number | Value | Text): Text {
  if (typeof part === 'string') return [value(part)];
  if (typeof part === 'number') return [String(part)];
  return 'value' in part ? [part] : part;
}

/** A value. If there is too little room, its start is shown. */
export function value(from: string): Value {
  return { value: from, keep: 'start' };
}

/** A path. If there is too little room, its end is shown, because that says which file it is. */
export function path(from: string): Value {
  return { value: from, keep: 'end' };
}

/** Texts with words between them. */
export function joined(texts: readonly Text[], separator: string): Text {
  return texts.flatMap((one, index) => (index === 0 ? one : [separator, ...one]));
}

/** Some of so many texts: `a, b and 3 more`. */
export function someOf(texts: readonly Text[], all: number): Text {
  const more = all - texts.length;
  return [...joined(texts, ', '), ...(more > 0 ? [` and ${more} more`] : [])];
}

/** The characters alone, unescaped. */
export function plainText(of: Text): string {
  return of.map((part) => (typeof part === 'string' ? part : part.value)).join('');
}

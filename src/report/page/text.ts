/**
 * The texts of blocks. A format must know which parts of a sentence are ours and which come from a log, a rule or a path:
 * one may want to set the values apart, and every one must make them inert.
 */

/** Words, which may still quote a log, and values, which come from one. Nothing is escaped. */
export type Text = readonly (string | Value)[];

export interface Value {
  readonly value: string;
  /** Where a format has too little room for the value: what it should keep. */
  readonly keep: 'start' | 'end';
}

/** A sentence of ours: in it strings are values from outside, numbers are words, and texts stand as they are. */
export function text(
  words: TemplateStringsArray,
  ...parts: readonly (string | number | Value | Text)[]
): Text {
  return words.flatMap((word, index): Text => {
    const part = parts[index];
    const before = word === '' ? [] : [word];
    return part === undefined ? before : [...before, ...textOf(part)];
  });
}

function textOf(part: string | number | Value | Text): Text {
  if (typeof part === 'string') return [value(part)];
  if (typeof part === 'number') return [String(part)];
  return 'value' in part ? [part] : part;
}

/** A value of which a format keeps the start. */
export function value(from: string): Value {
  return { value: from, keep: 'start' };
}

/** A path: its end says which file it is. */
export function path(from: string): Value {
  return { value: from, keep: 'end' };
}

/** Texts with words between them. */
export function joined(texts: readonly Text[], separator: string): Text {
  return texts.flatMap((one, index) => (index === 0 ? one : [separator, ...one]));
}

/** The characters alone, unescaped. */
export function plainText(of: Text): string {
  return of.map((part) => (typeof part === 'string' ? part : part.value)).join('');
}

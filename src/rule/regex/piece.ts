/** Parts of a regular expression, translated, with what the engines need to be kept from. */

/** A part, translated. */
export interface Piece {
  readonly text: string;
  /** How often at most its innermost piece is repeated. */
  readonly repeats: number;
  /** Whether it has any character. */
  readonly consumes: boolean;
  /** Whether each match takes a character. */
  readonly must: boolean;
  /** Whether a `^` of lines is in it that no character must follow. */
  readonly open: boolean;
  /** Whether each match begins with the text. */
  readonly starts: boolean;
  /** Whether it can end the text without a character and without the text's beginning: then all texts match. */
  readonly loose: boolean;
  /** Whether it has an anchor. */
  readonly anchored: boolean;
  /** Whether it has a `$`, after which nothing may come. */
  readonly ends: boolean;
}

export const EMPTY: Piece = {
  text: '',
  repeats: 1,
  consumes: false,
  must: false,
  open: false,
  starts: false,
  loose: false,
  anchored: false,
  ends: false,
};

/** The end of the text: not before a line feed that stands last. */
export const END: Piece = { ...EMPTY, text: '\\z', anchored: true, ends: true, loose: true };

/** The beginning of the text. */
export const START: Piece = { ...EMPTY, text: '\\A', anchored: true, starts: true };

/** One character. */
export function sign(text: string): Piece {
  return { ...EMPTY, text, consumes: true, must: true };
}

/** A place in the text. */
export function anchor(text: string): Piece {
  return { ...EMPTY, text, anchored: true };
}

/** One part, and then the other. */
export function both(one: Piece, other: Piece): Piece {
  return {
    ...joined(one, other),
    text: one.text + other.text,
    must: one.must || other.must,
    open: other.open || (one.open && !other.must),
    starts: one.starts || other.starts,
    loose: one.loose || (other.loose && !one.must && !one.starts),
  };
}

/** One part or the other. */
export function either(one: Piece, other: Piece): Piece {
  return {
    ...joined(one, other),
    text: `${one.text}|${other.text}`,
    must: one.must && other.must,
    open: one.open || other.open,
    starts: one.starts && other.starts,
    loose: one.loose || other.loose,
  };
}

function joined(
  one: Piece,
  other: Piece,
): Omit<Piece, 'text' | 'must' | 'open' | 'starts' | 'loose'> {
  return {
    repeats: Math.max(one.repeats, other.repeats),
    consumes: one.consumes || other.consumes,
    anchored: one.anchored || other.anchored,
    ends: one.ends || other.ends,
  };
}

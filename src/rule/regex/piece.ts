/** Translated parts of a regular expression, with the properties that tell which combinations must be refused. */

export interface Piece {
  readonly text: string;
  /** How often its innermost repeated part can be repeated. */
  readonly mostRepeats: number;
  /** Whether a match can take a character. */
  readonly canTakeCharacter: boolean;
  /** Whether every match takes a character. */
  readonly takesCharacter: boolean;
  /** Whether it has a `^` of lines after which no character must come. */
  readonly hasOpenLineStart: boolean;
  /** Whether every match begins at the beginning of the text. */
  readonly startsText: boolean;
  /** Whether it can match, without a character, at the end of every text. */
  readonly matchesEveryEnd: boolean;
  readonly hasAnchor: boolean;
  /** Whether it has a `$`, after which nothing may come. */
  readonly endsText: boolean;
}

export const EMPTY: Piece = {
  text: '',
  mostRepeats: 1,
  canTakeCharacter: false,
  takesCharacter: false,
  hasOpenLineStart: false,
  startsText: false,
  matchesEveryEnd: false,
  hasAnchor: false,
  endsText: false,
};

/** The very end of the text. `$` would also match before a line feed that ends the text. */
export const END: Piece = {
  ...EMPTY,
  text: '\\z',
  hasAnchor: true,
  endsText: true,
  matchesEveryEnd: true,
};

/** The beginning of the text. */
export const START: Piece = { ...EMPTY, text: '\\A', hasAnchor: true, startsText: true };

/** One character. */
export function character(text: string): Piece {
  return { ...EMPTY, text, canTakeCharacter: true, takesCharacter: true };
}

/** An anchor: it takes no character. */
export function anchor(text: string): Piece {
  return { ...EMPTY, text, hasAnchor: true };
}

/** One part followed by the other. */
export function sequence(one: Piece, other: Piece): Piece {
  return {
    ...joined(one, other),
    text: one.text + other.text,
    takesCharacter: one.takesCharacter || other.takesCharacter,
    hasOpenLineStart: other.hasOpenLineStart || (one.hasOpenLineStart && !other.takesCharacter),
    startsText: one.startsText || other.startsText,
    matchesEveryEnd:
      one.matchesEveryEnd || (other.matchesEveryEnd && !one.takesCharacter && !one.startsText),
  };
}

/** One part or the other. */
export function either(one: Piece, other: Piece): Piece {
  return {
    ...joined(one, other),
    text: `${one.text}|${other.text}`,
    takesCharacter: one.takesCharacter && other.takesCharacter,
    hasOpenLineStart: one.hasOpenLineStart || other.hasOpenLineStart,
    startsText: one.startsText && other.startsText,
    matchesEveryEnd: one.matchesEveryEnd || other.matchesEveryEnd,
  };
}

function joined(
  one: Piece,
  other: Piece,
): Pick<Piece, 'mostRepeats' | 'canTakeCharacter' | 'hasAnchor' | 'endsText'> {
  return {
    mostRepeats: Math.max(one.mostRepeats, other.mostRepeats),
    canTakeCharacter: one.canTakeCharacter || other.canTakeCharacter,
    hasAnchor: one.hasAnchor || other.hasAnchor,
    endsText: one.endsText || other.endsText,
  };
}

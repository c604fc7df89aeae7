/** What no report for people may have. It is written from the meaning, and not from `safe-text.ts`, which it tests. */

const EMOJI =
  /\p{Emoji}[\ufe0f\p{Emoji_Modifier}]?(?:\u200d\p{Emoji}[\ufe0f\p{Emoji_Modifier}]?)*/gu;
const HIDDEN =
  /(?![ \n])[\p{Cc}\p{Cf}\p{Cs}\p{Z}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}\u2800]|\p{M}{5}|[\u0300-\u036f\u0e31-\u0e4e]{3}/gu;

/** The characters of a text that a reader cannot see, or that draw over others; an emoji is one character. */
export function hiddenIn(text: string): readonly string[] {
  const found = text.replace(EMOJI, (emoji) => (emoji.length > 1 ? '☺' : emoji)).match(HIDDEN);
  return (found ?? []).map((character) => JSON.stringify(character));
}

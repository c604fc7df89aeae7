/** Keeps a sentence short: a long name or list in a log must not hide the rest of the sentence. */

const LISTED = 6;
const LONGEST_NAME = 40;

/** The first parts, and how many more there are. */
export function listed(parts: readonly string[], separator: string, shown = LISTED): string {
  const more = parts.length - shown;
  const text = parts.slice(0, shown).join(separator);
  return more > 0 ? `${text}${separator}and ${more} more` : text;
}

/** What a cut may leave at the end of a text: the first half of a character, or a joiner without the character that it joins. */
const CUT_OFF = /(?<![\ud800-\udbff\u200d])[\ud800-\udbff\u200d]+$/;

/** The first characters of a name, in UTF-16 units. */
export function shortened(name: string, longest = LONGEST_NAME): string {
  return name.length > longest ? `${name.slice(0, longest).replace(CUT_OFF, '')}…` : name;
}

/** The same; null where there is no text. */
export function shortenedOrNull(text: string | null | undefined, longest: number): string | null {
  return text === null || text === undefined ? null : shortened(text, longest);
}

/** Words with spaces between them. What is missing is left out. */
export function phrase(...words: readonly (string | undefined)[]): string {
  return words.filter((word) => word !== undefined && word !== '').join(' ');
}

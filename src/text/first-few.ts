/** The first texts of a list, and how many more there are: `a, b and 3 more`. */
export function firstFew(texts: readonly string[], most: number, separator = ', '): string {
  const more = texts.length - most;
  return `${texts.slice(0, most).join(separator)}${more > 0 ? ` and ${more} more` : ''}`;
}

interface Wording {
  readonly separator?: string;
  /** What the texts are, for lists inside of lists: `and 3 more spans`. */
  readonly what?: string;
}

/** The first texts of a list, and how many more there are: `a, b and 3 more`. */
export function firstFew(
  texts: readonly string[],
  most: number,
  { separator = ', ', what }: Wording = {},
): string {
  const more = texts.length - most;
  const rest = more > 0 ? ` and ${more} more${what === undefined ? '' : ` ${what}`}` : '';
  return `${texts.slice(0, most).join(separator)}${rest}`;
}

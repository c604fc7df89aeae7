/** Texts of a notice, as long as a service takes them. */

/** At most this many UTF-16 units. What is cut ends with `…`. */
export function limited(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1).toWellFormed()}…`;
}

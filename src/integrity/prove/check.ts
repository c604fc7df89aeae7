/** One line of the answer of `hunt prove`. */

/** `unknown`: it could not be checked. `none`: there is nothing to check. */
export type Answer = 'yes' | 'no' | 'unknown' | 'none';

export interface Check {
  readonly name: string;
  readonly answer: Answer;
  /** One line. */
  readonly text: string;
  /** What differs, a line each. They may be many, and have texts of others in them. */
  readonly details: readonly string[];
}

/** A line of the answer, by default without details. */
export function check(
  name: string,
  answer: Answer,
  said: { readonly text: string; readonly details?: readonly string[] },
): Check {
  return { name, answer, text: said.text, details: said.details ?? [] };
}

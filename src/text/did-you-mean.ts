/** Suggests a known word for an unknown one, for error messages. */
import { distance } from 'fastest-levenshtein';

/** ` Did you mean "…"?` with the nearest known word; empty if no known word is near. */
export function didYouMean(word: string, known: Iterable<string>): string {
  const near = nearestOf(word, known);
  return near === undefined ? '' : ` Did you mean "${near}"?`;
}

/** The nearest known word; undefined if none is near. */
export function nearestOf(word: string, known: Iterable<string>): string | undefined {
  let nearest: string | undefined;
  let least = Math.max(2, Math.ceil(word.length / 3)) + 1;
  for (const candidate of known) {
    const far = distance(word.toLowerCase(), candidate.toLowerCase());
    if (far < least) [nearest, least] = [candidate, far];
  }
  return nearest;
}

/** Wildcards for the reference evaluator: `*` any run, `?` one code point, all else literal, from end to end. */
export function matchesWildcard(text: string, pattern: string): boolean {
  const signs = Array.from(text);
  // The lengths of the text's beginnings that the pattern so far matches.
  let ends = new Set([0]);
  for (const sign of pattern) {
    const next = new Set<number>();
    for (const end of ends) {
      if (sign === '*') for (let to = end; to <= signs.length; to++) next.add(to);
      else if (end < signs.length && (sign === '?' || sign === signs[end])) next.add(end + 1);
    }
    ends = next;
  }
  return ends.has(signs.length);
}

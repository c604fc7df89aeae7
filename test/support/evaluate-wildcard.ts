/** Wildcards for the reference evaluator: `*` any run, `?` one code point, all else literal, from end to end. */
export function matchesWildcard(text: string, pattern: string): boolean {
  return matchesSigns(
    text,
    Array.from(pattern, (sign) => (sign === '*' || sign === '?' ? { wildcard: sign } : sign)),
  );
}

/** The same, but a backslash takes their meaning from `*`, `?` and itself. */
export function matchesEscapedWildcard(text: string, pattern: string): boolean {
  const signs = Array.from(pattern.matchAll(/\\([*?\\])|([*?])|(.)/gsu), (match) =>
    match[2] === undefined ? (match[1] ?? match[3] ?? '') : { wildcard: match[2] },
  );
  return matchesSigns(text, signs);
}

function matchesSigns(
  text: string,
  pattern: readonly (string | { readonly wildcard: string })[],
): boolean {
  const signs = Array.from(text);
  // The lengths of the text's beginnings that the pattern so far matches.
  let ends = new Set([0]);
  for (const sign of pattern) {
    const next = new Set<number>();
    const wildcard = typeof sign === 'string' ? undefined : sign.wildcard;
    for (const end of ends) {
      if (wildcard === '*') for (let to = end; to <= signs.length; to++) next.add(to);
      else if (end < signs.length && (wildcard === '?' || sign === signs[end])) next.add(end + 1);
    }
    ends = next;
  }
  return ends.has(signs.length);
}

/** Patterns in which `*` stands for any text and `?` for one character, from end to end. */

/** Whether a pattern matches a text. Its time grows with the product of their lengths, and no more. */
export function matchesGlob(text: string, pattern: string): boolean {
  const [signs, wanted] = [Array.from(text), Array.from(pattern)];
  let [at, star, from] = [0, -1, 0];
  for (let i = 0; i < signs.length;) {
    if (
      at < wanted.length &&
      wanted[at] !== '*' &&
      (wanted[at] === '?' || wanted[at] === signs[i])
    ) {
      at += 1;
      i += 1;
    } else if (wanted[at] === '*') {
      star = at++;
      from = i;
    } else if (star >= 0) {
      // The last star takes one character more.
      at = star + 1;
      i = ++from;
    } else return false;
  }
  return wanted.slice(at).every((sign) => sign === '*');
}

/** Whether some text matches both patterns. For short patterns. */
export function globsOverlap(first: string, second: string): boolean {
  const [a, b] = [Array.from(first), Array.from(second)];
  // By how much of each is left: whether the rests overlap.
  const rests = Array.from({ length: a.length + 1 }, () =>
    Array.from({ length: b.length + 1 }, () => false),
  );
  const rest = (i: number, j: number): boolean => rests[i]?.[j] ?? false;
  for (let i = a.length; i >= 0; i--)
    for (let j = b.length; j >= 0; j--) {
      const row = rests[i];
      if (row === undefined) continue;
      if (i === a.length && j === b.length) row[j] = true;
      else if (a[i] === '*') row[j] = rest(i + 1, j) || (j < b.length && rest(i, j + 1));
      else if (b[j] === '*') row[j] = rest(i, j + 1) || (i < a.length && rest(i + 1, j));
      else if (i < a.length && j < b.length)
        row[j] = (a[i] === b[j] || a[i] === '?' || b[j] === '?') && rest(i + 1, j + 1);
    }
  return rest(0, 0);
}

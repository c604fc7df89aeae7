/**
 * The same function of a text, which remembers its results: many texts of a log are alike. Whoever writes a log decides how many
 * texts there are and how long, so both are limited.
 */
export function remembering<T>(
  read: (text: string) => T,
  { most, longest = Infinity }: { readonly most: number; readonly longest?: number },
): (text: string) => T {
  const known = new Map<string, { readonly value: T }>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before.value;
    const value = read(text);
    if (text.length > longest) return value;
    if (known.size === most) known.clear();
    known.set(text, { value });
    return value;
  };
}

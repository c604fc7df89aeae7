/** Functions that remember their results. */

/**
 * The same function of a text or a number: many texts of a log are alike. Whoever writes a log decides how many texts there are
 * and how long, so both are limited.
 */
export function remembering<T, K extends string | number = string>(
  read: (key: K) => T,
  { most, longest = Infinity }: { readonly most: number; readonly longest?: number },
): (key: K) => T {
  const known = new Map<K, { readonly value: T }>();
  return (key) => {
    const before = known.get(key);
    if (before !== undefined) return before.value;
    const value = read(key);
    if (typeof key === 'string' && key.length > longest) return value;
    if (known.size === most) known.clear();
    known.set(key, { value });
    return value;
  };
}

/** The same function of an object. A result is kept as long as its object, so there is no limit. */
export function rememberingByObject<K extends object, T>(read: (key: K) => T): (key: K) => T {
  const known = new WeakMap<K, { readonly value: T }>();
  return (key) => {
    const before = known.get(key);
    if (before !== undefined) return before.value;
    const value = read(key);
    known.set(key, { value });
    return value;
  };
}

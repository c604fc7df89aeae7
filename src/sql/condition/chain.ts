/** Long chains of one operator. Engines limit how deep an expression may be, and read `a + b + c` as `(a + b) + c`. */

/** A shorter chain is written without parentheses, for a person to read. */
const LONG = 100;

/** The parts with the operator between them; a long chain with parentheses, so that its depth grows with the logarithm of its length. */
export function chain(parts: readonly string[], operator: 'AND' | 'OR' | '+' | '||'): string {
  return parts.length > LONG ? halves(parts, operator) : parts.join(` ${operator} `);
}

function halves(parts: readonly string[], operator: string): string {
  if (parts.length <= 2) return parts.join(` ${operator} `);
  const middle = Math.ceil(parts.length / 2);
  const [first, second] = [parts.slice(0, middle), parts.slice(middle)].map((half) =>
    half.length === 1 ? half.join('') : `(${halves(half, operator)})`,
  );
  return `${first} ${operator} ${second}`;
}

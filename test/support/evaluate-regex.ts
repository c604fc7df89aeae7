/** Regular expressions for the reference evaluator: JavaScript's own, for the part that it reads as PCRE does. */

/** An escape, a set of characters, or any other character. */
const PIECE = /\\.|\[(?:\\.|[^\]\\])*\]|./gsu;

/** The expression of a rule, whose flags stand before it: `(?is)…`. JavaScript's own `.` stops at more than a line feed. */
export function plainRegex(source: string): RegExp {
  const [all = '', flags = ''] = /^\(\?([ims]+)\)/.exec(source) ?? [];
  const body = source.slice(all.length);
  const plain = body.replace(PIECE, (piece) => (piece === '.' ? '[^\\n]' : piece));
  return new RegExp(flags.includes('s') ? body : plain, `u${flags}`);
}
